import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { waitUnlessInterrupted } from '../../src/process/interrupt.ts'

const MODULE = JSON.stringify(new URL('../../src/process/interrupt.ts', import.meta.url).href)

/** A process that was told to end and does not; the signals that it gets, and how it ended. */
async function interrupt(signals: NodeJS.Signals[]): Promise<{ signal: unknown; said: string; ms: number }> {
  const program = `
    const { onInterrupt } = await import(${MODULE})
    onInterrupt().addEventListener('abort', () => console.log('aborted'))
    setInterval(() => {}, 1000)
    console.log('ready')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program])
  let said = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  await once(child.stdout, 'data')
  const began = performance.now()
  const left = [...signals]
  const send = () => child.kill(left.shift() ?? 0)
  child.stdout.on('data', () => left.length > 0 && send())
  send()
  const [, signal] = await once(child, 'close')
  return { signal, said, ms: performance.now() - began }
}

describe.skipIf(process.platform === 'win32')('a second signal ends the process at once', () => {
  test.each<[NodeJS.Signals, NodeJS.Signals]>([
    ['SIGTERM', 'SIGTERM'],
    ['SIGINT', 'SIGTERM'],
    ['SIGTERM', 'SIGINT'],
  ])('%s and then %s', async (first, second) => {
    const { signal, said, ms } = await interrupt([first, second])
    expect(said).toBe('ready\naborted\n')
    expect(signal).toBe(second)
    expect(ms).toBeLessThan(2_000)
  })

  test('and so where both come while the thread is busy', async () => {
    const program = `
      const { onInterrupt } = await import(${MODULE})
      onInterrupt()
      setInterval(() => {}, 1000)
      process.stdout.write('ready', () => {
        const until = Date.now() + 1_000
        while (Date.now() < until);
      })`
    const child = spawn(process.execPath, ['--input-type=module', '-e', program])
    await once(child.stdout, 'data')
    const began = performance.now()
    // Two of a kind that the process has not taken yet are one to the kernel.
    for (const signal of ['SIGTERM', 'SIGTERM'] as const) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      child.kill(signal)
    }
    const [, signal] = await once(child, 'close')
    expect(signal).toBe('SIGTERM')
    expect(performance.now() - began).toBeLessThan(2_500)
  })

  test('and the first one after a while', async () => {
    const { signal, ms } = await interrupt(['SIGTERM'])
    expect(signal).toBe('SIGTERM')
    expect(ms).toBeGreaterThan(4_500)
  })
})

describe('a task is waited for', () => {
  const hanging = new Promise<void>(() => {})

  test('to its end', async () => {
    expect(await waitUnlessInterrupted(Promise.resolve(), new AbortController().signal, 10)).toBe(true)
  })

  test('no longer than a moment once the job is cancelled', async () => {
    const controller = new AbortController()
    const waited = waitUnlessInterrupted(hanging, controller.signal, 10)
    controller.abort()
    expect(await waited).toBe(false)
    expect(await waitUnlessInterrupted(hanging, controller.signal, 10)).toBe(false)
  })

  test('to its failure', async () => {
    const failed = Promise.reject(new Error('no'))
    await expect(waitUnlessInterrupted(failed, new AbortController().signal, 10)).rejects.toThrow('no')
  })
})
