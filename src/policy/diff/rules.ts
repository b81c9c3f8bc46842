import { memoizeFor } from '../../memo.ts'
import type { Allowance, Denial, HostRule, PortRange, Severity } from '../../model.ts'
import { formatRanges, intersectRanges, mergeRanges, subtractRanges } from '../../port-ranges.ts'
import { matcherText } from '../hosts.ts'
import { listBindingPorts } from '../plan.ts'
import { listChangedOnce } from './changed.ts'
import { chooseSubjects, spendMatching } from './choose.ts'
import type { Comparison, Loss } from './loss.ts'
import { comparePort, type PortLoss, viewPort } from './port-view.ts'
import { listAlwaysAsked, listProbed, probeAny } from './probed.ts'
import { severityOf, worstOf } from './risk.ts'
import type { Named } from './scopes.ts'
import { includes, listSubjects, type Subject } from './subjects.ts'
import { sayPorts } from './words.ts'

/** A loss, and the subjects that it concerns. */
interface Found {
  loss: PortLoss
  subjects: Subject[]
  ports: PortRange[]
  /** Those that no rule of the second scope asks to be probed any more, where the first one did. */
  unbound: PortRange[]
}

/** What matters about the subjects of the rules. */
interface Whom {
  /** Whether what is lost there counts; else it does. */
  isMeant?(subject: Subject): boolean
  /** Whether it is a host that only the second policy scans. */
  isNew?(subject: Subject): boolean
}

/** What the rules of the first scope ask for and those of the second do not: who may have which ports open. */
export function compareRules(comparison: Comparison, pair: Named, whom: Whom = {}): Loss[] {
  const changed = listChangedOnce(comparison, pair.strict.rules, pair.lax.rules)
  if (changed.length === 0) return []
  const strict = indexOf(pair.strict.rules)
  const lax = indexOf(pair.lax.rules)
  const near = indexOf(changed)
  const found: Found[] = []
  const held = [...strict.wide, ...strict.excepted, ...lax.wide, ...lax.excepted]
  for (const subject of chooseSubjects(comparison, pair, changed, held)) {
    if (near.match(subject).length === 0 || whom.isMeant?.(subject) === false) continue
    found.push(...compareAt(comparison, subject, strict.match(subject), lax.match(subject)))
  }
  const areAsked = identifies(comparison, pair)
  const joined = joinSubjects(dropImplied(comparison, found))
  comparison.spend(joined.length * STEPS_A_LOSS)
  return joined.flatMap((one) => {
    const isNew = one.subjects.every((subject) => whom.isNew?.(subject))
    return describe(comparison, pair, one, areAsked, isNew)
  })
}

/** Rules by subject. */
interface RuleIndex {
  /** The patterns and blocks. */
  wide: Subject[]
  /** The subjects that denials except. */
  excepted: Subject[]
  match(subject: Subject): HostRule[]
}

/** The rules of a scope as they are for a subject: of denials, those that do not except it. */
function ruleFor(rule: HostRule, subject: Subject): HostRule {
  if (rule.deny.every(({ except }) => !except)) return rule
  const holds = ({ except }: Denial) =>
    !except?.flatMap(listSubjects).some((excepted) => includes(excepted, subject))
  return { ...rule, deny: rule.deny.filter(holds) }
}

const indexOf = memoizeFor((rules: HostRule[]): RuleIndex => {
  const exact = new Map<string, HostRule[]>()
  const wide: { outer: Subject; rule: HostRule }[] = []
  for (const rule of rules) {
    for (const outer of listSubjects(rule.matcher)) {
      if (outer.kind === 'pattern' || outer.kind === 'cidr') wide.push({ outer, rule })
      else addTo(exact, matcherText(outer), rule)
    }
  }
  const match = (subject: Subject) => {
    const others = wide.filter(({ outer }) => includes(outer, subject)).map(({ rule }) => rule)
    const matching = new Set([...others, ...(exact.get(matcherText(subject)) ?? [])])
    return [...matching].map((rule) => ruleFor(rule, subject))
  }
  const excepted = rules.flatMap(({ deny }) =>
    deny.flatMap(({ except = [] }) => except.flatMap(listSubjects)),
  )
  return { wide: wide.map(({ outer }) => outer), excepted, match }
})

/** What is lost at one subject. What the same lines do to several ports is one loss. */
function compareAt(comparison: Comparison, subject: Subject, strict: HostRule[], lax: HostRule[]): Found[] {
  const [one, other] = [listEntries(strict), listEntries(lax)]
  const edges = [...one, ...other].flatMap(({ ports }) => ports.flatMap(({ from, to }) => [from, to + 1]))
  comparison.spend(edges.length * STEPS_AN_EDGE)
  const starts = [...new Set(edges)].sort((a, b) => a - b)
  const [before, after] = [one, other].map((entries) => spread(comparison, entries, starts))
  const found = new Map<string, Found>()
  for (const [index, from] of starts.slice(0, -1).entries()) {
    const range = { from, to: (starts[index + 1] as number) - 1 }
    for (const loss of comparePort(viewPort(before?.[index] ?? []), viewPort(after?.[index] ?? []))) {
      const key = `${meaningOfLoss(loss)} ${loss.places.lax?.line} ${loss.places.strict?.line}`
      const known = found.get(key)
      if (known) known.ports.push(range)
      else found.set(key, { loss, subjects: [subject], ports: [range], unbound: [] })
    }
  }
  comparison.spend(found.size * STEPS_A_FIND)
  return [...found.values()].map((one) => {
    const ports = mergeRanges(one.ports)
    const unbound = one.loss.part === 'require' ? subtractRanges(ports, lax.flatMap(listBindingPorts)) : []
    return { ...one, ports, unbound }
  })
}

