import { networkInterfaces } from 'node:os'
import { describe, expect, test } from 'vitest'
import type { PlannedEndpoint, ScanPlan } from '../../../src/model.ts'
import { locateCanaries } from '../../../src/scan/phases/canary.ts'
import { createLookups } from '../../../src/scan/targets/lookup.ts'
import type { Site } from '../../../src/scan/targets/site.ts'
import { createTarget } from '../../../src/scan/targets/target.ts'
import { findWay, THIS_MACHINE } from '../../../src/scan/vantage-point.ts'
import { answerNames } from '../names.ts'

/** What becomes of a canary where these addresses are scanned. Nothing is sent: the kernel is asked for its routes. */
async function locate(canary: string, scanned: string[]) {
  const planned = {
    endpoint: { kind: 'name', host: 'a.test' },
    scan: { canary: { host: canary, port: 9 }, timeLimitMs: 60_000 },
  } as PlannedEndpoint
  const settings = { deadline: 0, limiters: [], expected: [] }
  const sites: Site[] = scanned.map((address) => {
    return { planned, target: createTarget(address, Uint16Array.of(9), settings) }
  })
  const plan: ScanPlan = { endpoints: [planned], seed: 1 }
  const context = { signal: new AbortController().signal, refuses: () => false, lookups: createLookups() }
  const [located] = await locateCanaries(plan, performance.now(), sites, context)
  return located
}

/** Addresses of this machine that are not loopback. */
const own = Object.values(networkInterfaces())
  .flat()
  .flatMap((entry) => (entry && !entry.internal && entry.family === 'IPv4' ? entry.address : []))

describe('a canary on this machine proves nothing of the network', () => {
  test.each(['127.0.0.1', '127.9.9.9', '::1', 'me.test', ...own])('%s', async (canary) => {
    using _ = answerNames({ 'me.test': ['127.0.0.1'] })
    const located = await locate(canary, ['192.0.2.1'])
    expect(located?.addresses).toEqual([])
    // Without IPv6 there is no way even to ::1.
    if (canary !== '::1') expect(located?.result.aside).toBe('this-machine')
  })

  test('unless this machine is what is scanned', async () => {
    const located = await locate('127.0.0.1', ['127.0.0.2'])
    expect(located?.addresses).toEqual(['127.0.0.1'])
    expect(located?.result.aside).toBeUndefined()
  })

  test('nor where nothing at all is scanned', async () => {
    expect((await locate('127.0.0.1', []))?.addresses).toEqual([])
  })
})

test.each(['127.0.0.1', '127.255.1.1', ...own])('the way to %s is this machine', async (address) => {
  expect(await findWay(address)).toBe(THIS_MACHINE)
})
