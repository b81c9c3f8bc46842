import { type Catalogue, cataloguePorts, commonPorts } from '../catalogue/catalogue.ts'
import type {
  Endpoint,
  Environment,
  FailOn,
  HostRule,
  OnDoubt,
  Place,
  PlannedEndpoint,
  Policy,
  PortRange,
  PortSelection,
  ScanPlan,
  ScanSettings,
} from '../model.ts'
import { formatNumber } from '../numbers.ts'
import { expandCidr } from './addresses.ts'
import { concreteEndpoints } from './endpoints.ts'
import { matchesHost } from './hosts.ts'
import { didYouMean } from './nearest.ts'
import { mergeRanges, toRanges } from './ports.ts'
import { fail, type Parsed, quote } from './problem.ts'

/** What holds where neither the policy nor the request says otherwise. */
const DEFAULTS: ScanSettings = { ports: 'common', ip: 'auto', identify: true, timeLimitMs: 600_000 }
const DEFAULT_FAIL_ON: FailOn = 'low'
const DEFAULT_ON_DOUBT: OnDoubt = 'fail'

/** A block as large as a /16: what one run can scan in hours and hold in memory. */
const MOST_ADDRESSES = 65_536

/** Address and port pairs of one run: a byte each while it lasts, and hours of probing. */
const MOST_PAIRS = 20_000_000

/** What a run is asked for beside the policy; each takes the place of what the policy says. */
export interface PlanRequest {
  /** One environment of the policy; undefined: all. */
  environment?: string
  /** Endpoints in place of the policy's; empty: the policy's. */
  endpoints: Endpoint[]
  scan: Partial<Pick<ScanSettings, 'ports' | 'ip'>>
  failOn?: FailOn
  onDoubt?: OnDoubt
  seed: number
}

/** A set of endpoints with the rules and settings that hold for it: an environment, or the policy without any. */
export interface Scope {
  environment?: Environment
  endpoints: Endpoint[]
  rules: HostRule[]
}

/** A plan, or why there is none and where the policy says so. */
export type Planned = Parsed<ScanPlan> & { place?: Place }

/** Everything that is to be scanned, with the settings of each endpoint worked out. */
export function makePlan(policy: Policy, request: PlanRequest, catalogue: Catalogue): Planned {
  const scopes = chooseScopes(policy, request)
  if (scopes.problem) return scopes
  const portsOf = createPortLists(catalogue)
  const endpoints: PlannedEndpoint[] = []
  for (const scope of scopes.value) {
    for (const endpoint of scope.endpoints) {
      const planned = planEndpoint(policy, request, scope, endpoint, portsOf)
      if (planned.problem) return { ...planned, place: endpoint.place }
      endpoints.push(planned.value)
    }
  }
  const pairs = endpoints.reduce(
    (sum, { addresses, ports }) => sum + (addresses?.length ?? 1) * ports.length,
    0,
  )
  if (pairs > MOST_PAIRS) return tooMuch(pairs)
  return { value: { endpoints, seed: request.seed } }
}

function tooMuch(pairs: number) {
  return fail(
    'too-many-addresses',
    `this would probe ${formatNumber(pairs)} ports in all, more than the ${formatNumber(MOST_PAIRS)} of one run`,
    'scan fewer ports (`ports: common`), smaller blocks, or one environment at a time',
  )
}

function chooseScopes(policy: Policy, request: PlanRequest): Parsed<Scope[]> {
  const { environments } = policy
  const chosen = environments.filter(({ name }) => name === request.environment)
  if (request.environment !== undefined && chosen.length === 0) return unknownEnvironment(policy, request)
  if (request.environment === undefined) {
    // Endpoints from outside belong to no environment unless one is named.
    if (request.endpoints.length === 0) return { value: listScopes(policy) }
    return { value: [{ endpoints: request.endpoints, rules: policy.hosts }] }
  }
  const scopes = chosen.map((environment) => {
    const scope = scopeOf(policy, environment)
    return request.endpoints.length > 0 ? { ...scope, endpoints: request.endpoints } : scope
  })
  return { value: scopes }
}

/** What a run judges that names neither an environment nor endpoints. */
export function listScopes(policy: Policy): Scope[] {
  const { environments, hosts } = policy
  if (environments.length === 0) return [{ endpoints: concreteEndpoints(hosts), rules: hosts }]
  return environments.map((environment) => scopeOf(policy, environment))
}

function scopeOf({ hosts }: Policy, environment: Environment): Scope {
  const rules = [...hosts, ...environment.hosts]
  return { environment, endpoints: environment.endpoints ?? concreteEndpoints(rules), rules }
}

