/** On a pull request: the plan holds its review, shards post nothing, and the merge posts once. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { ReportJson } from '../../src/report/report-json.ts'
import { lax, strict } from '../github/open-port.ts'
import { makeWorld, runOnPull } from '../github/scenario.ts'
import { startGitHub } from '../github/stand-in.ts'
import type { ActionRun } from './bundle.ts'

async function readReport({ outputs, stdout }: ActionRun): Promise<ReportJson> {
  expect(outputs.report, stdout).toBeTruthy()
  return JSON.parse(await readFile(outputs.report ?? '', 'utf8'))
}

test('one comment, from the merge, which finds what one run finds, the loosening too', async () => {
  await using github = await startGitHub(makeWorld(strict))
  const asked = { 'comment-in-pr': 'always', 'fail-on-loosening': 'info' }
  const plan = await runOnPull(github, 'same', {
    files: lax,
    inputs: { ...asked, command: 'plan', shards: '1' },
  })
  expect(plan.status, plan.stdout).toBe(0)
  const file = plan.outputs.plan ?? ''
  const part = await runOnPull(github, 'same', { inputs: { ...asked, plan: file, shard: '1/1' } })
  expect([part.status, part.summary, part.outputs.verdict], part.stdout).toEqual([0, '', undefined])
  expect(github.world.comments).toEqual([])
  const reports = part.outputs.report ?? ''
  const merge = await runOnPull(github, 'same', {
    inputs: { ...asked, command: 'merge', plan: file, reports },
  })
  expect(github.world.comments.length, merge.stdout).toBe(1)
  const alone = await runOnPull(github, 'same', { files: lax, inputs: asked })
  expect([merge.status, merge.outputs.verdict]).toEqual([alone.status, alone.outputs.verdict])
  const [one, many] = [await readReport(alone), await readReport(merge)]
  expect(many.findings.map(({ id }) => id)).toContain('policy-loosened')
  expect(many.findings).toEqual(one.findings)
  expect(many.policyChanges).toEqual(one.policyChanges)
})
