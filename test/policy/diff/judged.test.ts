import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { type Finding, type PolicyChange, SEVERITIES, type Severity } from '../../../src/model.ts'
import { diffPolicies } from '../../../src/policy/diff/diff.ts'
import type { Side } from '../../../src/policy/diff/loss.ts'
import { findLetThrough } from './let-through.ts'
import { change } from './rich-changes.ts'
import { type RichPolicy, richPolicy } from './rich-policies.ts'
import { readSide } from './side.ts'
import type { End, Request } from './worlds.ts'

/** Pairs of policies that are tried. By hand: 100,000 of them. */
const PAIRS = Number(process.env.PAIRS ?? 200)

/** Where the draw begins: the suite always draws the same pairs, and others are drawn by hand, a long draw in pieces. */
const SEED = { seed: Number(process.env.SEED ?? 4242) }

describe('a change that loosens nothing', () => {
  it('lets no run pass that failed before', { timeout: 30_000 + PAIRS * 100 }, () => {
    let compared = 0
    const check = (policy: RichPolicy, changes: number[], seed: number) => {
      const texts = [policy, changes.reduce(change, policy)].map((one) => stringify(one))
      const [before, after] = texts.map((text) => readSide(text)) as [Side, Side]
      if (diffPolicies(before, after).some(({ direction }) => direction === 'loosened')) return
      compared++
      const letThrough = findLetThrough(seed, before, after)
      if (letThrough) expect.fail(`${texts.join('---\n')}---\n${letThrough}`)
    }
    const changes = fc.array(fc.nat(), { minLength: 1, maxLength: 4 })
    fc.assert(fc.property(richPolicy, changes, fc.nat(), check), { numRuns: PAIRS, ...SEED })
    // Most changes loosen something: what is left must still be enough to mean something.
    expect(compared).toBeGreaterThan(PAIRS / 10)
  })
})

/** Parts of which nobody knows what is behind them: they are rated as a whole. */
const WHOLE = new Set(['exclude', 'endpoints', 'environments', 'ip', 'identify', 'time-limit', 'max-rate'])

/** Doubts that end where something answers that did not before, or is no longer asked. */
const SILENCE = new Set(['silent-run', 'canary-not-open', 'unreachable-host'])

const BLOCK = /\/\d+$/

/** How bad the loosenings have to be that let something pass. */
function expectRating(
  { id, kind, severity, service, state, endpoint = '', address = '' }: Finding,
  { endpoints }: Request,
  { shared }: End,
  loosened: PolicyChange[],
): Severity {
  // What a workflow names, the policy does not say: how large a block it is, or that a host is not new.
  if (endpoints.includes(endpoint)) {
    const isCut = loosened.some(({ message }) => message.includes('can be scanned within the `time-limit`'))
    const isNew = loosened.some(({ part, severity }) => part === 'allow' && severity === 'info')
    if ((isCut && BLOCK.test(endpoint)) || (isNew && severity === 'low')) return 'info'
  }
  // Nor which names lead to the address of another endpoint, and slow it down.
  const isSlowed = loosened.some(
    ({ severity, message }) => severity === 'info' && message.startsWith('asks for'),
  )
  if (isSlowed && shared.has(address)) return 'info'
  // What answers on a port matters no more where it is allowed.
  if (kind === 'doubt') return SILENCE.has(id) || state === 'open' ? 'info' : 'medium'
  // An environment that takes deployments over, while others still scan what it leaves out.
  const isTakenOver = loosened.some(({ message }) => message.startsWith('gives deployments to'))
  const isAsked = id === 'required-port-not-open' || id === 'undocumented-allowance'
  if (isAsked || isTakenOver) return 'medium'
  if (id === 'denied-open-port') return 'high'
  // What answers is known to the run alone, which rates by it; asking it may bring out something milder.
  if (service !== undefined || loosened.some(({ message }) => message.includes('from false to true')))
    return 'info'
  return severity === 'critical' && loosened.some(({ part }) => WHOLE.has(part)) ? 'high' : severity
}

describe('a change that loosens something', () => {
  it('is rated as bad as what it lets pass', { timeout: 30_000 + PAIRS * 100 }, () => {
    const check = (policy: RichPolicy, number: number, seed: number) => {
      const texts = [policy, change(policy, number)].map((one) => stringify(one))
      const [before, after] = texts.map((text) => readSide(text)) as [Side, Side]
      const loosened = diffPolicies(before, after).filter(({ direction }) => direction === 'loosened')
      const worst = Math.min(...loosened.map(({ severity }) => SEVERITIES.indexOf(severity)))
      const letThrough = findLetThrough(
        seed,
        before,
        after,
        (...end) => worst <= SEVERITIES.indexOf(expectRating(...end, loosened)),
      )
      const told = loosened.map(({ severity, message }) => `${severity}: ${message}\n`).join('')
      if (letThrough) expect.fail(`${texts.join('---\n')}---\n${told}---\n${letThrough}`)
    }
    fc.assert(fc.property(richPolicy, fc.nat(), fc.nat(), check), {
      numRuns: Math.ceil(PAIRS / 2),
      ...SEED,
    })
  })
})