/** Steps to find a loss, which may be reported for a pattern or a block already. */
const STEPS_A_FIND = 20

/** The cost of wording and printing one, in time and in memory: nobody reads more than some ten thousand. */
const STEPS_A_LOSS = 150

/** Steps to sort the edges of ranges, and to view the ports between them. */
const STEPS_AN_EDGE = 4

type Entry = Allowance | Denial

function listEntries(rules: HostRule[]): Entry[] {
  return rules.flatMap(({ allow, deny }) => [...allow, ...deny])
}

/** The entries that hold from each start to the next. */
function spread(comparison: Comparison, entries: Entry[], starts: number[]): Entry[][] {
  const indexOf = new Map(starts.map((start, index) => [start, index]))
  const spread: Entry[][] = starts.map(() => [])
  for (const entry of entries) {
    for (const { from, to } of entry.ports) {
      const [first = 0, end = 0] = [indexOf.get(from), indexOf.get(to + 1)]
      comparison.spend(end - first)
      for (const list of spread.slice(first, end)) list.push(entry)
    }
  }
  return spread
}

function meaningOfLoss({ places: _places, ...meaning }: PortLoss): string {
  return JSON.stringify(meaning)
}

function addTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

/** Leaves out what is already reported for a pattern or a block that covers the subject. */
function dropImplied(comparison: Comparison, found: Found[]): Found[] {
  const wide = new Map<string, { outer: Subject; ports: PortRange[]; index: number }[]>()
  for (const [index, { loss, subjects, ports }] of found.entries()) {
    const [outer] = subjects as [Subject]
    const key = meaningOfLoss(loss)
    if (outer.kind === 'pattern' || outer.kind === 'cidr') addTo(wide, key, { outer, ports, index })
  }
  return found.flatMap((one, index) => {
    const [inner] = one.subjects as [Subject]
    const others = wide.get(meaningOfLoss(one.loss)) ?? []
    spendMatching(
      comparison,
      others.map(({ outer }) => outer),
      [inner],
    )
    const implying = others.filter((other) => {
      if (other.index === index || !includes(other.outer, inner)) return false
      return other.index < index || !includes(inner, other.outer)
    })
    const ports = subtractRanges(
      one.ports,
      implying.flatMap((other) => other.ports),
    )
    return ports.length > 0 ? { ...one, ports } : []
  })
}

/** `web2` before `web10`. */
const ORDER = new Intl.Collator('en', { numeric: true })

/**
 * The choices of one key's braces, and whoever else the same line concerns in the same way, are one loss. They are sorted, since
 * environments may come to them in different orders, and a loss in several is reported once.
 */
function joinSubjects(found: Found[]): Found[] {
  const joined = new Map<string, Found>()
  for (const one of found) {
    const key = JSON.stringify([one.loss, formatRanges(one.ports), formatRanges(one.unbound)])
    const known = joined.get(key)
    if (known) known.subjects.push(...one.subjects)
    else joined.set(key, one)
  }
  for (const { subjects } of joined.values())
    subjects.sort((a, b) => ORDER.compare(matcherText(a), matcherText(b)))
  return [...joined.values()]
}

/** Whether services are identified wherever it scans: where they are not, an allowance for one service lets any answer. */
function identifies(comparison: Comparison, { lax }: Named): boolean {
  const all = [probeAny(comparison.lax, lax), ...listProbed(comparison, comparison.lax, lax)]
  return all.every(({ settled }) => settled.scan.identify)
}

/** A denied port that is open is a violation of at least this severity, whatever the port. */
const DENIED = 'high'

/** Losing a requirement opens nothing, but those who depend on the port learn late that it is gone. */
const REQUIREMENT = 'medium'

function describe(
  comparison: Comparison,
  { where, lax }: Named,
  { loss, subjects, ports, unbound }: Found,
  areAsked: boolean,
  isNew: boolean,
): Loss[] {
  const { part, places } = loss
  const services = areAsked ? loss.services : []
  // A port that was scanned only because it was required is no longer seen.
  const hidden = unbound.length > 0 ? subtractRanges(unbound, listAlwaysAsked(comparison, lax)) : []
  const make = (ports: PortRange[], severity: Severity, isHidden: boolean): Loss[] => {
    if (ports.length === 0) return []
    const words = sayPorts(comparison, { ...loss, isHidden }, subjects, ports)
    const hosts = subjects.map(matcherText)
    return [{ part, severity, ...words, hosts, ports: formatRanges(ports), ...where, places }]
  }
  if (part !== 'require') {
    const isDenied = part === 'deny' || loss.wasDenied
    const rated = severityOf(comparison, ports, services)
    const severity = isDenied ? worstOf([rated, DENIED]) : rated
    return make(ports, isNew && part === 'allow' && severity === 'low' ? 'info' : severity, false)
  }
  return [
    ...make(intersectRanges(ports, hidden), worstOf([REQUIREMENT, severityOf(comparison, hidden)]), true),
    ...make(subtractRanges(ports, hidden), REQUIREMENT, false),
  ]
}
