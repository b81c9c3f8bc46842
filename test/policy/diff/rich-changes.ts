/** Changes such as people and attackers make to a policy. */
import {
  ENDPOINTS,
  EXCEPTIONS,
  EXCLUSIONS,
  type Hosts,
  IGNORED,
  KEYS,
  type Level,
  PORTS,
  type RichPolicy,
  SERVICES,
  tidy,
  tidyIgnored,
} from './rich-policies.ts'

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
  (policy, at) => {
    const port = choose(['6379', '8080', '18765', '9100'], at) ?? ''
    const service = choose(SERVICES, Math.floor(at / 4))
    policy.catalogue = { ...policy.catalogue, [port]: { ...policy.catalogue?.[port], service } }
  },
  // What allowances of risky ports carry, and have to.
  (policy, at) => {
    const risky = policy['risky-allowances']
    if (!risky) return
    const [key, value] = choose(
      [
        ['from', 'critical'],
        ['from', 'low'],
        ['need', ['owner']],
        ['need', ['owner', 'reason', 'expires']],
        ['max-days', 30],
        ['max-days', undefined],
      ] as const,
      at,
    ) ?? ['from', 'low']
    policy['risky-allowances'] = { ...risky, [key]: value }
  },
  ...(['service', 'expires', 'reason'] as const).flatMap((key): Change[] => [
    (policy, at) => {
      changeAllowance(policy, at, ({ [key]: _, ...rest }) => rest)
    },
    (policy, at) => {
      const value =
        key === 'service' ? choose(SERVICES, at) : key === 'expires' ? '2026-12-31' : 'for a reason'
      changeAllowance(policy, at, (one) => ({ ...one, [key]: value }))
    },
  ]),
  // What is said of one host is said of another key, or by halves.
  (policy, at) => {
    const level = choose(listLevels(policy), at)
    const key = choose(Object.keys(level?.hosts ?? {}), Math.floor(at / 3))
    const other = choose(KEYS, Math.floor(at / 11))
    if (level?.hosts && key && other && !level.hosts[other]) {
      level.hosts = Object.fromEntries(
        Object.entries(level.hosts).map(([one, rule]) => [one === key ? other : one, rule]),
      )
    }
  },
  (policy, at) => {
    const level = choose(listLevels(policy), at)
    const entries = Object.entries(level?.hosts ?? {})
    if (level)
      level.hosts = Object.fromEntries(
        entries.flatMap(([key, rule]): [string, Hosts[string]][] => {
          const halves = HALVES[key]
          return halves ? halves.map((half) => [half, rule] as const) : [[key, rule]]
        }),
      )
  },
  // An exception to a denial, or one less.
  (policy, at) => {
    const rule = choose(Object.values(choose(listLevels(policy), at)?.hosts ?? {}), Math.floor(at / 3))
    const [one] = rule?.deny ?? []
    const host = choose(EXCEPTIONS, Math.floor(at / 7))
    if (!rule || one === undefined || host === undefined) return
    const { port, except = [] } =
      typeof one === 'object' ? (one as { port: unknown; except?: string[] }) : { port: one }
    rule.deny[0] = { port, except: [...except, host] }
  },
  (policy, at) => {
    const rule = choose(Object.values(choose(listLevels(policy), at)?.hosts ?? {}), Math.floor(at / 3))
    const [one] = rule?.deny ?? []
    if (rule && typeof one === 'object') (one as { except: string[] }).except.pop()
  },
  // What is excluded or ignored, or no longer.
  (policy, at) => {
    policy.exclude = [...(policy.exclude ?? []), choose(EXCLUSIONS, at) ?? '10.0.0.1']
  },
  (policy) => {
    policy.exclude?.pop()
  },
  (policy) => {
    policy.exclude = policy.exclude?.flatMap((one) => HALVES[one] ?? [one])
  },
  (policy, at) => {
    const one = {
      finding: choose(IGNORED, at) ?? '',
      hosts: [choose(EXCEPTIONS, Math.floor(at / 9))],
      reason: 'for a reason',
      expires: choose(['2026-06-14', '2026-12-31'], Math.floor(at / 2)),
    }
    policy.ignore = [...(policy.ignore ?? []), tidyIgnored(one)]
  },
  (policy) => {
    policy.ignore?.pop()
  },
  // An environment scans whatever has a key, or no longer.
  (policy, at) => {
    const environment = choose(Object.values(policy.environments ?? {}), at)
    if (environment) delete environment.endpoints
  },
  (policy, at) => {
    const environment = choose(Object.values(policy.environments ?? {}), at)
    if (environment && !environment.endpoints) environment.endpoints = ['a.ex.com', 'b.ex.com', '10.0.0.1']
  },
]

