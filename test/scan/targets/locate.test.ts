import { expect, test } from 'vitest'
import type { PlannedEndpoint } from '../../../src/model.ts'
import { locate } from '../../../src/scan/targets/locate.ts'
import { createLookups } from '../../../src/scan/targets/lookup.ts'
import { answerNames } from '../names.ts'

/** Endpoints that are names, with ports to probe. */
function namesOf(hosts: string[], ports: number[]): PlannedEndpoint[] {
  const scan = { ip: '4', timeLimitMs: 60_000 }
  return hosts.map(
    (host) =>
      ({
        endpoint: { kind: 'name', host, text: host },
        scan,
        rules: [],
        ports,
      }) as unknown as PlannedEndpoint,
  )
}

const contextOf = (refuses: () => boolean) => ({
  signal: new AbortController().signal,
  refuses,
  lookups: createLookups(),
})

test.each([false, true])(
  'names share the room of a run for addresses, refused or not: %s',
  async (isRefused) => {
    const addresses = Array.from({ length: 1_000 }, (_, i) => `127.0.${i >> 8}.${i & 255}`)
    const hosts = Array.from({ length: 140 }, (_, i) => `h${i}.test`)
    using _ = answerNames(Object.fromEntries(hosts.map((host) => [host, addresses])))
    const plan = { endpoints: namesOf(hosts, [9]), seed: 1 }
    const { sites, refused, unseen } = await locate(
      plan,
      performance.now(),
      contextOf(() => isRefused),
    )
    expect([sites.length, refused.length]).toEqual(isRefused ? [0, 131_072] : [131_072, 0])
    expect(unseen).toHaveLength(9)
  },
)

test('addresses that may not be probed share what is known of their ports', async () => {
  using _ = answerNames({ 'a.test': ['169.254.0.1', '169.254.0.2'] })
  const plan = { endpoints: namesOf(['a.test'], [22, 80]), seed: 1 }
  const { refused } = await locate(
    plan,
    performance.now(),
    contextOf(() => true),
  )
  const [first, second] = refused.map(({ target }) => target)
  expect([first?.address, second?.address]).toEqual(['169.254.0.1', '169.254.0.2'])
  expect([second?.keys === first?.keys, second?.ports === first?.ports]).toEqual([true, true])
})

test('no way is asked for once the time is over', async () => {
  // There is none without a zone, and whoever asks is told so.
  const addresses = ['fe80::1', 'fe80::2']
  const endpoint = { kind: 'cidr', host: 'fe80::/112', text: 'fe80::/112' }
  const planned = { endpoint, addresses, scan: { ip: '6', timeLimitMs: 10_000 }, rules: [], ports: [9] }
  const plan = { endpoints: [planned as unknown as PlannedEndpoint], seed: 1 }
  const countSites = async (startedAt: number) =>
    (
      await locate(
        plan,
        startedAt,
        contextOf(() => false),
      )
    ).sites.length
  expect(await countSites(performance.now())).toBe(0)
  expect(await countSites(performance.now() - 11_000)).toBe(2)
})

test('names with more addresses and ports than one run can hold are not seen, and the run says so', async () => {
  const addresses = (block: number) =>
    Array.from({ length: 1_000 }, (_, i) => `127.${block}.${i >> 8}.${i & 255}`)
  using _ = answerNames({ 'a.test': addresses(1), 'b.test': addresses(2) })
  const ports = Array.from({ length: 65_535 }, (_, index) => index + 1)
  const endpoints = namesOf(['a.test', 'b.test'], ports)
  const { sites, unseen } = await locate(
    { endpoints, seed: 1 },
    performance.now(),
    contextOf(() => false),
  )
  expect(sites.length).toBeLessThanOrEqual(100_000_000 / 65_535)
  expect(unseen).toHaveLength(1)
  expect(unseen[0]).toMatchObject({ kind: 'unresolved' })
  expect(unseen[0]?.detail).toContain('more than one run can hold')
})
