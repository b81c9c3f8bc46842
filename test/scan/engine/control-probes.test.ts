import { describe, expect, test } from 'vitest'
import {
  admitControl,
  canProbe,
  createControlPorts,
  hasControl,
  noteAnswer,
  noteService,
  takeControl,
} from '../../../src/scan/engine/control-ports.ts'
import {
  createControlProbes,
  isDue,
  notePortProbe,
  noteSent,
  placeNext,
} from '../../../src/scan/engine/control-probes.ts'
import { LONG_GAP_MS, OPEN_GAP_MS, TICK_MS } from '../../../src/scan/engine/tuning.ts'
import { createRandom } from '../../../src/scan/targets/random.ts'

const PER_SECOND = 1_000

const random = createRandom(1)

/** Ports that are asked while a host is probed at 1,000 ports a second; time is counted and not waited for. */
function askFor(
  seconds: number,
  services: (string | undefined)[],
  state: 'open' | 'closed' = 'open',
  says?: string,
) {
  const listenedTo: number[] = []
  const controls = createControlPorts((port) => {
    listenedTo.push(port)
    if (says !== undefined) noteService(controls, port, says)
  })
  for (const [index, service] of services.entries()) admitControl(controls, index + 1, state, service)
  const asked: { port: number; now: number }[] = []
  const probes = createControlProbes()
  const gapMs = state === 'closed' ? TICK_MS : OPEN_GAP_MS
  for (let now = 0; now < seconds * 1000; now++) {
    notePortProbe(probes, now)
    if (!canProbe(controls, now)) continue
    placeNext(probes, now, PER_SECOND, random)
    if (!isDue(probes, now, 1_000, LONG_GAP_MS)) continue
    noteSent(probes, gapMs, now, PER_SECOND, random)
    asked.push({ port: takeControl(controls, now), now })
  }
  expect(listenedTo.sort()).toEqual(state === 'open' ? services.map((_, index) => index + 1) : [])
  return asked
}

describe('how often ports are asked in a minute', () => {
  // What OpenSSH and MySQL take of it: see `TOUCHY`.
  test.each<[string, (string | undefined)[], 'open' | 'closed', number, number]>([
    ['SSH alone, below the penalty that it refuses an address for', ['ssh'], 'open', 55, 66],
    ['MySQL alone, far below 100', ['mysql'], 'open', 20, 22],
    ['any other service alone', ['http'], 'open', 200, 280],
    ['a port whose number says nothing, which may be MySQL: below 100', [undefined], 'open', 50, 80],
    ['a closed port, which has nothing behind it', [undefined], 'closed', 1_500, 6_000],
  ])('%s', (_name, services, state, least, most) => {
    const { length } = askFor(60, services, state)
    expect(length).toBeGreaterThanOrEqual(least)
    expect(length).toBeLessThanOrEqual(most)
  })

  test('MySQL in ten minutes, on a port that is known for another service, once it has spoken: below 50', () => {
    const { length } = askFor(600, ['http'], 'open', 'mysql')
    expect(length).toBeGreaterThanOrEqual(30)
    expect(length).toBeLessThan(50)
  })

  test('HTTP that has spoken no less often than before', () => {
    expect(askFor(60, ['http'], 'open', 'http').length).toBeGreaterThan(200)
  })

  test('each by its own measure where there are several', () => {
    const asked = askFor(60, ['ssh', 'mysql', 'http'])
    const countOf = (port: number) => asked.filter((one) => one.port === port).length
    expect(countOf(1)).toBeLessThanOrEqual(66)
    expect(countOf(2)).toBeLessThanOrEqual(22)
    expect(countOf(3)).toBeGreaterThan(countOf(1))
  })
})

test('a control probe falls anywhere in a burst', () => {
  // Bursts of 20 probes, every 20 ms; the clock makes one due at the head of one.
  const places = new Set<number>()
  const controls = createControlPorts()
  const probes = createControlProbes()
  admitControl(controls, 22, 'open', 'ssh')
  for (let now = 0; now < 600_000; now += 20) {
    for (let place = 0; place < 20; place++) {
      notePortProbe(probes, now)
      if (!canProbe(controls, now)) continue
      placeNext(probes, now, PER_SECOND, random)
      if (!isDue(probes, now, 1_000, LONG_GAP_MS)) continue
      noteSent(probes, OPEN_GAP_MS, now, PER_SECOND, random)
      takeControl(controls, now)
      places.add(place)
    }
  }
  expect(places.size).toBe(20)
})

describe('a port that answers no longer', () => {
  const lose = (controls: ReturnType<typeof createControlPorts>, port: number, hasHostAnswered: boolean) => {
    for (let count = 0; count < 4; count++)
      noteAnswer(controls, port, 'silent', hasHostAnswered ? count + 1 : undefined, count)
  }
  const create = (...ports: number[]) => {
    const controls = createControlPorts()
    for (const port of ports) admitControl(controls, port, 'open')
    return controls
  }

  test('is asked no more where others answer', () => {
    const controls = create(22, 80)
    lose(controls, 22, true)
    expect(controls.open.map(({ port }) => port)).toEqual([80])
  })

  test('stays where the host as a whole is silent, and where it is the only one', () => {
    const controls = create(22, 80)
    lose(controls, 22, false)
    lose(controls, 80, false)
    expect(controls.open).toHaveLength(2)
    const alone = create(22)
    lose(alone, 22, true)
    expect(hasControl(alone)).toBe(true)
  })

  test('stays where it answers in between', () => {
    const controls = create(22, 80)
    for (let count = 0; count < 12; count++)
      noteAnswer(controls, 22, count % 3 === 0 ? 'answered' : 'silent', count + 1, count)
    expect(controls.open).toHaveLength(2)
  })
})
