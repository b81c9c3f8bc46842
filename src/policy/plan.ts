import type { Catalogue } from '../catalogue/catalogue.ts'
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
  ScanPlan,
  ScanSettings,
} from '../model.ts'
import { formatNumber } from '../numbers.ts'
import { countAddresses, expandCidr } from './addresses.ts'
import { DEFAULT_FAIL_ON, DEFAULT_ON_DOUBT, DEFAULT_SCAN } from './defaults.ts'
import { listScopes, type Scope } from './environments.ts'
import { bindTo } from './excepted.ts'
import { matchesHost } from './hosts.ts'
import type { Meter } from './label-match.ts'
import { didYouMean } from './nearest.ts'
import { createPortLists } from './port-plan.ts'
import { fail, type Parsed, quote } from './problem.ts'
import { findByAddress, findByName, indexRules, listAddressRules, type RuleIndex } from './rule-index.ts'

export { listBindingPorts, selectedRanges } from './port-plan.ts'

/**
 * As many addresses as a /16: what one run can scan in hours. The limit holds for all endpoints together; a name counts as
 * one address until it is resolved. A run takes some 6 KB for each.
 */
const MOST_ADDRESSES = 65_536

/** Address and port pairs of one run, or of one shard: a byte each while it lasts, and hours of probing. */
export const MOST_PAIRS = 25_000_000

/**
 * Most steps in finding the rules of every endpoint and joining their ports. Patterns that end in different labels, and
 * rules that many endpoints share, take next to none.
 */
const MOST_STEPS = 100_000_000

/** Steps for each rule that holds for an endpoint: it is sorted in, and held. */
const STEPS_A_RULE = 20

/** Environments that a hint names. */
const MOST_NAMED = 20

/** What a run is asked for in addition to the policy; each overrides what the policy says. */
export interface PlanRequest {
  /** One environment of the policy; undefined: all. */
  environment?: string
  /** Endpoints in place of the policy's; empty: the policy's. */
  endpoints: Endpoint[]
  scan: Partial<Pick<ScanSettings, 'ports' | 'ip' | 'maxRate' | 'timeLimitMs' | 'identify'>>
  failOn?: FailOn
  onDoubt?: OnDoubt
  seed: number
  /** How many runs share the work; one where it is absent. */
  shards?: number
}

/** A scope, with its rules indexed. */
interface PlannedScope extends Omit<Scope, 'levels'> {
  rules: RuleSet[]
}

/** The rules of one level of the policy. */
interface RuleSet {
  index: RuleIndex<HostRule>
  /** Those for addresses and blocks, which may hold for any name until it is resolved. */
  forAddresses: HostRule[]
}

/** What the endpoints of a plan have come to so far. */
interface Account extends Meter {
  /** The most that they may come to. */
  mostPairs: number
  pairs: number
  addresses: number
}

/** A plan, or why there is none and where the policy says so. */
export type Planned = Parsed<ScanPlan> & { place?: Place }

/** Everything that is to be scanned, with the settings of each endpoint worked out. */
export function makePlan(policy: Policy, request: PlanRequest, catalogue: Catalogue): Planned {
  const scopes = chooseScopes(policy, request)
  if (scopes.problem) return scopes
  const { shards = 1 } = request
  const account: Account = { mostPairs: shards * MOST_PAIRS, pairs: 0, addresses: 0, steps: 0 }
  const portsOf = createPortLists(catalogue, account)
  const endpoints: PlannedEndpoint[] = []
  for (const scope of scopes.value) {
    for (const endpoint of scope.endpoints) {
      const planned = planEndpoint(policy, request, scope, endpoint, portsOf, account)
      if (planned.problem) return { ...planned, place: endpoint.place }
      endpoints.push(planned.value)
    }
  }
  return { value: { endpoints, seed: request.seed } }
}

function chooseScopes(policy: Policy, request: PlanRequest): Parsed<PlannedScope[]> {
  const { environments } = policy
  const chosen = environments.filter(({ name }) => name === request.environment)
  if (request.environment !== undefined && chosen.length === 0) return unknownEnvironment(policy, request)
  const scopes: PlannedScope[] = []
  const ruleSetOf = memoizeRuleSets()
  const add = ({ environment, endpoints, levels }: Scope) =>
    scopes.push({ ...(environment ? { environment } : {}), endpoints, rules: levels.map(ruleSetOf) })
  // Endpoints from outside belong to no environment unless one is named.
  if (request.environment === undefined && request.endpoints.length > 0) {
    add({ endpoints: request.endpoints, levels: [policy.hosts] })
    return { value: scopes }
  }
  let endpoints = 0
  for (const scope of listScopes(policy, request.environment === undefined ? environments : chosen)) {
    const asked = request.endpoints.length > 0 ? request.endpoints : scope.endpoints
    endpoints += asked.length
    if (scope.environment && endpoints > MOST_ADDRESSES) return tooManyEndpoints(scope.environment)
    add({ ...scope, endpoints: asked })
  }
  return { value: scopes }
}

/** The rules of one level, indexed once for all that share it. */
function memoizeRuleSets(): (rules: HostRule[]) => RuleSet {
  const known = new Map<HostRule[], RuleSet>()
  return (rules) => {
    const ruleSet = known.get(rules) ?? createRuleSet(rules)
    known.set(rules, ruleSet)
    return ruleSet
  }
}

function createRuleSet(rules: HostRule[]): RuleSet {
  return { index: indexRules(rules), forAddresses: listAddressRules(rules) }
}

