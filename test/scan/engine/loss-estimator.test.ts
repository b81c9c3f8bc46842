import { describe, expect, test } from 'vitest'
import { admitControl } from '../../../src/scan/engine/control-ports.ts'
import { hear } from '../../../src/scan/engine/host-controls.ts'
import { createHostScan, describeCircumstances, type HostScan } from '../../../src/scan/engine/host-scan.ts'
import {
  addControl,
  createLossEstimator,
  isKnownSince,
  lossAt,
  missProbabilityOf,
  settleControl,
} from '../../../src/scan/engine/loss-estimator.ts'
import { type Circumstances, keepDoubt, weighSilence } from '../../../src/scan/engine/no-response.ts'
import { createPortProbe, type PortProbe } from '../../../src/scan/engine/probe.ts'
import { createTarget } from '../../../src/scan/targets/target.ts'

const TIMEOUT_MS = 300

type Fate = 'prompt' | 'late' | 'never' | 'pending' | 'unsent'

/** Witnesses at 10 ms from one another, the first at 0. */
function controls(fates: Fate[], loads: number[] = []) {
  const losses = createLossEstimator()
  for (const [index, fate] of fates.entries()) {
    const number = addControl(losses, index * 10, { load: loads[index] ?? 1, isOpen: false, delayMs: 0 })
    if (fate !== 'pending') settleControl(losses, number, fate)
  }
  return losses
}

const many = (count: number, fate: Fate): Fate[] => Array.from({ length: count }, () => fate)

describe('the share of SYNs that got lost around a moment', () => {
  test.each<[string, Fate[], number, number, number, number]>([
    ['no witness tells nothing', [], 0, 1_000, 1, 1],
    ['one that was answered is little', many(1, 'prompt'), 0, 1_000, 0.25, 0.25],
    ['many that were answered are much', many(64, 'prompt'), 320, 1_000, 0.001, 0.01],
    ['half of them lost', many(32, 'prompt').concat(many(32, 'never')), 320, 10_000, 0.45, 0.55],
    ['a late answer is a lost first SYN', many(16, 'late'), 80, 10_000, 0.9, 1],
    ['what is not overdue counts for nothing', many(4, 'pending'), 0, 100, 1, 1],
    ['what this machine could not send tells nothing', many(8, 'unsent'), 40, 10_000, 1, 1],
    ['what is overdue is lost', many(8, 'pending'), 40, 10_000, 0.9, 1],
    [
      'a change counts before there are many',
      [...many(56, 'prompt'), ...many(8, 'never')],
      630,
      9_000,
      0.9,
      1,
    ],
    ['of what was far away the two that are nearest count', many(4, 'prompt'), 19_000, 19_000, 0.16, 0.17],
    ['a few are looked for farther away', many(4, 'prompt'), 9_000, 9_000, 0.05, 0.15],
    ['but not where there are some', many(8, 'never'), 3_900, 9_000, 0.9, 1],
  ])('%s', (_name, fates, moment, now, least, most) => {
    const loss = lossAt(controls(fates), moment, now, TIMEOUT_MS)
    expect(loss).toBeGreaterThanOrEqual(least)
    expect(loss).toBeLessThanOrEqual(most)
  })
})

test('between an answer and a loss long after it the host may have gone at any time', () => {
  const losses = controls(many(16, 'prompt'))
  expect(lossAt(losses, 2_000, 9_000, TIMEOUT_MS)).toBeLessThan(0.1)
  addControl(losses, 8_000, { load: 1, isOpen: false, delayMs: 0 })
  expect(lossAt(losses, 2_000, 8_200, TIMEOUT_MS)).toBeLessThan(0.1)
  expect(lossAt(losses, 2_000, 9_000, TIMEOUT_MS)).toBeGreaterThanOrEqual(0.5)
})

test('a time is watched once it is known what became of a witness after it', () => {
  const losses = controls(many(4, 'prompt'))
  expect(isKnownSince(losses, 30, 100, TIMEOUT_MS)).toBe(true)
  expect(isKnownSince(losses, 31, 9_000, TIMEOUT_MS)).toBe(false)
  settleControl(losses, addControl(losses, 8_000, { load: 1, isOpen: false, delayMs: 0 }), 'unsent')
  addControl(losses, 9_000, { load: 1, isOpen: false, delayMs: 0 })
  expect(isKnownSince(losses, 31, 9_000, TIMEOUT_MS)).toBe(false)
  expect(isKnownSince(losses, 31, 9_301, TIMEOUT_MS)).toBe(true)
})

test('an answer between two bursts tells nothing of the loss in one', () => {
  // In the burst, at 10 probes a millisecond, all were lost; before and after it, at 1, all were answered.
  const fates = [...many(20, 'prompt'), ...many(4, 'never'), ...many(20, 'prompt')]
  const loads = fates.map((fate) => (fate === 'never' ? 10 : 1))
  expect(lossAt(controls(fates, loads), 215, 9_000, TIMEOUT_MS)).toBeGreaterThan(0.8)
  expect(lossAt(controls(fates, loads), 100, 9_000, TIMEOUT_MS)).toBeLessThan(0.3)
})

