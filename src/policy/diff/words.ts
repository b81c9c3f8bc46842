import type { PortRange } from '../../model.ts'
import { formatNumber } from '../../numbers.ts'
import { matcherText } from '../hosts.ts'
import { isPattern } from '../patterns.ts'
import { quote } from '../problem.ts'
import type { Comparison, Loss } from './loss.ts'
import { FOREVER, type PortLoss, type Until } from './port-view.ts'
import { describePorts, joinWords } from './risk.ts'
import type { Subject } from './subjects.ts'

/** How many hosts are named; the others are counted. */
const MOST_NAMED = 5

/** What a change does, in both directions; each completes "This change …". */
export type Phrases = Pick<Loss, 'loosened' | 'tightened'>

/** Hosts for a sentence. */
export function listHosts(texts: readonly string[]): string {
  const left = texts.length - MOST_NAMED
  const named = texts.slice(0, MOST_NAMED).map(quote)
  return joinWords(left > 0 ? [...named, `${formatNumber(left)} more`] : named)
}

/** The subjects of a rule for a sentence: "every host under `*.example.com`". */
function saySubjects(subjects: Subject[]): string {
  const [subject] = subjects
  if (!subject || subjects.length > 1) return listHosts(subjects.map(matcherText))
  const text = matcherText(subject)
  if (text === '**') return 'every host name'
  if (text === '0.0.0.0/0') return 'every IPv4 address'
  if (text === '::/0') return 'every IPv6 address'
  if (subject.kind === 'cidr') return `every address in ${quote(text)}`
  if (subject.kind !== 'pattern') return quote(text)
  const [, rest = '*'] = /^\*\*?\.(.*)$/.exec(text) ?? []
  return isPattern(rest) ? `every host that matches ${quote(text)}` : `every host under ${quote(text)}`
}

/** What is lost at ports, in both directions. */
export function sayPorts(
  comparison: Comparison,
  loss: PortLoss & { isHidden: boolean },
  subjects: Subject[],
  ranges: PortRange[],
): Phrases {
  const ports = describePorts(comparison, ranges)
  const whom = saySubjects(subjects)
  switch (loss.part) {
    case 'allow': {
      const services = loss.services.length > 0 ? ` to ${joinWords(loss.services)}` : ''
      const until = loss.until === FOREVER ? '' : ` until ${loss.until}`
      const denied = loss.wasDenied ? [', which was denied', ' and denies it'] : ['', '']
      return {
        loosened: `allows ${ports}${services} on ${whom}${until}${denied[0]}`,
        tightened: `no longer allows ${ports}${services} on ${whom}${denied[1]}`,
      }
    }
    case 'deny':
      return {
        loosened: `no longer denies ${ports} on ${whom}`,
        tightened: `denies ${ports} on ${whom}`,
      }
    case 'require':
      return {
        loosened:
          loss.until === undefined
            ? `no longer requires ${ports} to be open on ${whom}${loss.isHidden ? `, nor scans ${isSingle(ranges) ? 'it' : 'them'}` : ''}`
            : `requires ${ports} to be open on ${whom} only ${sayUntil(loss.until)}, ${sayWas(loss.was)}`,
        tightened:
          loss.until === undefined
            ? `requires ${ports} to be open on ${whom}`
            : `requires ${ports} to be open on ${whom} ${sayUntil(loss.was)}, ${sayWas(loss.until)}`,
      }
    case 'service': {
      const only = joinWords(loss.only)
      const more = loss.services.length > 0 ? joinWords(loss.services) : 'any service'
      return {
        loosened: `lets ${more} answer on ${ports} of ${whom}, where it had to be ${only}`,
        tightened: `lets only ${only} answer on ${ports} of ${whom}, and no longer ${more}`,
      }
    }
    case 'expires': {
      const services = loss.services.length > 0 ? ` to ${joinWords(loss.services)}` : ''
      const what = `allows ${ports}${services} on ${whom}`
      return {
        loosened: `${what} ${sayUntil(loss.until)}, ${sayWas(loss.was)}`,
        tightened: `${what} ${sayUntil(loss.was)}, ${sayWas(loss.until)}`,
      }
    }
  }
}

function isSingle([range, ...others]: PortRange[]): boolean {
  return others.length === 0 && range?.from === range?.to
}

function sayUntil(until: Until = FOREVER): string {
  return until === FOREVER ? 'with no last day' : `until ${until}`
}

function sayWas(until: Until = FOREVER): string {
  return until === FOREVER ? 'where there was no last day' : `where it was until ${until}`
}
