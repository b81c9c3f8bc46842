import { describe, expect, test } from 'vitest'
import { listPorts } from '../../src/port-ranges.ts'
import { takePart } from '../../src/shards/part.ts'
import { openPlan } from '../../src/shards/plan-file.ts'
import { cutIntoShares } from '../../src/shards/share.ts'
import { drawPlan, freezeText } from './drawn-plan.ts'
import { makeWorld } from './merging.ts'
import { createChance } from './random.ts'

test('every pair that is not excluded is in one part, and in no other', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const drawn = await drawPlan(createChance(seed))
    const { plan, file } = drawn
    const { excludes } = makeWorld(drawn)
    const shares = cutIntoShares(plan.endpoints, excludes, file.shards)
    const list = (endpoints: typeof plan.endpoints) =>
      endpoints.flatMap(({ environment, endpoint, addresses = [], ports }) =>
        addresses
          .filter((address) => !excludes(address))
          .flatMap((address) => ports.map((port) => `${environment} ${endpoint.text} ${address} ${port}`)),
      )
    const parts = shares.flatMap((_, index) => list(takePart({ plan, shares }, index + 1).endpoints))
    expect(parts.sort(), String(seed)).toEqual(list(plan.endpoints).sort())
  }
})

describe('cutting', () => {
  const cut = async (policy: string, shards: number) => {
    const { plan } = await freezeText(`version: 1\n${policy}`, { shards })
    return { plan, shares: cutIntoShares(plan.endpoints, () => false, shards) }
  }
  const sizes = ({ shares }: Awaited<ReturnType<typeof cut>>) =>
    shares.map(({ ports }) =>
      [...ports.values()].map((ranges) => (ranges ? listPorts(ranges).length : 'all')),
    )

  test('whole hosts first', async () => {
    const hosts = [1, 2, 3, 4].map((host) => `192.0.2.${host}: []`)
    expect(sizes(await cut(`scan: { ports: all }\nhosts: { ${hosts} }\n`, 2))).toEqual([
      ['all', 'all'],
      ['all', 'all'],
    ])
  })

  test('a host that is larger than a share is cut', async () => {
    const parts = sizes(await cut('scan: { ports: all }\nhosts: { 192.0.2.1: [] }\n', 4)).flat()
    expect(parts).toEqual([16_384, 16_384, 16_384, 16_383])
  })

  test('a small host is not', async () => {
    const parts = await cut('scan: { ports: "1-1024" }\nhosts: { 192.0.2.1: [] }\n', 4)
    expect(sizes(parts)).toEqual([['all'], [], [], []])
  })

  test('endpoints that share an address are in one part', async () => {
    const cutPlan = await cut(
      'scan: { ports: [80] }\nhosts: { 192.0.2.1: [], 192.0.2.2: [], alias.example.com: [] }\n',
      2,
    )
    const parts = [1, 2].map((index) =>
      takePart(cutPlan, index).endpoints.map(({ endpoint }) => endpoint.text),
    )
    expect(parts).toEqual([['192.0.2.1', 'alias.example.com'], ['192.0.2.2']])
  })

  test('`max-rate` is one budget: the parts that it holds for have their share of it', async () => {
    const hosts = [1, 2, 3].map((host) => `192.0.2.${host}: []`)
    const cutPlan = await cut(`scan: { ports: [80], max-rate: 100 }\nhosts: { ${hosts} }\n`, 4)
    const rates = [1, 2, 3, 4].flatMap((index) =>
      takePart(cutPlan, index).endpoints.map(({ scan }) => scan.maxRate ?? 0),
    )
    expect(rates.length).toBe(3)
    expect(rates.reduce((sum, rate) => sum + rate, 0)).toBeCloseTo(100)
  })
})

test.each([
  ['', 'it is empty'],
  ['{"kind": "portgate-plan", "sch', 'it is cut off'],
  ['[]', 'it is not a plan'],
  ['{"schemaVersion": 1, "verdict": "pass"}', 'it is not a plan'],
  ['{"kind": "portgate-plan", "schemaVersion": 2}', 'it is a plan of a newer Portgate'],
  ['{"kind": "portgate-plan", "schemaVersion": 1, "shards": 0}', 'it is not a valid plan'],
])('a plan that is %j is refused: %s', (text, message) => {
  expect(() => openPlan(text)).toThrow(message)
})

test('a plan of which any text was changed is refused', async () => {
  const { file } = await drawPlan(createChance(3))
  const text = JSON.stringify(file)
  expect(openPlan(text)).toEqual(file)
  for (const change of [
    (plan: typeof file) => (plan.shards += 1),
    (plan: typeof file) => (plan.seed += 1),
    (plan: typeof file) => (plan.createdAt = '2030-01-01T00:00:00.000Z'),
    (plan: typeof file) => ((plan.policy.files[0] as { text: string }).text += '# more\n'),
  ]) {
    const changed = structuredClone(file)
    change(changed)
    expect(() => openPlan(JSON.stringify(changed))).toThrow('it was changed after it was written')
  }
})
