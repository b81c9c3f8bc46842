/** Policies that use every key, as the objects that YAML gives. */
import fc from 'fast-check'
import type { FindingId } from '../../../src/model.ts'
import { parseEndpoint } from '../../../src/policy/endpoints.ts'
import { exceptsAll, mayExcept } from '../../../src/policy/exceptions.ts'
import { createKeyTest, parseExclusion } from '../../../src/policy/exclude.ts'
import { matcherText, parseHostKey } from '../../../src/policy/hosts.ts'
import { isOfHost } from '../../../src/policy/ignorable.ts'

export interface Hosts {
  [key: string]: { allow: unknown[]; require: unknown[]; deny: unknown[] }
}
export interface Level {
  'fail-on'?: string
  'on-doubt'?: string
  scan?: Record<string, unknown>
  hosts?: Hosts
}
interface Environment extends Level {
  endpoints?: (string | Record<string, unknown>)[]
}
export interface RichPolicy extends Level {
  version: 1
  environments?: Record<string, Environment>
  catalogue?: Record<string, Record<string, unknown>>
  'risky-allowances'?: Record<string, unknown>
  exclude?: string[]
  ignore?: Record<string, unknown>[]
}

export const KEYS = [
  'a.ex.com',
  'b.ex.com',
  '*.ex.com',
  '**.ex.com',
  '**',
  '{a,b}.ex.com',
  '10.0.0.1',
  '10.0.0.1/32',
  '10.0.0.4/30',
  '10.0.0.0/29',
  '10.0.0.0/8',
  '2001:db8::/32',
  'A.ex.com.',
  'db',
  'a*.com',
  '*.ex.c?m',
  '**.{ex.com,org}',
  '{a,e}.ex.com.',
  'xn--bcher-kva.org',
  '0.0.0.0/0',
  '10.0.0.0/31',
  '10.0.0.2/31',
  '::ffff:10.0.0.5',
  '::ffff:10.0.0.0/125',
  '2001:DB8:0::9',
]

export const ENDPOINTS = [
  'a.ex.com',
  'b.ex.com',
  'https://a.ex.com:8443',
  'd.org',
  'x.ex.com',
  'e.ex.com',
  '10.0.0.1',
  '10.0.0.1/32',
  '10.0.0.0/30',
  '10.0.0.0/31',
  '10.0.0.2/31',
  '2001:db8::6',
  'db',
  'db.',
  'A.EX.com.',
  'http://b.ex.com',
  'bücher.org',
  '::ffff:10.0.0.5',
  '::ffff:10.0.0.0/126',
  '2001:db8::8/126',
]

export const PORTS = [22, 80, 443, 6379, 8080, 9100, 18765, '80-82', '6370-6390', 'ssh', '20-90']

export const SERVICES = ['ssh', 'http', 'https', 'tls', 'redis', 'grafana', 'cbt', 'http-alt', 'docker']

const pickPort = fc.constantFrom(...PORTS)

const allowance = fc.oneof(
  { weight: 2, arbitrary: pickPort as fc.Arbitrary<unknown> },
  fc.record(
    {
      port: pickPort,
      service: fc.constantFrom(...SERVICES),
      expires: fc.constantFrom('2026-01-31', '2026-06-15', '2027-01-31'),
      reason: fc.constant('because'),
      owner: fc.constant('me'),
    },
    { requiredKeys: ['port'] },
  ),
)

const few = <T>(one: fc.Arbitrary<T>, maxLength = 2) => fc.array(one, { maxLength })

export const EXCEPTIONS = [...KEYS, 'c.a.ex.com', '10.0.0.5', '10.0.0.4/31', '2001:db8::9', 'b*.ex.com']

const denial = fc.oneof(
  { weight: 2, arbitrary: pickPort as fc.Arbitrary<unknown> },
  fc.record({
    port: pickPort,
    except: fc.array(fc.constantFrom(...EXCEPTIONS), { minLength: 1, maxLength: 4 }),
  }),
)

const hosts: fc.Arbitrary<Hosts> = fc.dictionary(
  fc.constantFrom(...KEYS),
  fc.record({ allow: few(allowance), require: few(allowance, 1), deny: few(denial, 1) }),
  { maxKeys: 4, noNullPrototype: true },
)

const selection = fc.constantFrom<unknown>(
  [22, 80, 6379],
  [22, 80, 443, 6379, 8080, 18765],
  [80],
  '1-100',
  6379,
  'catalogue',
)

const settings = {
  ip: fc.constantFrom('auto', 'both', 4, 6),
  identify: fc.boolean(),
  'time-limit': fc.constantFrom('1ms', '3s', '5m', '10m'),
  'max-rate': fc.constantFrom(1, 10, 4000),
  canary: fc.constantFrom('up.org:443', 'down.org:443', 'up.org.:443', 'up.org:80'),
}

