import { count } from '../numbers.ts'
import { printableAscii } from '../report/escape.ts'
import type { NewAllowance } from './suggestions.ts'

/** Longest comment on what answered: a banner can be as long as its server likes. */
const LONGEST_COMMENT = 100

/** Most products that are named if hosts that share a line answer with different ones. */
const MOST_NAMED = 2

/** Text as a comment, on one line whatever is in it. */
export function comment(text: string): string {
  return `# ${printableAscii(text, LONGEST_COMMENT)}`
}

/** What YAML 1.1 or 1.2 takes for something else than text. */
const WORDS = new Set(['null', 'true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n'])

/** A scalar that YAML reads as this text: plain where it looks like a name or a block, else in quotes. */
export function scalar(text: string): string {
  const isPlain =
    (/^[a-z_][a-z0-9_-]*(\.[a-z0-9_-]+)*$/.test(text) && !WORDS.has(text)) ||
    /^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(text) ||
    /^https?:\/\/[a-z0-9.-]+(:\d+)?(\/[\w./~-]*)?$/.test(text)
  return isPlain ? text : JSON.stringify(text)
}

/** `{ port: 22, service: ssh }`, or the port alone. */
export function item({ port, service, documents }: NewAllowance): string {
  if (service === undefined && documents.length === 0) return port
  const named = service === undefined ? [] : [`service: ${service}`]
  return `{ ${[`port: ${port}`, ...named, ...documents.map(({ key, value }) => `${key}: ${value}`)].join(', ')} }`
}

/** What answered, of one line or of several. */
export function sayAnswered(allowances: NewAllowance[]): string {
  const all = [...new Set(allowances.flatMap(({ answered }) => answered))]
  if (all.length <= MOST_NAMED) return all.join(', ')
  return `${all.slice(0, MOST_NAMED).join(', ')} and ${count(all.length - MOST_NAMED, 'other')}`
}

/** Whether a list of allowances fits on the line of its key. */
export function isShort(allow: NewAllowance[]): boolean {
  const isBare = allow.every(({ service, documents }) => service === undefined && documents.length === 0)
  return isBare && allow.length <= 6 && new Set(allow.map(({ answered }) => String(answered))).size <= 1
}
