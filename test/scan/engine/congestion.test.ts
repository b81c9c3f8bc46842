import { describe, expect, test } from 'vitest'
import {
  adjustRate,
  beginPass,
  createCongestion,
  earnTokens,
  tryAcquire,
} from '../../../src/scan/engine/congestion.ts'
import { addControl, createLossEstimator, settleControl } from '../../../src/scan/engine/loss-estimator.ts'
import { addSample, createRoundTrip } from '../../../src/scan/engine/rtt.ts'

/**
 * Probes a host that lets through so many SYNs a second, and loses a share of those at random, for some seconds;
 * time is counted and not waited for.
 *
 * @returns the probes a second in the last third
 */
function paceFor(seconds: number, { limit = Number.POSITIVE_INFINITY, lost = 0 }): number {
  const congestion = createCongestion()
  beginPass(congestion, 0)
  const losses = createLossEstimator()
  const roundTrip = createRoundTrip()
  addSample(roundTrip, 1)
  let allowance = limit / 1000
  let made = 0
  let random = 1
  // Park and Miller's generator, so that every run is the same one.
  const next = () => {
    random = (random * 48_271) % 2_147_483_647
    return random / 2_147_483_647
  }
  const isLost = () => {
    if (next() < lost) return true
    if (allowance < 1) return true
    allowance -= 1
    return false
  }
  for (let now = 1; now <= seconds * 1000; now++) {
    allowance = Math.min(limit / 100, allowance + limit / 1000)
    for (let count = 0; count < 1_000 && tryAcquire(congestion, now); count++) {
      if (now > (seconds * 2000) / 3) made += 1
      // Anywhere among the probes: the first of a burst always get through.
      const isControl = next() < 0.2
      const isGone = isLost()
      if (isControl)
        settleControl(
          losses,
          addControl(losses, now, { load: congestion.perSecond / 1000, isOpen: false, delayMs: 0 }),
          isGone ? 'never' : 'prompt',
        )
      if (!isGone) earnTokens(congestion)
    }
    adjustRate(congestion, losses, roundTrip, Number.POSITIVE_INFINITY, now)
  }
  return (made * 3) / seconds
}

describe('the rate of one host', () => {
  test.each<[string, Parameters<typeof paceFor>[1], number, number]>([
    ['grows without end where nothing is lost', {}, 50_000, Number.POSITIVE_INFINITY],
    ['stays near a limit', { limit: 1_000 }, 500, 1_500],
    ['stays near a low limit', { limit: 100 }, 50, 170],
    ['does not slow down for loss that it does not cause', { lost: 0.05 }, 10_000, Number.POSITIVE_INFINITY],
  ])('%s', (_name, network, least, most) => {
    const perSecond = paceFor(30, network)
    expect(perSecond).toBeGreaterThanOrEqual(least)
    expect(perSecond).toBeLessThanOrEqual(most)
  })
})
