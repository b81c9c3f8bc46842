import { type Ignored, KIND_OF, type Policy } from '../../model.ts'
import { matcherText } from '../hosts.ts'
import { quote } from '../problem.ts'
import { spendMatching } from './choose.ts'
import type { Comparison, Loss } from './loss.ts'
import { FOREVER, type Until } from './port-view.ts'
import { includes, listSubjects, type Subject } from './subjects.ts'
import { listHosts } from './words.ts'

/** Whether a policy lets what was not seen pass somewhere. */
export function ignoresDoubts({ ignore }: Policy): boolean {
  return ignore.some(({ finding }) => KIND_OF[finding] === 'doubt')
}

/** Doubts and notes that only the second policy ignores, or for longer. A doubt that is ignored passes, as by `on-doubt`. */
export function compareIgnored(comparison: Comparison): Loss[] {
  const { strict, lax } = comparison
  const before = groupByFinding(strict.policy.ignore)
  return lax.policy.ignore.flatMap((ignored): Loss[] => {
    const others = before.get(ignored.finding) ?? []
    const until = ignored.expires ?? FOREVER
    comparison.spend(1 + others.length)
    if (!ignored.hosts) return others.some((other) => lastsFor(other, until)) ? [] : [say(ignored, [])]
    const outer = others.filter((other) => lastsFor(other, until)).flatMap(listHostsOf)
    const inner = listHostsOf(ignored)
    spendMatching(comparison, outer, inner)
    const left = inner.filter((subject) => !outer.some((one) => includes(one, subject)))
    return left.length > 0 ? [say(ignored, left)] : []
  })
}

function groupByFinding(ignore: Ignored[]): Map<string, Ignored[]> {
  const groups = new Map<string, Ignored[]>()
  for (const one of ignore) {
    const group = groups.get(one.finding)
    if (group) group.push(one)
    else groups.set(one.finding, [one])
  }
  return groups
}

function lastsFor({ expires = FOREVER }: Ignored, until: Until): boolean {
  return expires >= until
}

function listHostsOf({ hosts = [] }: Ignored): Subject[] {
  return hosts.flatMap(listSubjects)
}

function say({ finding, expires, place }: Ignored, subjects: Subject[]): Loss {
  const hosts = subjects.map(matcherText)
  const on = hosts.length > 0 ? ` on ${listHosts(hosts)}` : ''
  const until = expires === undefined ? '' : ` until ${expires}`
  const isDoubt = KIND_OF[finding] === 'doubt'
  return {
    part: 'ignore',
    severity: isDoubt ? 'medium' : 'info',
    loosened: `ignores ${quote(finding)}${on}${until}`,
    tightened: `no longer ignores ${quote(finding)}${on}${until}`,
    ...(hosts.length > 0 ? { hosts } : {}),
    isEverywhere: true,
    places: { lax: place },
  }
}
