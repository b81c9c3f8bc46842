import type { Catalogue } from '../catalogue/catalogue.ts'
import {
  type Allowance,
  type Finding,
  type HostRule,
  type PlannedEndpoint,
  type Policy,
  type PortRange,
  type RiskyAllowances,
  SEVERITIES,
  type Severity,
} from '../model.ts'
import { intersectRanges, mergeRanges, subtractRanges, toRanges } from '../port-ranges.ts'
import { DAY_MS, SOON_DAYS } from './days.ts'
import { findRisk } from './documents.ts'
import { makeFinding, type Strictness } from './finding.ts'
import { type HostCase, wasSeen } from './host.ts'
import { hasExpired } from './rules.ts'
import { type Remark, tellWorst } from './told.ts'

/** An allowance with what surrounds it in the policy. */
interface Written {
  environment?: string
  rule: HostRule
  allowance: Allowance
  strictness: Strictness
}

/**
 * What is to be said of allowances themselves: of all that the policy has for the environments of this run.
 *
 * @param unseen endpoints of which an address or more was not found or not reached
 */
export function judgeAllowances(
  policy: Policy,
  endpoints: PlannedEndpoint[],
  cases: HostCase[],
  unseen: PlannedEndpoint[],
  catalogue: Catalogue,
  now: Date,
): Finding[] {
  const written = listAllowances(policy, endpoints)
  return [
    ...tellWorst(
      written.flatMap((one) => demandDocuments(one, policy, catalogue, now)),
      'allowances lack what `risky-allowances` asks for.',
    ),
    ...tellWorst(
      written.flatMap((one) => noteExpiry(one, now)),
      `allowances end within ${SOON_DAYS} days.`,
    ),
    ...tellWorst(noteUnused(written, cases, unseen, now), 'allowances are unused: no matching port is open.'),
  ]
}

function listAllowances(policy: Policy, endpoints: PlannedEndpoint[]): Written[] {
  const used = new Map<string | undefined, PlannedEndpoint[]>()
  for (const planned of endpoints) {
    const known = used.get(planned.environment)
    if (known) known.push(planned)
    else used.set(planned.environment, [planned])
  }
  const strictest = (of: PlannedEndpoint[]): Strictness => {
    const rank = ({ failOn }: Strictness) => (failOn === 'never' ? -1 : SEVERITIES.indexOf(failOn))
    return [...of].sort((a, b) => rank(b) - rank(a))[0] ?? { failOn: 'low', onDoubt: 'fail' }
  }
  const listOf = (rules: HostRule[], strictness: Strictness, environment?: string): Written[] =>
    rules.flatMap((rule) =>
      rule.allow.map((allowance) => ({
        rule,
        allowance,
        strictness,
        ...(environment ? { environment } : {}),
      })),
    )
  return [
    ...listOf(policy.hosts, strictest(endpoints)),
    ...policy.environments
      .filter(({ name }) => used.has(name))
      .flatMap(({ name, hosts }) => listOf(hosts, strictest(used.get(name) ?? []), name)),
  ]
}

type Said = Pick<Finding, 'id' | 'severity' | 'message' | 'why' | 'remedy'> & { service?: string }

function remark(one: Written, severity: Severity, say: () => Omit<Said, 'severity'>): Remark {
  return { severity, strictness: one.strictness, tell: () => find(one, { severity, ...say() }) }
}

function find({ environment, rule, allowance, strictness }: Written, facts: Said): Finding {
  const [range] = allowance.ports
  const isSingle = allowance.ports.length === 1 && range?.from === range?.to
  return makeFinding(
    {
      ...(environment === undefined ? {} : { environment }),
      ...(isSingle ? { port: range?.from } : {}),
      ...facts,
      place: allowance.place,
    },
    strictness,
    [rule.key, allowance.text, allowance.service],
  )
}

/** An allowance of a risky port has to carry what `risky-allowances` asks for. */
function demandDocuments(one: Written, policy: Policy, catalogue: Catalogue, now: Date): Remark[] {
  const { riskyAllowances } = policy
  if (!riskyAllowances) return []
  const risk = findRisk(one.allowance, riskyAllowances, catalogue)
  if (!risk) return []
  const lacks = listLacking(one.allowance, riskyAllowances, now)
  if (lacks.length === 0) return []
  const { key } = one.rule
  return [
    remark(one, risk.severity, () => ({
      id: 'undocumented-allowance',
      service: risk.service,
      message: `The allowance of ${one.allowance.text} for ${key} covers ${risk.name}, which is ${risk.severity}, and ${lacks.join(', ')}.`,
      why: `The policy asks for this from severity ${riskyAllowances.from} up. ${risk.why}`,
      remedy: `Add what is missing: { port: ${one.allowance.text}, reason: …, owner: …, expires: YYYY-MM-DD }. Or remove the allowance.`,
    })),
  ]
}

function listLacking(allowance: Allowance, { need, maxDays }: RiskyAllowances, now: Date): string[] {
  const absent = need.filter((key) => !allowance[key])
  const lacks = absent.map((key) => `has no \`${key}\``)
  if (maxDays === undefined || absent.includes('expires')) return lacks
  if (allowance.expires === undefined) return [...lacks, `has no \`expires\` (at most ${maxDays} days ahead)`]
  const days = countDays(now, allowance.expires)
  return days > maxDays
    ? [...lacks, `expires in ${days} days, more than the ${maxDays} of \`max-days\``]
    : lacks
}

/** Whole days from today, in UTC, to a date. */
function countDays(now: Date, date: string): number {
  return Math.round((Date.parse(date) - Date.parse(now.toISOString().slice(0, 10))) / DAY_MS)
}

function noteExpiry(one: Written, now: Date): Remark[] {
  const { allowance, rule } = one
  if (allowance.expires === undefined || hasExpired(allowance, now)) return []
  const days = countDays(now, allowance.expires)
  if (days > SOON_DAYS) return []
  const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`
  const owner = allowance.owner ? ` Its owner is ${allowance.owner}.` : ''
  return [
    remark(one, 'info', () => ({
      id: 'expiring-allowance',
      message: `The allowance of ${allowance.text} for ${rule.key} ends ${when}, on ${allowance.expires}.${owner}`,
      why: 'After that day the port is a violation if it is still open.',
      remedy: 'Close the port by then, or agree on a new date and write it in `expires`.',
    })),
  ]
}

/** Allowances where nothing is open, on hosts that were seen in full, all of their addresses among them. */
function noteUnused(written: Written[], cases: HostCase[], unseen: PlannedEndpoint[], now: Date): Remark[] {
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
  return written.flatMap((one) => {
    const { rule, allowance } = one
    if (allowance.required || hasExpired(allowance, now) || rule.place.file.startsWith('built-in:')) return []
    if (unsure.has(rule) || !isUnused(allowance, sightOf(rule))) return []
    return remark(one, 'info', () => ({
      id: 'unused-allowance',
      message: `The allowance of ${allowance.text} for ${rule.key} is unused: no matching port is open.`,
      why: 'If something opens there one day, an allowance that nothing needs hides it.',
      remedy: 'Remove it from the policy, or write `require` if it should be open.',
    }))
  })
}

/** What was seen of all hosts that a rule holds for, ascending. */
interface Sight {
  /** Open on any of them. */
  open: PortRange[]
  /** Known to be closed or filtered on each of them. */
  shut: PortRange[]
}

/** Undefined where there are none, or not all were seen. */
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