/**
 * The policy's own name of an environment that is deployed to: GitHub takes `Production` and `production` for the same.
 */
export function findEnvironment({ environments }: Policy, deploysTo: string | undefined): string | undefined {
  const names = environments.map(({ name }) => name)
  if (deploysTo === undefined || names.includes(deploysTo)) return deploysTo
  return names.find((name) => name.toLowerCase() === deploysTo.toLowerCase())
}

function unknownEnvironment({ file, environments }: Policy, { environment = '' }: PlanRequest) {
  const names = environments.map(({ name }) => name)
  const all = names.length > 0 ? `it has ${names.map(quote).join(', ')}` : 'it has no environments'
  return fail(
    'bad-environment',
    `${file} has no environment ${quote(environment)}`,
    didYouMean(environment, names, all),
  )
}

function planEndpoint(
  policy: Policy,
  request: PlanRequest,
  { environment, rules }: Scope,
  endpoint: Endpoint,
  portsOf: (selection: PortSelection, more: PortRange[]) => number[],
): Parsed<PlannedEndpoint> {
  const settled = settle(policy, environment, endpoint)
  const scan = { ...settled.scan, ...request.scan }
  const relevant = rules.filter((rule) => mayHold(rule, endpoint))
  const addresses = listAddresses(endpoint)
  if (addresses?.problem) return addresses
  const planned: PlannedEndpoint = {
    endpoint,
    scan,
    failOn: request.failOn ?? settled.failOn,
    onDoubt: request.onDoubt ?? settled.onDoubt,
    rules: relevant,
    ports: portsOf(scan.ports, [...listUrlPort(endpoint), ...relevant.flatMap(listBindingPorts)]),
  }
  if (environment) planned.environment = environment.name
  if (addresses) planned.addresses = addresses.value
  return { value: planned }
}

/** How an endpoint is scanned and judged. */
export type Settled = Pick<PlannedEndpoint, 'scan' | 'failOn' | 'onDoubt'>

/** What the policy says of how an endpoint is scanned and judged: the nearest level that says something decides. */
export function settle(policy: Policy, environment?: Environment, endpoint?: Endpoint): Settled {
  return {
    scan: { ...DEFAULTS, ...policy.scan, ...environment?.scan, ...endpoint?.scan },
    failOn: environment?.failOn ?? policy.failOn ?? DEFAULT_FAIL_ON,
    onDoubt: environment?.onDoubt ?? policy.onDoubt ?? DEFAULT_ON_DOUBT,
  }
}

/** Rules for addresses may hold for any name until it is resolved, and for any address of a block. */
export function mayHold({ matcher }: HostRule, { kind, host }: Endpoint): boolean {
  if (matcher.kind === 'name' || matcher.kind === 'pattern')
    return kind === 'name' && matchesHost(matcher, { name: host })
  return kind !== 'address' || matchesHost(matcher, { address: host })
}

function listAddresses({ kind, host }: Endpoint): Parsed<string[]> | undefined {
  if (kind === 'name') return undefined
  return kind === 'address' ? { value: [host] } : expandCidr(host, MOST_ADDRESSES)
}

export function listUrlPort({ extraPort }: Endpoint): PortRange[] {
  return extraPort === undefined ? [] : [{ from: extraPort, to: extraPort }]
}

/** What must be open or must never be is looked at, whatever else is scanned. */
export function listBindingPorts({ allow, deny }: HostRule): PortRange[] {
  return [...allow.filter(({ required }) => required), ...deny].flatMap(({ ports }) => ports)
}

/** Ports of selections, ascending. Equal selections give the same array, so that a block of hosts shares one. */
function createPortLists(catalogue: Catalogue): (selection: PortSelection, more: PortRange[]) => number[] {
  const lists = new Map<string, number[]>()
  return (selection, more) => {
    const key = JSON.stringify([selection, more])
    const known = lists.get(key)
    if (known) return known
    const list = listPorts(mergeRanges([...selectedRanges(selection, catalogue), ...more]))
    lists.set(key, list)
    return list
  }
}

/** The ports of a selection, in the order in which it names them. */
export function selectedRanges(selection: PortSelection, catalogue: Catalogue): PortRange[] {
  if (selection === 'common') return toRanges(commonPorts(catalogue))
  if (selection === 'catalogue') return toRanges(cataloguePorts(catalogue))
  return selection === 'all' ? [{ from: 1, to: 65_535 }] : selection
}

function listPorts(ranges: PortRange[]): number[] {
  const ports: number[] = []
  for (const { from, to } of ranges) for (let port = from; port <= to; port++) ports.push(port)
  return ports
}