/** Probes a millisecond: so few that the kernel's retries leave one by one, so many that they do not, and more than leave so themselves. */
const FEW = 0.1
const SOME = 1
const MANY = 10

describe('the chance that all SYNs of a port got lost', () => {
  const times = [0, 1_000]

  test('is that of all of them where they left among few', () => {
    const losses = controls(many(128, 'prompt'))
    const [first = 1, second = 1] = times.map((time) => lossAt(losses, time, 5_000, TIMEOUT_MS))
    expect(missProbabilityOf(losses, times, FEW, 5_000, TIMEOUT_MS)).toBeCloseTo(first * second, 8)
  })

  test('is half that of the first in a bunch, as long as nothing is known of retries', () => {
    const losses = controls(many(128, 'prompt'))
    const first = missProbabilityOf(losses, [0], MANY, 5_000, TIMEOUT_MS)
    expect(first).toBeLessThan(0.01)
    expect(missProbabilityOf(losses, times, MANY, 5_000, TIMEOUT_MS)).toBeCloseTo(first / 2, 6)
  })

  test('is the smaller the more retries of witnesses got through', () => {
    const chances = [4, 16, 32].map((late) => {
      const losses = { ...controls(many(128, 'prompt')), late }
      return missProbabilityOf(losses, times, MANY, 5_000, TIMEOUT_MS)
    })
    expect(new Set(chances).size).toBe(3)
    expect(chances).toEqual(chances.toSorted((a, b) => b - a))
  })

  test('is no smaller than what the retries of witnesses were worth', () => {
    // Every second first SYN was lost, and no retry got through.
    const fates = Array.from({ length: 128 }, (_, index): Fate => (index % 2 ? 'never' : 'prompt'))
    expect(missProbabilityOf(controls(fates), times, MANY, 5_000, TIMEOUT_MS)).toBeGreaterThan(0.4)
  })

  test('is 1 where there is no witness', () => {
    expect(missProbabilityOf(createLossEstimator(), times, MANY, 5_000, TIMEOUT_MS)).toBe(1)
  })
})

/** A host of which nothing is known, and the probe of its first port. */
function begin() {
  const target = createTarget('192.0.2.1', Uint16Array.of(1, 2), {
    deadline: 1e9,
    limiters: [],
    expected: [],
  })
  const host = createHostScan({ target, order: [0], deadline: 1e9 }, 0)
  const probe = createPortProbe({
    position: 0,
    port: 1,
    startedAt: 0,
    isSingleSyn: false,
    load: MANY,
  })
  return { host, probe }
}

const SYN_TIMES_MS = [0, 1_000, 2_000]

/** One try: what it is worth; the doubt that it leaves is kept. */
function weigh({ noResponses, job }: HostScan, probe: PortProbe, circumstances: Circumstances) {
  const { worth, missProbability } = weighSilence(noResponses, probe, circumstances)
  if (worth === 'again') keepDoubt(noResponses, probe, missProbability, job.target.ports.length)
  return worth
}

test('the silence of one try in a bunch is never believed, and that of more sooner where nothing refuses', () => {
  const triesOf = (refused: number, load: number) => {
    const { host, probe } = begin()
    admitControl(host.controls, 443, 'open')
    const losses = controls(many(400, 'prompt'))
    const circumstances = { ...describeCircumstances(host, SYN_TIMES_MS, 5_000), losses, refused }
    const tries = Array.from({ length: 9 }, (_, index) =>
      weigh(host, { ...probe, load, isSingleSyn: index > 0 }, circumstances),
    )
    return tries.indexOf('enough') + 1
  }
  expect([triesOf(0, MANY), triesOf(5_000, MANY)]).toEqual([3, 4])
  expect([triesOf(0, SOME), triesOf(5_000, SOME)]).toEqual([2, 4])
  expect([triesOf(0, FEW), triesOf(5_000, FEW)]).toEqual([1, 2])
})

test('a silence that is not enough is not waited for, and one that is waits for a control probe after it', () => {
  const { host, probe } = begin()
  admitControl(host.controls, 443, 'open')
  const losses = controls(many(16, 'prompt'))
  const circumstances = { ...describeCircumstances(host, SYN_TIMES_MS, 5_000), losses }
  const attempt = (isSingleSyn: boolean) =>
    weigh(host, { ...probe, startedAt: 400, isSingleSyn }, circumstances)
  expect([attempt(false), attempt(true), attempt(true), attempt(true)]).toEqual([
    'again',
    'again',
    'again',
    'awaiting-control',
  ])
  settleControl(losses, addControl(losses, 500, { load: 1, isOpen: true, delayMs: 0 }), 'prompt')
  expect(attempt(true)).toBe('enough')
})

test('a closed control port is one, however often it is asked', () => {
  const { host } = begin()
  const closed = { state: 'closed', reason: 'conn-refused' } as const
  hear(host, { kind: 'port', port: 1 }, closed, 1, 1)
  for (let times = 0; times < 20; times++) hear(host, { kind: 'control', port: 1 }, closed, 1, 2)
  expect(host.controls.closed).toEqual([1])
})
