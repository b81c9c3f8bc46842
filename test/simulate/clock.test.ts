import { expect, test } from 'vitest'
import { createSimulatedClock } from './clock.ts'

test('what is due happens in order, and promises settle before time goes on', async () => {
  const clock = createSimulatedClock()
  const { signal } = new AbortController()
  const log: string[] = []
  const note = (what: string) => log.push(`${clock.now()} ${what}`)
  clock.at(20, () => note('second'))
  clock.at(10, () => note('first'))
  clock.at(10, () => {
    note('first, planned later')
    clock.soon(() => note('soon'))
  })
  await clock.run(async () => {
    await clock.sleep(10, signal)
    await Promise.resolve()
    note('awake')
    await clock.sleep(10, signal)
  })
  expect(log).toEqual(['10 first', '10 first, planned later', '10 awake', '10 soon', '20 second'])
})

test('a busy processor comes to things later', async () => {
  const clock = createSimulatedClock()
  const times: number[] = []
  const stop = clock.every(4, () => times.push(clock.now()))
  clock.at(5, () => clock.spend(10))
  clock.at(20, () => stop())
  await clock.run(() => clock.sleep(30, new AbortController().signal))
  expect(times).toEqual([4, 15, 19])
})

test('a sleep ends when its signal aborts', async () => {
  const clock = createSimulatedClock()
  const controller = new AbortController()
  clock.at(5, () => controller.abort())
  await clock.run(() => clock.sleep(1_000, controller.signal))
  expect(clock.now()).toBe(5)
})

test('a task that comes to no end is an error', async () => {
  const clock = createSimulatedClock()
  await expect(clock.run(() => new Promise(() => {}))).rejects.toThrow('nothing more happens after 0 ms')
  clock.every(4, () => {})
  await expect(clock.run(() => new Promise(() => {}), 1_000)).rejects.toThrow('not done after 1000 ms')
})
