import { describe, expect, test } from 'vitest'
import { buildCatalogue, commonPorts } from '../../src/catalogue/catalogue.ts'
import type { ScanPlan } from '../../src/model.ts'
import { parseEndpoint } from '../../src/policy/endpoints.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import { makePlan, type PlanRequest } from '../../src/policy/plan.ts'
import { formatRanges } from '../../src/port-ranges.ts'

const catalogue = buildCatalogue()

/** The plan of a policy; endpoints of the request as texts. */
function plan(yaml: string, request: Partial<PlanRequest> & { of?: string[] } = {}) {
  const { policy, diagnostics } = parsePolicy(Buffer.from(`version: 1\n${yaml}`), 'policy.yml')
  if (!policy) throw new Error(diagnostics[0]?.message)
  const endpoints = (request.of ?? []).map((text) => {
    const { value, problem } = parseEndpoint(text)
    if (!value) throw new Error(problem.message)
    return { ...value, scan: {} }
  })
  return makePlan(policy, { scan: {}, seed: 1, ...request, endpoints }, catalogue)
}

function planned(...args: Parameters<typeof plan>): ScanPlan {
  const { value, problem } = plan(...args)
  if (!value) throw new Error(problem.message)
  return value
}

/** `environment endpoint ports`, one line an endpoint. */
function listEndpoints({ endpoints }: ScanPlan): string[] {
  return endpoints.map(({ environment = '-', endpoint, ports }) => {
    return `${environment} ${endpoint.text} ${formatRanges(ports)}`
  })
}

const TWO = `
scan: { ports: 22 }
hosts: { a.example.com: [80], "*.example.com": [443], 10.0.0.0/8: [22] }
environments:
  one: { endpoints: [b.example.com] }
  two: { hosts: { c.example.com: [8080] } }
`

describe('which endpoints', () => {
  test.each<[what: string, yaml: string, request: Parameters<typeof plan>[1], expected: string[]]>([
    [
      'the concrete keys, without environments',
      'scan: { ports: 1 }\nhosts: { a.b: [], "*.b": [], 10.0.0.1: [], 10.0.0.0/8: [] }',
      {},
      ['- a.b 1', '- 10.0.0.1 1'],
    ],
    ['all environments', TWO, {}, ['one b.example.com 22', 'two a.example.com 22', 'two c.example.com 22']],
    ['one environment', TWO, { environment: 'one' }, ['one b.example.com 22']],
    ['endpoints from outside, without an environment', TWO, { of: ['x.y'] }, ['- x.y 22']],
    ['endpoints from outside, in an environment', TWO, { of: ['x.y'], environment: 'two' }, ['two x.y 22']],
  ])('%s', (_, yaml, request, expected) => {
    expect(listEndpoints(planned(yaml, request))).toEqual(expected)
  })

  test('an environment that is not there is named, with what was probably meant', () => {
    const { problem } = plan(TWO.replace('two:', 'staging:'), { environment: 'stagin' })
    expect(problem).toMatchObject({ code: 'bad-environment', hint: 'did you mean `staging`?' })
  })
})

