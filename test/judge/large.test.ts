import { expect, test } from 'vitest'
import { judge } from '../../src/judge/judge.ts'
import type { HostRule, PlannedEndpoint, ScanPlan, ScanResult } from '../../src/model.ts'
import { makePlan } from '../../src/policy/plan.ts'
import { readSide } from '../policy/diff/side.ts'

const COUNT = 300

/** Judges a run that resolved no name, with each planned endpoint changed first. */
function judgeUnseen(yaml: string, change: (endpoint: PlannedEndpoint) => PlannedEndpoint): void {
  const { policy, catalogue } = readSide(`version: 1\n${yaml}`)
  const { value: made } = makePlan(policy, { endpoints: [], scan: {}, seed: 1 }, catalogue)
  const plan: ScanPlan = { seed: 1, endpoints: (made?.endpoints ?? []).map(change) }
  expect(plan.endpoints).toHaveLength(COUNT)
  const now = new Date('2026-06-15')
  const scan: ScanResult = {
    hosts: [],
    unseen: plan.endpoints.map(({ environment, endpoint }) => ({
      ...(environment === undefined ? {} : { environment }),
      endpoint: endpoint.text,
      kind: 'unresolved',
      detail: 'no such name',
    })),
    canaries: [],
    vantage: { platform: 'linux', node: 'v24', githubHosted: false, ipv6: false },
    probes: 0,
    startedAt: now,
    finishedAt: now,
  }
  judge({ policy, plan, scan, catalogue, now })
}

const repeat = (line: (index: number) => string) => Array.from({ length: COUNT }, (_, i) => line(i)).join('')

test('rules for addresses, which all names share, are gone through once', () => {
  const counted = new Map<HostRule[], HostRule[]>()
  let reads = 0
  const count = (rules: HostRule[]) => {
    const get = (target: HostRule[], key: string | symbol) => {
      reads++
      return Reflect.get(target, key)
    }
    const known = counted.get(rules) ?? new Proxy(rules, { get })
    counted.set(rules, known)
    return known
  }
  judgeUnseen(
    `hosts:\n${repeat((i) => `  h${i}.t: [22]\n  10.0.${i >> 8}.${i & 255}/32: [22]\n`)}`,
    (endpoint) => ({
      ...endpoint,
      addressRules: endpoint.addressRules?.map(count) ?? [],
    }),
  )
  expect(reads).toBeGreaterThan(COUNT)
  expect(reads).toBeLessThan(COUNT * 20)
})

test('endpoints are not gone through again for each environment', () => {
  let reads = 0
  judgeUnseen(
    `environments:\n${repeat((i) => `  e${i}: { endpoints: [h${i}.t], hosts: { a.t: [22] } }\n`)}`,
    (endpoint) => ({
      ...endpoint,
      get environment() {
        reads++
        return endpoint.environment ?? ''
      },
    }),
  )
  expect(reads).toBeGreaterThan(COUNT)
  expect(reads).toBeLessThan(COUNT * 20)
})
