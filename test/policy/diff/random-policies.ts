/** Policies at random, as the objects that YAML gives, and other ways to write the same. */
import fc from 'fast-check'

type Port = string | number
type Allowance = Port | { port: Port; service?: string; expires?: string; reason?: string }
interface HostEntry {
  allow: Allowance[]
  require: Allowance[]
  deny: Port[]
}
type Hosts = Record<string, HostEntry>
interface RandomEnvironment {
  endpoints?: (string | { host: string; ports: Port[] | string })[]
  hosts: Hosts
  scan?: { ports: Port[] | string }
}
export interface RandomPolicy {
  version: 1
  scan: { ports: Port[] | string }
  hosts: Hosts
  environments?: Record<string, RandomEnvironment>
}

const KEYS = [
  'a.ex.com',
  'b.ex.com',
  'c.a.ex.com',
  '*.ex.com',
  '**.ex.com',
  '**',
  '*.*.com',
  'a*.ex.com',
  '{a,b}.ex.com',
  '{b,*.a}.ex.com',
  '10.0.0.1',
  '10.0.0.6',
  '10.0.0.0/29',
  '10.0.0.4/30',
  '10.0.0.0/8',
]

const ENDPOINTS = [
  'a.ex.com',
  'b.ex.com',
  'https://d.org:8443',
  'd.org',
  '10.0.0.1',
  '10.0.0.0/30',
  '10.0.0.0/29',
]

const port = fc.constantFrom<Port[]>(22, 23, 80, '80-82', '79-81', 443, '8000-8010', 'ssh')

const allowance = fc.oneof(
  { weight: 3, arbitrary: port as fc.Arbitrary<Allowance> },
  fc.record(
    {
      port,
      service: fc.constantFrom('ssh', 'http'),
      expires: fc.constantFrom('2027-01-01', '2028-01-01'),
    },
    { requiredKeys: ['port'] },
  ),
)

const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 2 })

const entry: fc.Arbitrary<HostEntry> = fc.record({
  allow: few(allowance),
  require: fc.oneof({ weight: 3, arbitrary: fc.constant<Allowance[]>([]) }, few(allowance)),
  deny: fc.oneof({ weight: 3, arbitrary: fc.constant<Port[]>([]) }, few(port)),
})

const hosts: fc.Arbitrary<Hosts> = fc.dictionary(fc.constantFrom(...KEYS), entry, {
  maxKeys: 4,
  noNullPrototype: true,
})

const selection = fc.constantFrom<(Port[] | string)[]>('common', 'all', [22, 80], ['79-90'], ['1-1024'])

const environment: fc.Arbitrary<RandomEnvironment> = fc.record(
  {
    endpoints: fc
      .uniqueArray(fc.constantFrom(...ENDPOINTS), { minLength: 1, maxLength: 3 })
      .chain((texts) =>
        fc.tuple(
          ...texts.map((host) =>
            fc.oneof(
              { weight: 3, arbitrary: fc.constant(host) },
              fc.record({ host: fc.constant(host), ports: selection }),
            ),
          ),
        ),
      ) as fc.Arbitrary<RandomEnvironment['endpoints'] & object>,
    hosts,
    scan: fc.record({ ports: selection }),
  },
  { requiredKeys: ['hosts'] },
)

export const randomPolicy: fc.Arbitrary<RandomPolicy> = fc.record(
  {
    version: fc.constant<1>(1),
    scan: fc.record({ ports: selection }),
    hosts,
    environments: fc.dictionary(fc.constantFrom('production', 'staging'), environment, {
      minKeys: 1,
      maxKeys: 2,
      noNullPrototype: true,
    }),
  },
  { requiredKeys: ['version', 'scan', 'hosts'] },
)

/** Two policies that have much in common: one is the other with a part of another in place of a part of its own. */
export const randomPair: fc.Arbitrary<[RandomPolicy, RandomPolicy]> = fc
  .tuple(
    randomPolicy,
    randomPolicy,
    fc.constantFrom('hosts', 'environments', 'scan', 'key', 'all'),
    fc.boolean(),
  )
  .map(([one, other, part, swap]) => {
    const mixed = mix(one, other, part)
    return swap ? [mixed, one] : [one, mixed]
  })

function mix(one: RandomPolicy, other: RandomPolicy, part: string): RandomPolicy {
  switch (part) {
    case 'hosts':
      return { ...one, hosts: other.hosts }
    case 'environments': {
      const { environments: _, ...rest } = one
      return { ...rest, ...(other.environments && { environments: other.environments }) }
    }
    case 'scan':
      return { ...one, scan: other.scan }
    case 'key': {
      const [key, value] = Object.entries(other.hosts)[0] ?? ['**', { allow: [], require: [], deny: [] }]
      return { ...one, hosts: { ...one.hosts, [key]: value } }
    }
    default:
      return other
  }
}

/** The same policy, written otherwise: in another order, with other spellings, repetitions and remarks. */
export function rewrite(policy: RandomPolicy, random: () => number): object {
  const shuffle = <T>(items: T[]): T[] =>
    items
      .map((item) => ({ item, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item)
  const shuffleKeys = <T>(object: Record<string, T>): Record<string, T> =>
    Object.fromEntries(shuffle(Object.entries(object)))
  const respell = (text: string) => (random() < 0.5 || /^[\d.]+/.test(text) ? text : text.toUpperCase())
  const rewritePort = (port: Port): Port[] => {
    if (port === 22 || port === 'ssh') return random() < 0.5 ? ['ssh'] : [22]
    const [from, to] = String(port).split('-').map(Number) as [number, number?]
    if (to === undefined || random() < 0.5) return [port]
    return random() < 0.5
      ? [`${from}-${to - 1}`, to]
      : Array.from({ length: to - from + 1 }, (_, index) => from + index)
  }
  const rewriteAllowance = (one: Allowance): Allowance[] => {
    const { port, ...rest } = typeof one === 'object' ? one : { port: one }
    return rewritePort(port).map((port) => shuffleKeys({ port, ...rest, reason: 'other words' }) as Allowance)
  }
  const rewriteList = <T, U>(list: T[], rewriteOne: (one: T) => U[]): U[] => {
    const again = list.filter(() => random() < 0.3)
    return shuffle([...list, ...again].flatMap(rewriteOne))
  }
  const rewriteHosts = (hosts: Hosts) =>
    shuffleKeys(
      Object.fromEntries(
        Object.entries(hosts).map(([key, { allow, require, deny }]) => [
          respell(key),
          shuffleKeys<unknown>({
            allow: rewriteList(allow, rewriteAllowance),
            require: rewriteList(require, rewriteAllowance),
            deny: rewriteList(deny, rewritePort),
          }),
        ]),
      ),
    )
  const rewriteSelection = (ports: Port[] | string) =>
    Array.isArray(ports) ? rewriteList(ports, rewritePort) : ports
  const { environments, scan, hosts, version } = policy
  return shuffleKeys<unknown>({
    version,
    scan: { ports: rewriteSelection(scan.ports) },
    hosts: rewriteHosts(hosts),
    ...(environments && {
      environments: shuffleKeys(
        Object.fromEntries(
          Object.entries(environments).map(([name, { endpoints, hosts, scan }]) => [
            name,
            shuffleKeys<unknown>({
              hosts: rewriteHosts(hosts),
              ...(scan && { scan: { ports: rewriteSelection(scan.ports) } }),
              ...(endpoints && { endpoints: shuffle(endpoints) }),
            }),
          ]),
        ),
      ),
    }),
  })
}