/** The same hosts by other keys. */
const HALVES: Record<string, string[]> = {
  '10.0.0.0/29': ['10.0.0.0/30', '10.0.0.4/30'],
  '::ffff:10.0.0.0/125': ['10.0.0.0/29'],
  '10.0.0.4/30': ['10.0.0.4/31', '10.0.0.6/31'],
  '{a,b}.ex.com': ['b.ex.com', 'A.ex.com'],
  '**.ex.com': ['ex.com', '**.*.ex.com'],
  '2001:db8::8/125': ['2001:db8::8/126', '2001:db8::c/126'],
  '10.0.0.1': ['10.0.0.1/32'],
  '10.0.0.1/32': ['10.0.0.1'],
}

function changeAllowance(
  policy: RichPolicy,
  at: number,
  make: (allowance: Record<string, unknown>) => Record<string, unknown>,
): void {
  const rule = choose(Object.values(choose(listLevels(policy), at)?.hosts ?? {}), Math.floor(at / 3))
  const list = rule && (rule.allow.length > 0 ? rule.allow : rule.require)
  if (!list || list.length === 0) return
  const index = Math.floor(at / 7) % list.length
  const one = list[index]
  list[index] = make(typeof one === 'object' ? (one as Record<string, unknown>) : { port: one })
}

const SETTINGS: Record<string, unknown[]> = {
  ip: ['auto', 'both', 4, 6],
  identify: [true, false],
  'time-limit': ['1ms', '3s', '5m', '10m'],
  'max-rate': [1, 10, 4000],
  canary: ['up.org:443', 'down.org:443', 'up.org.:443'],
  ports: [[22, 80, 6379], [22, 80, 443, 6379, 8080, 18765], [80], '1-100', 6379, 'catalogue'],
}

/** The same endpoint in other words: halves of a block, a block of one, a name twice. */
function respell(one: string | Record<string, unknown>, at: number): (string | Record<string, unknown>)[] {
  const { host, ...scan } = typeof one === 'string' ? { host: one } : (one as { host: string })
  const like = (host: string) => (Object.keys(scan).length > 0 ? { host, ...scan } : host)
  if (host === '10.0.0.0/30') return ['10.0.0.0/31', '10.0.0.2/31'].map(like)
  if (host === '10.0.0.0/31') return ['10.0.0.0', '10.0.0.1'].map(like)
  if (host === '10.0.0.1') return [like('10.0.0.1/32')]
  if (host === '10.0.0.1/32') return [like('10.0.0.1')]
  if (host === '::ffff:10.0.0.5') return [like('10.0.0.5')]
  if (host === '::ffff:10.0.0.0/126') return [like('10.0.0.0/30')]
  if (host === '2001:db8::8/126') return ['2001:db8::8/127', '2001:DB8:0::a/127'].map(like)
  if (host === 'bücher.org') return [like('xn--bcher-kva.org')]
  if (host === 'db') return [like(at % 2 === 0 ? 'db.' : 'DB')]
  if (host === 'a.ex.com')
    return [
      like(host),
      at % 2 === 0 ? 'https://a.ex.com:8443' : { host: 'https://a.ex.com:8443', identify: false, ip: 4 },
    ]
  return [one]
}
