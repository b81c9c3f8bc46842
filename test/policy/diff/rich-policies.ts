/** Policies that use every key, as the objects that YAML gives, and changes such as people and attackers make. */
import fc from 'fast-check'

interface Hosts {
  [key: string]: { allow: unknown[]; require: unknown[]; deny: unknown[] }
}
interface Level {
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
}

const KEYS = [
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
]

const ENDPOINTS = [
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
]

const PORTS = [22, 80, 443, 6379, 8080, 18765, '80-82', 'ssh']

const pickPort = fc.constantFrom(...PORTS)

const allowance = fc.oneof(
  { weight: 2, arbitrary: pickPort as fc.Arbitrary<unknown> },
  fc.record(
    {
      port: pickPort,
      service: fc.constantFrom('ssh', 'http', 'https', 'tls', 'redis', 'grafana', 'cbt', 'http-alt'),
      expires: fc.constantFrom('2026-01-31', '2026-06-15', '2027-01-31'),
      reason: fc.constant('because'),
    },
    { requiredKeys: ['port'] },
  ),
)

const few = <T>(one: fc.Arbitrary<T>, maxLength = 2) => fc.array(one, { maxLength })

const hosts: fc.Arbitrary<Hosts> = fc.dictionary(
  fc.constantFrom(...KEYS),
  fc.record({ allow: few(allowance), require: few(allowance, 1), deny: few(pickPort, 1) }),
  { maxKeys: 4, noNullPrototype: true },
)

const selection = fc.constantFrom<unknown>(
  [22, 80, 6379],
  [22, 80, 443, 6379, 8080, 18765],
  [80],
  '1-100',
  6379,
)

const settings = {
  ip: fc.constantFrom('auto', 'both', 4, 6),
  identify: fc.boolean(),
  'time-limit': fc.constantFrom('1ms', '3s', '5m', '10m'),
  'max-rate': fc.constantFrom(1, 10, 4000),
  canary: fc.constantFrom('up.org:443', 'down.org:443'),
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
  endpoints: fc.array(endpoint, { minLength: 1, maxLength: 3 }),
  hosts: rarely(hosts),
  scan: rarely(scan),
  'fail-on': failOn,
  'on-doubt': onDoubt,
})

const riskyAllowances = fc.record({
  from: fc.constantFrom('medium', 'high', 'critical'),
  need: fc.constantFrom(['reason'], ['owner']),
})

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
      fc.constantFrom('6379', '8080', '18765'),
      fc.record(
        {
          severity: fc.constantFrom('info', 'low', 'critical'),
          service: fc.constantFrom('redis', 'http', 'cbt', 'grafana', 'house-proxy'),
        },
        { requiredKeys: ['severity'] },
      ),
      { minKeys: 1, maxKeys: 2, noNullPrototype: true },
    ),
  ),
  'risky-allowances': rarely(riskyAllowances),
})

export const richPolicy: fc.Arbitrary<RichPolicy> = untidy.map((policy) => tidy(policy as RichPolicy))

/** Without what is undefined, without the same endpoint twice, and with something to scan. */
function tidy(policy: RichPolicy): RichPolicy {
  const copy = JSON.parse(JSON.stringify(policy)) as RichPolicy
  if (!copy.hosts?.['a.ex.com'] && !copy.environments)
    copy.hosts = { ...copy.hosts, 'a.ex.com': { allow: [], require: [], deny: [] } }
  for (const level of [copy, ...Object.values(copy.environments ?? {})]) {
    const keys = level.hosts ?? {}
    if (keys['10.0.0.1'] && keys['10.0.0.1/32']) delete keys['10.0.0.1/32']
  }
  for (const environment of Object.values(copy.environments ?? {})) {
    const seen = new Set<string>()
    environment.endpoints = environment.endpoints?.filter((endpoint) => {
      const host = typeof endpoint === 'string' ? endpoint : String(endpoint.host)
      return !seen.has(host) && seen.add(host)
    })
  }
  return copy
}

/**
 * A policy with one change: a choice of those below, made by the number, which also chooses the place. Half of them mean
 * the same or tighten, so that there is something to let through.
 */
export function change(policy: RichPolicy, number: number): RichPolicy {
  const copy = structuredClone(policy)
  const make = CHANGES[number % CHANGES.length] as (typeof CHANGES)[number]
  make(copy, Math.floor(number / CHANGES.length))
  return tidy(copy)
}

type Change = (policy: RichPolicy, at: number) => void

function choose<T>(items: readonly T[], at: number): T | undefined {
  return items[at % Math.max(1, items.length)]
}

function listLevels(policy: RichPolicy): Level[] {
  return [policy, ...Object.values(policy.environments ?? {})]
}