function tooManyEndpoints({ name }: Environment) {
  return fail(
    'too-many-addresses',
    `with the environment ${quote(name)} there are more than ${formatNumber(MOST_ADDRESSES)} endpoints in all`,
    'list `endpoints` in the environments: one without them scans every host of the top level; or check one environment at a time',
  )
}

function tooMuch({ text }: Endpoint, { shards }: PlanRequest) {
  const each = `${formatNumber(MOST_PAIRS)} ports`
  const what =
    shards === undefined
      ? `the run would probe more than ${each} in all`
      : `each of ${formatNumber(shards)} shards would probe more than ${each}`
  return fail(
    'too-many-addresses',
    `with ${quote(text)} ${what}`,
    shards === undefined
      ? 'scan fewer ports (`ports: common`), smaller blocks, or one environment at a time; or split the run into shards (`portgate plan`)'
      : 'use more shards, scan fewer ports (`ports: common`) or smaller blocks',
  )
}

function tooManyAddresses({ text }: Endpoint) {
  return fail(
    'too-many-addresses',
    `with ${quote(text)} the run would scan more than ${formatNumber(MOST_ADDRESSES)} addresses`,
    'name smaller blocks, or check one environment at a time',
  )
}

function tooManyTests() {
  return fail(
    'too-many-patterns',
    `there are too many patterns or blocks for so many hosts: finding those that apply takes more than ${formatNumber(MOST_STEPS)} steps`,
    'end patterns in different labels, as "*.a.example.com" does, use fewer, or check one environment at a time',
  )
}

function tooManyRanges() {
  return fail(
    'too-many-values',
    `there are too many ports for so many hosts: collecting the ports to probe on each takes more than ${formatNumber(MOST_STEPS)} steps`,
    'let hosts share the rules that require or deny ports, scan fewer ports, or check one environment at a time',
  )
}

function unknownEnvironment({ file, environments }: Policy, { environment = '' }: PlanRequest) {
  const names = environments.map(({ name }) => name)
  const more = names.length > MOST_NAMED ? ` and ${formatNumber(names.length - MOST_NAMED)} more` : ''
  const listed = names.slice(0, MOST_NAMED).map(quote).join(', ')
  const all = names.length > 0 ? `it has ${listed}${more}` : 'it has no environments'
  return fail(
    'bad-environment',
    `${file} has no environment ${quote(environment)}`,
    didYouMean(environment, names, all),
  )
}

function planEndpoint(
  policy: Policy,
  request: PlanRequest,
  { environment, rules }: PlannedScope,
  endpoint: Endpoint,
  portsOf: ReturnType<typeof createPortLists>,
  account: Account,
): Parsed<PlannedEndpoint> {
  const { kind, host, extraPort } = endpoint
  const settled = settle(policy, environment, endpoint)
  const scan = { ...settled.scan, ...request.scan }
  const own = rules.flatMap(({ index }) => findRules(index, endpoint, account))
  account.steps += own.length * STEPS_A_RULE
  if (account.steps > MOST_STEPS) return tooManyTests()
  const forAddresses = kind === 'address' ? [] : rules.map((set) => set.forAddresses).filter(isNotEmpty)
  const binding = own.map((rule) => bindTo(rule, endpoint))
  const ports = portsOf(scan.ports, extraPort, binding, forAddresses)
  if (account.steps > MOST_STEPS) return tooManyRanges()
  const count = kind === 'cidr' ? countAddresses(host) : 1
  if (count <= MOST_ADDRESSES) {
    account.pairs += count * ports.count
    account.addresses += count
    if (account.pairs > account.mostPairs) return tooMuch(endpoint, request)
    if (account.addresses > MOST_ADDRESSES) return tooManyAddresses(endpoint)
  }
  const addresses = listAddresses(endpoint)
  if (addresses?.problem) return addresses
  const listed = ports.list()
  if (account.steps > MOST_STEPS) return tooManyRanges()
  const planned: PlannedEndpoint = {
    endpoint,
    scan,
    failOn: request.failOn ?? settled.failOn,
    onDoubt: request.onDoubt ?? settled.onDoubt,
    rules: own,
    ports: listed,
  }
  if (forAddresses.length > 0) planned.addressRules = forAddresses
  if (environment) planned.environment = environment.name
  if (addresses) planned.addresses = addresses.value
  return { value: planned }
}

/** How an endpoint is scanned and judged. */
export type Settled = Pick<PlannedEndpoint, 'scan' | 'failOn' | 'onDoubt'>

function isNotEmpty({ length }: readonly unknown[]): boolean {
  return length > 0
}

function findRules(index: RuleIndex<HostRule>, { kind, host }: Endpoint, meter: Meter): HostRule[] {
  if (kind === 'cidr') return []
  return kind === 'name' ? findByName(index, host, meter) : findByAddress(index, host)
}

/** How the policy has an endpoint scanned and judged: for each setting, the nearest level that has it decides. */
export function settle(policy: Policy, environment?: Environment, endpoint?: Endpoint): Settled {
  return {
    scan: { ...DEFAULT_SCAN, ...policy.scan, ...environment?.scan, ...endpoint?.scan },
    failOn: environment?.failOn ?? policy.failOn ?? DEFAULT_FAIL_ON,
    onDoubt: environment?.onDoubt ?? policy.onDoubt ?? DEFAULT_ON_DOUBT,
  }
}

/** Rules for addresses may hold for any name until it is resolved, and for any address of a block. */
export function mayHold({ matcher }: Pick<HostRule, 'matcher'>, { kind, host }: Endpoint): boolean {
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
