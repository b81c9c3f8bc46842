import type { Catalogue } from '../catalogue/catalogue.ts'
import type {
  Allowance,
  HostRule,
  PlannedEndpoint,
  Policy,
  PortRange,
  ScanPlan,
  ScanResult,
} from '../model.ts'
import { intersectRanges, mergeRanges, subtractRanges, toRanges } from '../port-ranges.ts'
import { buildCases, type HostCase, nameOf, wasSeen } from './host.ts'
import { hasExpired } from './rules.ts'
import { listAllowances, type Written } from './written.ts'

/** What allowances are compared with. */
interface Sighted {
  policy: Policy
  plan: ScanPlan
  scan: Pick<ScanResult, 'hosts' | 'unseen' | 'excluded'>
  catalogue: Catalogue
  now: Date
}

/** The unused allowances of a policy, if everything that they cover was seen. */
export function findUnused({ policy, plan: { endpoints }, scan, catalogue, now }: Sighted): Allowance[] {
  const cases = buildCases(endpoints, scan, catalogue, now)
  const unused = listUnused(listAllowances(policy, endpoints), cases, listUnseen(endpoints, scan), now)
  return unused.map(({ allowance }) => allowance)
}

/** Endpoints of which not all addresses were found, reached and scanned. */
export function listUnseen(
  endpoints: PlannedEndpoint[],
  { unseen, excluded = [] }: Pick<ScanResult, 'unseen' | 'excluded'>,
): PlannedEndpoint[] {
  const names = new Set(
    [...unseen, ...excluded].map(({ environment, endpoint }) => nameOf(environment, endpoint)),
  )
  return endpoints.filter(({ environment, endpoint }) => names.has(nameOf(environment, endpoint.text)))
}

/** Allowances where nothing is open, on hosts that were seen in full, all of their addresses among them. */
export function listUnused(
  written: Written[],
  cases: HostCase[],
  unseen: PlannedEndpoint[],
  now: Date,
): Written[] {
  // Thousands of names may share thousands of rules for addresses.
  const shared = new Set(unseen.flatMap(({ addressRules = [] }) => addressRules))
  const unsure = new Set([...unseen.map(({ rules }) => rules), ...shared].flat())
  const casesOf = new Map<HostRule, HostCase[]>()
  for (const about of cases) {
    for (const rule of about.rules.matching) {
      const known = casesOf.get(rule)
      if (known) known.push(about)
      else casesOf.set(rule, [about])
    }
  }
  const sights = new Map<HostRule, Sight | undefined>()
  const sightOf = (rule: HostRule) => {
    if (!sights.has(rule)) sights.set(rule, addUp(casesOf.get(rule) ?? []))
    return sights.get(rule)
  }
  return written.filter(({ rule, allowance }) => {
    if (allowance.required || hasExpired(allowance, now) || isShared(rule)) return false
    return !unsure.has(rule) && isUnused(allowance, sightOf(rule))
  })
}

/** The allowances of a floor, and built-in ones, are for the hosts of other repositories, too. */
function isShared({ place }: HostRule): boolean {
  return place.floor !== undefined || place.file.startsWith('built-in:')
}

/** What was seen of all hosts that a rule holds for, ascending. */
interface Sight {
  /** Open on any of them. */
  open: PortRange[]
  /** Known to be closed or filtered on each of them. */
  shut: PortRange[]
}

/** Undefined if there are none, or if not all were seen. */
function addUp(cases: HostCase[]): Sight | undefined {
  const [first, ...others] = cases
  if (!first || !cases.every(wasSeen)) return undefined
  return {
    open: toRanges(
      new Set(cases.flatMap(({ host }) => host.open.map(({ port }) => port)).sort((a, b) => a - b)),
    ),
    shut: others.reduce((shut, about) => intersectRanges(shut, listShut(about)), listShut(first)),
  }
}

function listShut({ host: { closed, filtered } }: HostCase): PortRange[] {
  return mergeRanges([...closed, ...filtered].flatMap(({ ports }) => ports))
}

/** Whether each port that it allows was seen on each host, and is open on none. */
function isUnused({ ports }: Allowance, sight: Sight | undefined): boolean {
  if (!sight) return false
  return subtractRanges(ports, sight.shut).length === 0 && intersectRanges(ports, sight.open).length === 0
}