const CHANGES: Change[] = [
  // Another setting somewhere, or one less.
  ...(['ip', 'identify', 'time-limit', 'max-rate', 'canary', 'ports'] as const).flatMap((key): Change[] => [
    (policy, at) => {
      const level = choose(listLevels(policy), at)
      if (level) level.scan = { ...level.scan, [key]: choose(SETTINGS[key] ?? [], Math.floor(at / 7)) }
    },
    (policy, at) => {
      const level = choose(listLevels(policy), at)
      if (level?.scan && (key !== 'ports' || level !== policy)) delete level.scan[key]
    },
    (policy, at) => {
      const endpoints = choose(Object.values(policy.environments ?? {}), at)?.endpoints ?? []
      const index = Math.floor(at / 3) % Math.max(1, endpoints.length)
      const one = endpoints[index]
      if (one === undefined) return
      const settled = typeof one === 'string' ? { host: one } : one
      endpoints[index] = { ...settled, [key]: choose(SETTINGS[key] ?? [], Math.floor(at / 7)) }
    },
  ]),
  ...(['fail-on', 'on-doubt'] as const).map(
    (key): Change =>
      (policy, at) => {
        const level = choose(listLevels(policy), at)
        const value = choose(
          key === 'fail-on' ? ['high', 'low', 'info', 'never'] : ['warn', 'fail'],
          Math.floor(at / 5),
        )
        if (level && value) level[key] = value
      },
  ),
  // An entry more or less.
  ...(['allow', 'require', 'deny'] as const).flatMap((list): Change[] => [
    (policy, at) => {
      const hosts = choose(listLevels(policy), at)?.hosts
      const rule = hosts && choose(Object.values(hosts), Math.floor(at / 3))
      rule?.[list].pop()
    },
    (policy, at) => {
      const hosts = choose(listLevels(policy), at)?.hosts
      const rule = hosts && choose(Object.values(hosts), Math.floor(at / 3))
      rule?.[list].push(choose(PORTS, Math.floor(at / 11)))
    },
  ]),
  // A rule for another key, or none.
  (policy, at) => {
    const hosts = choose(listLevels(policy), at)?.hosts
    const key = hosts && choose(Object.keys(hosts), Math.floor(at / 3))
    if (hosts && key && !(key === 'a.ex.com' && hosts === policy.hosts)) delete hosts[key]
  },
  (policy, at) => {
    const level = choose(listLevels(policy), at)
    const key = choose(KEYS, Math.floor(at / 3))
    const deny = choose(PORTS, Math.floor(at / 29))
    if (level && key)
      level.hosts = { ...level.hosts, [key]: level.hosts?.[key] ?? { allow: [], require: [], deny: [deny] } }
  },
  // A rule that moves into the environments, or out of one.
  (policy) => {
    for (const environment of Object.values(policy.environments ?? {}))
      environment.hosts = { ...policy.hosts, ...environment.hosts }
    if (policy.environments) policy.hosts = {}
  },
  (policy, at) => {
    const environment = choose(Object.values(policy.environments ?? {}), at)
    policy.hosts = { ...environment?.hosts, ...policy.hosts }
  },
  // Endpoints: one more, one less, the same written otherwise.
  (policy, at) => {
    const environment = choose(Object.values(policy.environments ?? {}), at)
    environment?.endpoints?.push(choose(ENDPOINTS, Math.floor(at / 3)) ?? 'd.org')
  },
  (policy, at) => {
    const endpoints = choose(Object.values(policy.environments ?? {}), at)?.endpoints ?? []
    if (endpoints.length > 1) endpoints.pop()
  },
  (policy, at) => {
    const environment = choose(Object.values(policy.environments ?? {}), at)
    if (!environment?.endpoints) return
    environment.endpoints = environment.endpoints.flatMap((one) => respell(one, Math.floor(at / 3)))
  },
  // Environments: a new one, another name, none, the first ones.
  (policy, at) => {
    const [one] = Object.values(policy.environments ?? {})
    const fresh = one ? structuredClone(one) : { endpoints: ['a.ex.com', 'd.org'] }
    const name = choose(['production', 'staging', 'new'], at) ?? ''
    const names = Object.keys(policy.environments ?? {}).map((name) => name.toLowerCase())
    if (!names.includes(name)) policy.environments = { ...policy.environments, [name]: fresh }
  },
  (policy) => {
    const entries = Object.entries(policy.environments ?? {})
    if (entries.length > 0)
      policy.environments = Object.fromEntries(
        entries.map(([name, one], index) => [index === 0 ? name.toUpperCase() : name, one]),
      )
  },
  (policy) => {
    delete policy.environments
  },
  // The catalogue.
  (policy, at) => {
    const port = choose(['6379', '8080', '18765', '22'], at) ?? ''
    const severity = choose(['info', 'low', 'high', 'critical'], Math.floor(at / 4))
    policy.catalogue = { ...policy.catalogue, [port]: { severity } }
  },
  (policy) => {
    delete policy.catalogue
  },
]

const SETTINGS: Record<string, unknown[]> = {
  ip: ['auto', 'both', 4, 6],
  identify: [true, false],
  'time-limit': ['1ms', '3s', '5m', '10m'],
  'max-rate': [1, 10, 4000],
  canary: ['up.org:443', 'down.org:443'],
  ports: [[22, 80, 6379], [22, 80, 443, 6379, 8080, 18765], [80], '1-100', 6379],
}

/** The same endpoint in other words: halves of a block, a block of one, a name twice. */
function respell(one: string | Record<string, unknown>, at: number): (string | Record<string, unknown>)[] {
  const { host, ...scan } = typeof one === 'string' ? { host: one } : (one as { host: string })
  const like = (host: string) => (Object.keys(scan).length > 0 ? { host, ...scan } : host)
  if (host === '10.0.0.0/30') return ['10.0.0.0/31', '10.0.0.2/31'].map(like)
  if (host === '10.0.0.0/31') return ['10.0.0.0', '10.0.0.1'].map(like)
  if (host === '10.0.0.1') return [like('10.0.0.1/32')]
  if (host === '10.0.0.1/32') return [like('10.0.0.1')]
  if (host === 'a.ex.com')
    return [
      like(host),
      at % 2 === 0 ? 'https://a.ex.com:8443' : { host: 'https://a.ex.com:8443', identify: false, ip: 4 },
    ]
  return [one]
}
