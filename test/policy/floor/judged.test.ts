import fc from 'fast-check'
import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { TooLarge } from '../../../src/policy/diff/loss.ts'
import { findLetThrough } from '../diff/let-through.ts'
import { change } from '../diff/rich-changes.ts'
import { type RichPolicy, richPolicy } from '../diff/rich-policies.ts'
import { applyAlone, evasivePolicy, lay, plainPolicy, richFloor } from './rich-floors.ts'

/** Policies that are tried on floors. By hand: 20,000 of them. */
const PAIRS = Number(process.env.PAIRS ?? 100)
const SEED = { seed: Number(process.env.SEED ?? 4242) }

it('lets no run pass that fails by the floor alone', { timeout: 30_000 + PAIRS * 1000 }, () => {
  let accepted = 0
  const check = (floor: RichPolicy, plain: RichPolicy, changes: number[], seed: number) => {
    const own = changes.reduce(change, plain)
    const texts = [floor, own].map((one) => stringify(one)) as [string, string]
    let laid: ReturnType<typeof lay>
    try {
      laid = lay(...texts)
    } catch (error) {
      if (error instanceof TooLarge) return
      throw error
    }
    if (laid.loosened.length > 0) return
    accepted++
    const letThrough = findLetThrough(seed, applyAlone(floor, own), laid.side)
    if (letThrough) expect.fail(`${texts.join('---\n')}---\n${letThrough}`)
  }
  const own = fc.oneof(
    { weight: 3, arbitrary: plainPolicy },
    { weight: 2, arbitrary: evasivePolicy },
    richPolicy,
  )
  const changes = fc.array(fc.nat(), { maxLength: 3 })
  fc.assert(fc.property(richFloor, own, changes, fc.nat(), check), { numRuns: PAIRS, ...SEED })
  // Most loosen something: what is left must still be enough to mean something.
  expect(accepted).toBeGreaterThan(PAIRS / 10)
})
