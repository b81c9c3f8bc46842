import type {
  Allowance,
  Denial,
  Diagnostic,
  Endpoint,
  Environment,
  HostMatcher,
  HostRule,
  Place,
  Policy,
} from '../model.ts'
import { formatNumber } from '../numbers.ts'
import { overlap, subtractRanges } from '../port-ranges.ts'
import { toBlock } from './addresses.ts'
import { type Denying, listDenying } from './denying.ts'
import { listScopes } from './environments.ts'
import { mayExcept } from './exceptions.ts'
import type { Meter } from './label-match.ts'
import { type DiagnosticCode, fail, quote } from './problem.ts'

/** Beyond this many, the policy is better read from the top. */
const MOST_REMARKS = 50

/** Most comparisons in looking for them: well under a second. */
const MOST_STEPS = 4_000_000

/**
 * What is worth a look in a policy that is valid: allowances that a `deny` makes void, and addresses that are scanned
 * though they may be meant as rules. A policy so large that looking takes too long gets what was found by then.
 */
export function findRemarks(policy: Policy): Diagnostic[] {
  const all = [...findDenied(policy), ...findAddressEndpoints(policy)]
  const found = dropRepeated(all)
  if (found.length <= MOST_REMARKS) return found
  const [next] = found.slice(MOST_REMARKS)
  const more = `${formatNumber(found.length - MOST_REMARKS)} more remarks from here on`
  return [...found.slice(0, MOST_REMARKS), remark('too-many-problems', more, next?.place as Place)]
}

/**
 * The first of each code at a place: an allowance may have been split when its policy was read, and one that the top level
 * denies may be denied by an environment as well.
 */
function dropRepeated(all: Diagnostic[]): Diagnostic[] {
  const found = new Map<string, Diagnostic>()
  for (const each of all) {
    const key = `${formatPlace(each.place)} ${each.code}`
    if (!found.has(key)) found.set(key, each)
  }
  return [...found.values()]
}

function remark(code: DiagnosticCode, message: string, place: Place, hint?: string): Diagnostic {
  return { ...fail(code, message, hint).problem, place, source: '', width: 1 }
}

function* findDenied(policy: Policy): Generator<Diagnostic> {
  const { hosts, environments } = policy
  const meter = { steps: 0 }
  const top = listDenying(hosts, meter)
  yield* explainDenied(hosts, [top])
  for (const environment of environments) {
    if (meter.steps > MOST_STEPS) return
    yield* explainDenied(environment.hosts, [top, listDenying(environment.hosts, meter)])
  }
  yield* findDeniedInEnvironments(policy, meter)

  function* explainDenied(rules: HostRule[], levels: Denying[]): Generator<Diagnostic> {
    for (const rule of rules) {
      if (meter.steps > MOST_STEPS) return
      if (rule.allow.length === 0) continue
      const denials = levels.flatMap((level) => level.findCovering(rule.matcher))
      if (denials.length === 0) continue
      for (const allowance of rule.allow) {
        meter.steps += denials.length
        if (meter.steps > MOST_STEPS) return
        // Denying what a floor allows is what a policy under it is free to do.
        if (rule.place.floor && !allowance.required) continue
        yield* explainAllowance(
          rule,
          allowance,
          denials.map((denial) => ({ denial })),
        )
      }
    }
  }
}

/**
 * Requirements of the top level that environments deny on hosts that they scan. An allowance that one of them denies still holds
 * in the others.
 */
function* findDeniedInEnvironments(policy: Policy, meter: Meter): Generator<Diagnostic> {
  const requiring = policy.hosts.filter(({ allow }) => allow.some(({ required }) => required))
  if (requiring.length === 0) return
  const covered = new Map(policy.environments.map((each) => [each, findCovered(each, requiring, meter)]))
  const denying = policy.environments.filter((each) => covered.get(each)?.size)
  const found = new Map<HostRule, Denied[]>()
  // Separate meters, so that the remarks are reported even if finding them took long.
  const [scanning, telling] = [{ steps: 0 }, { steps: 0 }]
  for (const { environment, endpoints } of listScopes(policy, denying)) {
    if (!environment || scanning.steps > MOST_STEPS) break
    for (const [rule, denials] of covered.get(environment) ?? []) {
      if (!isScanned(rule, endpoints, scanning)) continue
      const known = found.get(rule) ?? []
      known.push(...denials.map((denial) => ({ denial, environment: environment.name })))
      found.set(rule, known)
    }
  }
  for (const [rule, denials] of found) {
    for (const allowance of rule.allow.filter(({ required }) => required)) {
      telling.steps += denials.length
      if (telling.steps > MOST_STEPS) return
      yield* explainAllowance(rule, allowance, denials)
    }
  }
}

