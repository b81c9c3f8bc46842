import type { Catalogue } from '../catalogue/catalogue.ts'
import {
  type Allowance,
  type Finding,
  type HostRule,
  type Lack,
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
import { type Facts, makeFinding, type Strictness } from './finding.ts'
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
    ...tellWorst(written.flatMap((one) => demandDocuments(one, policy, catalogue, now))),
    ...tellWorst(written.flatMap((one) => noteExpiry(one, now))),
    ...tellWorst(noteUnused(written, cases, unseen, now)),
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

/** @param tell what is found of an allowance and the key that it stands under */
function remark(
  one: Written,
  severity: Severity,
  tell: (about: { allowance: string; key: string }) => Facts,
): Remark {
  const { environment, rule, allowance, strictness } = one
  const [range] = allowance.ports
  const isSingle = allowance.ports.length === 1 && range?.from === range?.to
  return {
    severity,
    strictness,
    tell: () =>
      makeFinding(
        {
          ...tell({ allowance: allowance.text, key: rule.key }),
          ...(environment === undefined ? {} : { environment }),
          ...(isSingle ? { port: range?.from } : {}),
          place: allowance.place,
        },
        strictness,
        [rule.key, allowance.text, allowance.service],
      ),
  }
}

/** An allowance of a risky port has to carry what `risky-allowances` asks for. */
function demandDocuments(one: Written, policy: Policy, catalogue: Catalogue, now: Date): Remark[] {
  const { riskyAllowances } = policy
  if (!riskyAllowances) return []
  const risk = findRisk(one.allowance, riskyAllowances, catalogue)
  if (!risk) return []
  const lacks = listLacking(one.allowance, riskyAllowances, now)
  if (lacks.length === 0) return []
  const { severity, service } = risk
  const { from } = riskyAllowances
  return [
    remark(one, severity, (about) => ({
      id: 'undocumented-allowance',
      severity,
      service,
      args: { ...about, risk, from, lacks },
    })),
  ]
}

function listLacking(allowance: Allowance, { need, maxDays }: RiskyAllowances, now: Date): Lack[] {
  const absent = need.filter((key) => !allowance[key])
  const lacks = absent.map((key) => ({ key }))
  if (maxDays === undefined || absent.includes('expires')) return lacks
  const { expires } = allowance
  if (expires === undefined) return [...lacks, { key: 'expires', maxDays }]
  const days = countDays(now, expires)
  return days > maxDays ? [...lacks, { key: 'expires', days, maxDays }] : lacks
}

/** Whole days from today, in UTC, to a date. */
function countDays(now: Date, date: string): number {
  return Math.round((Date.parse(date) - Date.parse(now.toISOString().slice(0, 10))) / DAY_MS)
}

function noteExpiry(one: Written, now: Date): Remark[] {
  const { expires, owner } = one.allowance
  if (expires === undefined || hasExpired(one.allowance, now)) return []
  const days = countDays(now, expires)
  if (days > SOON_DAYS) return []
  return [
    remark(one, 'info', (about) => ({
      id: 'expiring-allowance',
      severity: 'info',
      args: { ...about, expires, days, owner },
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
    if (allowance.required || hasExpired(allowance, now) || isShared(rule)) return []
    if (unsure.has(rule) || !isUnused(allowance, sightOf(rule))) return []
    return remark(one, 'info', (args) => ({ id: 'unused-allowance', severity: 'info', args }))
  })
}

/** The allowances of a floor, or built in, are for the hosts of others as well. */
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