/** Most say little. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })

const scan = fc.record({
  ports: rarely(selection),
  ip: rarely(settings.ip),
  identify: rarely(settings.identify),
  'time-limit': rarely(settings['time-limit']),
  'max-rate': rarely(settings['max-rate']),
  canary: rarely(settings.canary),
})

const failOn = rarely(fc.constantFrom('critical', 'high', 'medium', 'low', 'info', 'never'))
const onDoubt = rarely(fc.constantFrom('fail', 'warn'))

const endpoint = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(...ENDPOINTS) as fc.Arbitrary<string | Record<string, unknown>> },
  fc.tuple(fc.constantFrom(...ENDPOINTS), scan).map(([host, scan]) => ({ host, ...scan })),
)

const environment: fc.Arbitrary<Environment> = fc.record({
  endpoints: fc.option(fc.array(endpoint, { minLength: 1, maxLength: 3 }), { nil: undefined, freq: 4 }),
  hosts: rarely(hosts),
  scan: rarely(scan),
  'fail-on': failOn,
  'on-doubt': onDoubt,
})

const riskyAllowances = fc.record(
  {
    from: fc.constantFrom('medium', 'high', 'critical'),
    need: fc.constantFrom(['reason'], ['owner'], ['reason', 'expires'], ['owner', 'reason']),
    'max-days': fc.constantFrom(30, 365),
  },
  { requiredKeys: ['from', 'need'] },
)

export const EXCLUSIONS = [
  '10.0.0.1',
  '10.0.0.5/32',
  '10.0.0.0/31',
  '10.0.0.4/30',
  '10.9.9.9',
  '2001:db8::9',
  '2001:db8::8/125',
  '::ffff:10.0.0.6',
]

export const IGNORED = [
  'unreachable-host',
  'unresolved-host',
  'incomplete-scan',
  'unidentified-service',
  'no-ipv6-here',
  'silent-run',
  'canary-not-open',
  'silent-host',
  'unused-allowance',
]

const ignored = fc
  .record({
    finding: fc.constantFrom(...IGNORED),
    hosts: fc.array(fc.constantFrom(...EXCEPTIONS), { minLength: 1, maxLength: 3 }),
    reason: fc.constant('because'),
    expires: fc.constantFrom('2026-01-31', '2026-06-15', '2027-01-31'),
  })
  .map(tidyIgnored)

/** Without hosts where it is about none. */
export function tidyIgnored<T extends { finding: string; hosts?: unknown }>({ hosts, ...one }: T) {
  return isOfHost(one.finding as FindingId) ? { ...one, hosts } : one
}

/** A policy that may hold what is said twice and undefined values: `tidy` makes it one that is valid. */
const untidy = fc.record({
  version: fc.constant(1 as const),
  scan: scan.map((scan) => ({ ...scan, ports: scan.ports ?? [22, 80, 6379] })),
  'fail-on': failOn,
  'on-doubt': onDoubt,
  hosts,
  environments: rarely(
    fc.dictionary(fc.constantFrom('production', 'staging', 'Preview'), environment, {
      minKeys: 1,
      maxKeys: 2,
      noNullPrototype: true,
    }),
  ),
  catalogue: rarely(
    fc.dictionary(
      fc.constantFrom('6379', '8080', '18765', '443', '9100'),
      fc.record(
        {
          why: fc.constant('because'),
          severity: fc.constantFrom('info', 'low', 'critical'),
          service: fc.constantFrom('redis', 'http', 'cbt', 'grafana', 'house-proxy', 'docker'),
        },
        { requiredKeys: ['why'] },
      ),
      { minKeys: 1, maxKeys: 2, noNullPrototype: true },
    ),
  ),
  'risky-allowances': rarely(riskyAllowances),
  exclude: rarely(fc.uniqueArray(fc.constantFrom(...EXCLUSIONS), { maxLength: 2 })),
  ignore: rarely(few(ignored)),
})

export const richPolicy: fc.Arbitrary<RichPolicy> = untidy.map((policy) => tidy(policy as RichPolicy))

/** Without what is undefined, without the same host twice, and with something to scan. */
export function tidy(policy: RichPolicy): RichPolicy {
  const copy = JSON.parse(JSON.stringify(policy)) as RichPolicy
  if (!copy.hosts?.['a.ex.com'] && !copy.environments)
    copy.hosts = { 'a.ex.com': { allow: [], require: [], deny: [] }, ...copy.hosts }
  const isExcluded = createKeyTest((copy.exclude ?? []).flatMap((text) => parseExclusion(text).value ?? []))
  for (const level of [copy, ...Object.values(copy.environments ?? {})]) {
    if (level.hosts)
      level.hosts = Object.fromEntries(
        dropSame(Object.entries(level.hosts), readKey).map((one) => tidyRule(one, isExcluded)),
      )
  }
  for (const environment of Object.values(copy.environments ?? {})) {
    if (environment.endpoints) environment.endpoints = dropSame(environment.endpoints, readEndpoint)
  }
  return copy
}

function dropSame<T>(items: T[], read: (item: T) => string): T[] {
  return [...new Map(items.toReversed().map((item) => [read(item), item])).values()].toReversed()
}

/** Without exceptions that are of no host of the key, and without requirements of what is excluded. */
function tidyRule(
  [key, rule]: [string, Hosts[string]],
  isExcluded: (key: string) => boolean,
): [string, Hosts[string]] {
  const outer = parseHostKey(key).value
  const deny = rule.deny.map((one) => {
    if (typeof one !== 'object') return one
    const { port, except } = one as { port: unknown; except: string[] }
    const kept = except.filter((text) => {
      const inner = parseHostKey(text).value
      return outer && inner && mayExcept(outer, inner)
    })
    const inner = kept.flatMap((text) => parseHostKey(text).value ?? [])
    return outer && kept.length > 0 && !exceptsAll(outer, inner) ? { port, except: kept } : port
  })
  return [key, { ...rule, deny, require: isExcluded(key) ? [] : rule.require }]
}

function readKey([key]: [string, unknown]): string {
  const { value } = parseHostKey(key)
  return value ? matcherText(value) : key
}

function readEndpoint(endpoint: string | Record<string, unknown>): string {
  const text = typeof endpoint === 'string' ? endpoint : String(endpoint.host)
  const { value } = parseEndpoint(text)
  return `${value?.host ?? text} ${value?.extraPort ?? ''}`
}
