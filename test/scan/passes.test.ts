import { describe, expect, test } from 'vitest'
import { OPEN } from '../../src/scan/outcome.ts'
import { confirmOpen } from '../../src/scan/passes.ts'
import { createTarget, outcomeAt, record } from '../../src/scan/target.ts'

describe('what was found open and answers no longer', () => {
  test.each([
    { name: 'is closed where it was open once', confirmed: [], state: 'closed' },
    { name: 'is open where it was open again when it bore witness', confirmed: [9], state: 'open' },
  ])('$name', async ({ confirmed, state }) => {
    const deadline = Number.POSITIVE_INFINITY
    const target = createTarget('127.0.0.1', Uint16Array.of(9), { deadline, caps: [], expected: [] })
    record(target, 0, OPEN)
    for (const port of confirmed) target.confirmed.add(port)
    let probes = 0
    const account = (result: { probes: number }) => {
      probes += result.probes
    }
    await confirmOpen([target], { signal: new AbortController().signal, account })
    expect(outcomeAt(target, 0)?.state).toBe(state)
    expect(probes > 0).toBe(confirmed.length === 0)
  })
})
