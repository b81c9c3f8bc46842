import { describe, expect, test } from 'vitest'
import type { Allowance, HostMatcher, PlannedEndpoint, ScanPlan } from '../../src/model.ts'
import { findNamedAnywhere, findNamedServices } from '../../src/policy/named.ts'

const allow = (from: number, to: number, service?: string) =>
  ({ ports: [{ from, to }], service }) as Allowance

const fastcgi = allow(9000, 9000, 'fastcgi')

function endpoint(host: string, ...allow: Allowance[]): PlannedEndpoint {
  const rule = (matcher: HostMatcher, allow: Allowance[]) => ({ matcher, allow })
  const elsewhere = rule({ kind: 'cidr', cidr: '10.9.0.0/16' }, [fastcgi])
  return {
    endpoint: { kind: 'name', host },
    rules: [rule({ kind: 'name', name: host }, allow)],
    addressRules: [[elsewhere]],
  } as unknown as PlannedEndpoint
}
const a = endpoint('a.example.com', allow(22, 22), allow(15_432, 15_432, 'postgresql'))
const b = endpoint('b.example.com', allow(22, 22, 'ssh'), allow(8000, 8010, 'http'))

describe('of an address of an endpoint', () => {
  test.each([
    [a, '10.0.0.1', 22, undefined],
    [a, '10.0.0.1', 15_432, 'postgresql'],
    [a, '10.0.0.1', 8000, undefined],
    [a, '10.0.0.1', 9000, undefined],
    [a, '10.9.0.1', 9000, 'fastcgi'],
    [b, '10.0.0.1', 22, 'ssh'],
    [b, '10.0.0.1', 8010, 'http'],
    [b, '10.0.0.1', 8011, undefined],
  ])('%#', (planned, address, port, service) => {
    expect(findNamedServices(planned, address)(port)).toBe(service)
  })
})

test('of whatever host', () => {
  const named = findNamedAnywhere({ endpoints: [a, b] } as ScanPlan)
  expect([22, 15_432, 8000, 8011, 9000].map(named)).toEqual([
    'ssh',
    'postgresql',
    'http',
    undefined,
    'fastcgi',
  ])
})
