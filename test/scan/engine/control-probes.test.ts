import { describe, expect, test } from 'vitest'
import {
  admitWitness,
  beginTurn,
  createWitnesses,
  hasWitness,
  heedService,
  heedWitness,
  isDue,
  takeWitness,
} from '../../../src/scan/engine/control-probes.ts'

const PER_SECOND = 1_000

/** Ports that bear witness while a host is probed at 1,000 ports a second; time is counted and not waited for. */
function askFor(
  seconds: number,
  services: (string | undefined)[],
  state: 'open' | 'closed' = 'open',
  says?: string,
) {
  const listenedTo: number[] = []
  const witnesses = createWitnesses((port) => {
    listenedTo.push(port)
    if (says !== undefined) heedService(witnesses, port, says)
  })
  for (const [index, service] of services.entries()) admitWitness(witnesses, index + 1, state, service)
  const asked: { port: number; now: number }[] = []
  for (let now = 0; now < seconds * 1000; now++) {
    witnesses.probesSince += 1
    if (!isDue(witnesses, now, 1_000, PER_SECOND)) continue
    beginTurn(witnesses, now, PER_SECOND)
    asked.push({ port: takeWitness(witnesses, now), now })
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

test('a witness falls anywhere in a burst', () => {
  // Bursts of 20 probes, every 20 ms; the clock makes a witness due at the head of one.
  const places = new Set<number>()
  const witnesses = createWitnesses()
  admitWitness(witnesses, 22, 'open', 'ssh')
  for (let now = 0; now < 600_000; now += 20) {
    for (let place = 0; place < 20; place++) {
      witnesses.probesSince += 1
      if (!isDue(witnesses, now, 1_000, PER_SECOND)) continue
      beginTurn(witnesses, now, PER_SECOND)
      takeWitness(witnesses, now)
      places.add(place)
    }
  }
  expect(places.size).toBe(20)
})

describe('a port that answers no longer', () => {
  const lose = (witnesses: ReturnType<typeof createWitnesses>, port: number, hasHostAnswered: boolean) => {
    for (let count = 0; count < 4; count++) heedWitness(witnesses, port, false, hasHostAnswered)
  }
  const create = (...ports: number[]) => {
    const witnesses = createWitnesses()
    for (const port of ports) admitWitness(witnesses, port, 'open')
    return witnesses
  }

  test('bears witness no more where others answer', () => {
    const witnesses = create(22, 80)
    lose(witnesses, 22, true)
    expect(witnesses.open.map(({ port }) => port)).toEqual([80])
  })

  test('stays where the host as a whole is silent, and where it is the only one', () => {
    const witnesses = create(22, 80)
    lose(witnesses, 22, false)
    lose(witnesses, 80, false)
    expect(witnesses.open).toHaveLength(2)
    const alone = create(22)
    lose(alone, 22, true)
    expect(hasWitness(alone)).toBe(true)
  })

  test('stays where it answers in between', () => {
    const witnesses = create(22, 80)
    for (let count = 0; count < 12; count++) heedWitness(witnesses, 22, count % 3 === 0, true)
    expect(witnesses.open).toHaveLength(2)
  })
})
