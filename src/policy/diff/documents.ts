import { listAllowed } from '../../catalogue/allowed.ts'
import {
  type Allowance,
  type FailOn,
  type HostRule,
  type RiskyAllowances,
  SEVERITIES,
  type Severity,
} from '../../model.ts'
import { settle } from '../plan.ts'
import { quote } from '../problem.ts'
import type { Comparison, Loss, Side } from './loss.ts'
import type { Pairing, Scope } from './scopes.ts'
import { listSubjects, textOf } from './subjects.ts'

/**
 * Allowances that carry less than `risky-allowances` asks for and stand where that passes: moved, for instance, from the
 * top level into an environment that never fails.
 */
export function compareDocuments(comparison: Comparison, { runs }: Pairing): Loss[] {
  const { strict, lax } = comparison
  // If they are no longer required, that is reported on its own.
  if (!strict.policy.riskyAllowances || !lax.policy.riskyAllowances) return []
  return runs.flatMap((run) => {
    const before = listLacking(comparison, strict, run.strict)
    if (!before.some(({ fails }) => fails)) return []
    const after = listLacking(comparison, lax, run.lax)
    return [...new Set(findMoved(before, after))].map(
      ({ allowance, rule, environment, severity }): Loss => ({
        part: 'risky-allowances',
        severity,
        loosened: `allows ${quote(allowance.text)} for ${quote(rule.key)} ${environment === undefined ? 'at the top level' : `in ${quote(environment)}`}, where what \`risky-allowances\` requires may be missing`,
        ...run.where,
        places: { lax: allowance.place },
      }),
    )
  })
}

/** Those that do not fail, although one of the same port did that fails no longer. */
function findMoved(before: Lacking[], after: Lacking[]): Lacking[] {
  const had = new Set(before.flatMap(({ keys }) => keys))
  const failing = new Set(after.flatMap(({ fails, keys }) => (fails ? keys : [])))
  const lost = before.flatMap(({ fails, keys }) => (fails ? keys.filter((key) => !failing.has(key)) : []))
  const lostPorts = new Set(lost.map(portOf))
  const lostKeys = new Set(lost)
  return after.filter(
    ({ fails, keys }) =>
      !fails && keys.some((key) => lostKeys.has(key) || (lostPorts.has(portOf(key)) && !had.has(key))),
  )
}

/** An allowance that may lack something. */
interface Lacking {
  environment?: string
  rule: HostRule
  allowance: Allowance
  severity: Severity
  fails: boolean
  /** Each port, or service, that something is asked for, with whom it is for: `6379 name a.example.com`. */
  keys: string[]
}

function portOf(key: string): string {
  return key.slice(0, key.indexOf(' '))
}

/** Steps to find what an allowance lets through. */
const STEPS_AN_ALLOWANCE = 20

/** What a run judges of the allowances themselves: those of the top level as strictly as any of its environments. */
function listLacking(comparison: Comparison, { policy, catalogue }: Side, scopes: Scope[]): Lacking[] {
  const { riskyAllowances } = policy
  if (!riskyAllowances) return []
  const failOns = scopes.map(({ environment }) => settle(policy, environment).failOn)
  const strictest = failOns.reduce((a, b) => (rank(a) >= rank(b) ? a : b), 'never')
  const list = (rules: HostRule[], failOn: FailOn, environment?: string) =>
    rules.flatMap((rule) =>
      rule.allow.flatMap((allowance): Lacking[] => {
        if (!mayLack(allowance, riskyAllowances)) return []
        comparison.spend(STEPS_AN_ALLOWANCE)
        const risks = listAllowed(catalogue, allowance).filter(
          ({ entry }) => rank(entry.severity) <= rank(riskyAllowances.from),
        )
        const severity = SEVERITIES.find((one) => risks.some(({ entry }) => entry.severity === one))
        if (severity === undefined) return []
        const ports = risks.map(({ port }) => port ?? allowance.service)
        const subjects = listSubjects(rule.matcher).map(textOf)
        comparison.spend(ports.length * subjects.length)
        const keys = ports.flatMap((port) => subjects.map((subject) => `${port} ${subject}`))
        const fails = rank(severity) <= rank(failOn)
        return [
          { ...(environment === undefined ? {} : { environment }), rule, allowance, severity, fails, keys },
        ]
      }),
    )
  return [
    ...list(policy.hosts, strictest),
    ...scopes.flatMap(({ environment }, index) =>
      environment ? list(environment.hosts, failOns[index] ?? 'never', environment.name) : [],
    ),
  ]
}

/** Whether an allowance lacks something, or may do so by the day that it is judged on. */
function mayLack(allowance: Allowance, { need, maxDays }: RiskyAllowances): boolean {
  return maxDays !== undefined || need.some((key) => !allowance[key])
}

/** The lower, the worse; what never fails comes before all. */
function rank(severity: FailOn): number {
  return severity === 'never' ? -1 : SEVERITIES.indexOf(severity)
}