describe('which ports', () => {
  test.each<[what: string, yaml: string, request: Parameters<typeof plan>[1], ports: string]>([
    ['common, where nothing is said', 'hosts: { a.b: [] }', {}, formatRanges(commonPorts(catalogue))],
    ['all', 'scan: { ports: all }\nhosts: { a.b: [] }', {}, '1-65535'],
    ['a list', 'scan: { ports: [22, https, "8000-8002"] }\nhosts: { a.b: [] }', {}, '22,443,8000-8002'],
    [
      'the request before the policy',
      'scan: { ports: 1 }\nhosts: { a.b: [] }',
      { scan: { ports: [{ from: 2, to: 3 }] } },
      '2-3',
    ],
    [
      'what is required',
      'scan: { ports: 1 }\nhosts: { a.b: { require: [5] }, "*.b": { require: [7] }, c.d: { require: [9] } }',
      { of: ['a.b'] },
      '1,5,7',
    ],
    ['what is denied', 'scan: { ports: 1 }\nhosts: { a.b: { deny: [3389] } }', {}, '1,3389'],
    ['but not what is merely allowed', 'scan: { ports: 1 }\nhosts: { a.b: [80] }', {}, '1'],
    [
      'what an address entry requires, of any name',
      'scan: { ports: 1 }\nhosts: { 10.0.0.0/8: { require: [5] } }',
      { of: ['a.b'] },
      '1,5',
    ],
    [
      'what an address entry requires, of that address',
      'scan: { ports: 1 }\nhosts: { 10.0.0.0/8: { require: [5] } }',
      { of: ['192.0.2.1'] },
      '1',
    ],
    ["a URL's port", 'scan: { ports: 1 }\nhosts: {}', { of: ['https://a.b:8443/health'] }, '1,8443'],
    [
      "an environment's",
      'scan: { ports: 1 }\nhosts: {}\nenvironments: { e: { scan: { ports: 2 }, endpoints: [a.b] } }',
      {},
      '2',
    ],
    [
      "an endpoint's",
      'scan: { ports: 1 }\nhosts: {}\nenvironments: { e: { scan: { ports: 2 }, endpoints: [{ host: a.b, ports: 3 }] } }',
      {},
      '3',
    ],
  ])('%s', (_, yaml, request, ports) => {
    expect(planned(yaml, request).endpoints.map((endpoint) => formatRanges(endpoint.ports))).toEqual([ports])
  })
})

test.each<[yaml: string, request: Parameters<typeof plan>[1], failOn: string, onDoubt: string]>([
  ['hosts: { a.b: [] }', {}, 'low', 'fail'],
  ['fail-on: high\non-doubt: warn\nhosts: { a.b: [] }', {}, 'high', 'warn'],
  [
    'fail-on: high\nhosts: {}\nenvironments: { e: { endpoints: [a.b], fail-on: info, on-doubt: warn } }',
    {},
    'info',
    'warn',
  ],
  ['fail-on: high\nhosts: { a.b: [] }', { failOn: 'never', onDoubt: 'warn' }, 'never', 'warn'],
])('what fails: %s with %j', (yaml, request, failOn, onDoubt) => {
  expect(planned(yaml, request).endpoints).toMatchObject([{ failOn, onDoubt }])
})

test('blocks are expanded, their edges included, and share their ports', () => {
  const { endpoints } = planned('hosts: {}', { of: ['192.0.2.0/30', '2001:db8::/127'] })
  expect(endpoints.map(({ addresses }) => addresses)).toEqual([
    ['192.0.2.0', '192.0.2.1', '192.0.2.2', '192.0.2.3'],
    ['2001:db8::', '2001:db8::1'],
  ])
  expect(endpoints[0]?.ports).toBe(endpoints[1]?.ports)
})

test.each<[what: string, yaml: string, place: { line: number }]>([
  ['a block of 2^32 addresses', 'hosts: {}\nenvironments: { e: { endpoints: [0.0.0.0/0] } }', { line: 3 }],
  [
    'more ports than a run can take',
    'scan: { ports: all }\nhosts: {}\nenvironments: { e: { endpoints: [10.0.0.0/22] } }',
    { line: 4 },
  ],
])('%s is refused', (_, yaml, place) => {
  const { problem, place: found } = plan(yaml)
  expect(problem?.code).toBe('too-many-addresses')
  expect(found?.line).toBe(place.line)
})

test.each([
  ['a.ex.com', [80]],
  ['b.ex.com', [22, 80]],
])('a denial by name has its port probed where it holds: %s', (host, ports) => {
  const yaml = 'scan: { ports: 80 }\nhosts: { "*.ex.com": { deny: [{ port: 22, except: [a.ex.com] }] } }'
  expect(plan(yaml, { of: [host] }).value?.endpoints[0]?.ports).toEqual(ports)
})

test.each([
  ['10.0.0.1', [80]],
  ['10.0.0.2', [22, 80]],
  ['10.0.0.0/30', [22, 80]],
])('a denial by address has its port probed where it holds: %s', (host, ports) => {
  const yaml = 'scan: { ports: 80 }\nhosts: { 10.0.0.0/29: { deny: [{ port: 22, except: [10.0.0.1] }] } }'
  expect(plan(yaml, { of: [host] }).value?.endpoints[0]?.ports).toEqual(ports)
})