/** Those of some rules for which an environment denies something on every host that they match, with these denials. */
function findCovered({ hosts }: Environment, rules: HostRule[], meter: Meter): Map<HostRule, Denial[]> {
  const covered = new Map<HostRule, Denial[]>()
  if (!hosts.some(({ deny }) => deny.length > 0)) return covered
  const { findCovering } = listDenying(hosts, meter)
  for (const rule of rules) {
    if (meter.steps > MOST_STEPS) break
    const denials = findCovering(rule.matcher)
    if (denials.length > 0) covered.set(rule, denials)
  }
  return covered
}

/** Whether one of some endpoints is sure to be a host that a rule is for. */
function isScanned({ matcher }: HostRule, endpoints: Endpoint[], meter: Meter): boolean {
  if (meter.steps > MOST_STEPS) return false
  meter.steps += endpoints.length
  return endpoints.some((endpoint) => mayExcept(matcher, toMatcher(endpoint)))
}

function toMatcher({ kind, host }: Endpoint): HostMatcher {
  if (kind === 'name') return { kind, name: host }
  return kind === 'address' ? { kind, address: host } : { kind, cidr: host }
}

/** A denial, and the environment that has it, unless it holds wherever an allowance does. */
interface Denied {
  denial: Denial
  environment?: string
}

/**
 * The remarks on an allowance that is denied.
 *
 * @param denials those that hold on every host that the rule is for
 */
export function* explainAllowance(
  { key }: HostRule,
  { text, ports, required, place }: Allowance,
  denials: Denied[],
): Generator<Diagnostic> {
  const covering = denials.filter(({ denial }) => overlap(ports, denial.ports))
  const [first] = covering
  if (!first) return
  const others = covering.length > 1 ? ` and ${covering.length - 1} more` : ''
  const where = `\`deny\` at ${formatPlace(first.denial.place)}${others}`
  const what = `${quote(text)} for ${quote(key)}`
  if (required) {
    const [name, ...more] = new Set(covering.flatMap(({ environment }) => environment ?? []))
    const among = more.length > 0 ? ` and ${more.length} more` : ''
    const there = name === undefined ? '' : `, in ${quote(name)}${among}`
    const here = place.floor ? `by the floor, ${formatPlace(place)},` : 'here'
    const message = `${what} is required ${here} and denied by ${where}${there}: open or closed, it is a violation`
    yield remark('denied-requirement', message, place, 'keep one of the two')
  } else if (
    subtractRanges(
      ports,
      covering.flatMap(({ denial }) => denial.ports),
    ).length === 0
  ) {
    const message = `${what} is allowed here to no effect: ${where} covers it, and deny wins`
    yield remark('denied-allowance', message, place, 'remove the allowance, or deny less')
  }
}

function formatPlace(place: Place): string {
  const { file, line, column } = place.floor ?? place
  return `${file}:${line}:${column}`
}

/**
 * Addresses among the keys of `hosts`, which are scanned because they are keys, next to names that may lead to them.
 */
function* findAddressEndpoints({ hosts, environments }: Policy): Generator<Diagnostic> {
  const isOwn = environments.length === 0 || environments.some(({ endpoints }) => endpoints === undefined)
  const scanned = [hosts, ...environments.filter((each) => !each.endpoints).map((each) => each.hosts)]
  if (!isOwn || !scanned.flat().some(({ matcher }) => matcher.kind === 'name')) return
  for (const { key, matcher, place } of scanned.flat()) {
    if (matcher.kind !== 'address' || place.floor) continue
    const block = toBlock(matcher.address)
    yield remark(
      'address-endpoint',
      `the address ${quote(key)} is an endpoint of its own, even if a name here leads to it`,
      place,
      `if it is only meant as a rule for that name's address, write ${quote(block)}: a block matches and is not scanned`,
    )
  }
}
