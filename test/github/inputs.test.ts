import { afterEach, describe, expect, test, vi } from 'vitest'
import { readInputs, requireInputs } from '../../src/github/inputs.ts'

function refuse(inputs: Record<string, string>): string {
  for (const [name, value] of Object.entries(inputs)) vi.stubEnv(`INPUT_${name.toUpperCase()}`, value)
  try {
    requireInputs(readInputs())
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

describe('standard input, which an action does not have', () => {
  afterEach(() => vi.unstubAllEnvs())

  test.each(['policy', 'results', 'baseline', 'plan', 'reports'])('is refused for %s', (name) => {
    expect(refuse({ [name]: '-' })).toBe(
      `${name}: \`-\` is standard input, which an action does not have: name a file`,
    )
  })

  test('is refused among other files, and each input that names it is named', () => {
    expect(refuse({ results: 'scan.xml\n - \n', baseline: '-' })).toBe(
      ['results', 'baseline']
        .map((name) => `${name}: \`-\` is standard input, which an action does not have: name a file`)
        .join('\n'),
    )
  })

  test('is not meant by a file whose name has a dash', () => {
    expect(refuse({ results: 'a-b.xml\n./-', baseline: 'report-1.json' })).toBe('')
  })
})
