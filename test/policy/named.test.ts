import { expect, test } from 'vitest'
import type { Allowance, PlannedEndpoint, ScanPlan } from '../../src/model.ts'
import { findNamedServices } from '../../src/policy/named.ts'

const allow = (from: number, to: number, service?: string) =>
  ({ ports: [{ from, to }], service }) as Allowance
const endpoint = (...allowances: Allowance[]) =>
  ({ rules: [{ allow: allowances }] }) as unknown as PlannedEndpoint

const named = findNamedServices({
  endpoints: [
    endpoint(allow(22, 22), allow(15_432, 15_432, 'postgresql')),
    endpoint(allow(22, 22, 'ssh'), allow(8000, 8010, 'http')),
  ],
} as ScanPlan)

test.each([
  [22, 'ssh'],
  [15_432, 'postgresql'],
  [8000, 'http'],
  [8010, 'http'],
  [8011, undefined],
])('of port %i', (port, service) => expect(named(port)).toBe(service))
