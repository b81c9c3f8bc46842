import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { CONSTANTS, listNetworks } from './sensitivity.ts'

const PATH = { tuning: '../../src/scan/engine/tuning.ts', script: '../../scripts/sensitivity.ts' }
const resolve = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const TIMEOUT_MS = 120_000

/** The constants that show a change soonest; for all of them: `npm run sensitivity`. */
const CHEAP = [
  { constant: 'SHORTAGE_PATIENCE_MS', factor: 0.5, network: 'no descriptor' },
  { constant: 'MOST_SELF_CONNECTS', factor: 0.5, network: 'a third of all connects' },
  { constant: 'CALM_GAP_MS', factor: 2, network: 'six ports in one burst' },
  { constant: 'SCARCE_ANSWERED', factor: 0.5, network: 'ports that a limit refused' },
]

test('behind each constant stands a network that there is, or a dash', () => {
  const names = [...listNetworks(60).keys()]
  const lines = readFileSync(resolve(PATH.tuning), 'utf8').split('\n')
  const constants = lines.filter((line) => line.startsWith('export const'))
  expect(constants.length).toBe(Object.keys(CONSTANTS).length)
  for (const line of constants) {
    const [, shownBy = 'nothing'] = line.split(' // ')
    if (shownBy !== '–')
      expect(
        names.some((name) => name.startsWith(shownBy)),
        line,
      ).toBe(true)
  }
})

test.each(CHEAP)(
  '$constant ×$factor shows with $network',
  async ({ constant, factor, network }) => {
    const args = ['--only', constant, '--network', network, '--seeds', '0']
    const output = await new Promise<string>((done) => {
      execFile(process.execPath, [resolve(PATH.script), ...args], (_, stdout, stderr) =>
        done(stdout + stderr),
      )
    })
    expect(output).toMatch(new RegExp(`${constant} ×${factor}: 1 kept`))
  },
  TIMEOUT_MS,
)
