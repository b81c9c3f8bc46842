/** What a reader is to do first, and what can be pasted: the same in every report. */
import type { Finding, Report } from '../model.ts'
import { printable, quote } from './escape.ts'
import { wordFinding } from './findings.ts'
import { groupWorse } from './group.ts'
import { type Palette, wrap } from './layout.ts'
import { nameGroup, namePortsOf } from './name-group.ts'
import { writeAllowance } from './wording/suggestion.ts'
import { type Piece, plain, say, type Text } from './wording/text.ts'

/** Most characters of a remedy; the longest first sentence of the catalogue has 119. */
const MOST_FIRST = 160

/** The same of a policy's. */
const MOST_QUOTED = 100

/**
 * What to do about the worst finding that is not a note, in a sentence or two; undefined if there is none. Only our own words
 * are code in it: the backticks of others stay as they are written.
 */
export function findFirst({ findings }: Report): Text | undefined {
  const [group] = groupWorse(findings)
  if (!group) return undefined
  const sentence = takeSentence(wordFinding(group.first).remedy)
  if (isPolicysRemedy(group.first)) {
    // What to do is in our words, and who says the rest.
    const action = group.first.id === 'wrong-service' ? 'find out what answers on' : 'close'
    return say`${action} ${namePortsOf(group)}; the policy says: ${quote(printable(plain(sentence), MOST_QUOTED))}`
  }
  const remedy = sentence.map(quoteOthers)
  return say`${nameGroup(group)}: ${cutSentence(remedy)}`
}

/** Whether what the finding says to do begins with the words of the policy's own catalogue. */
function isPolicysRemedy({ id, args }: Finding): boolean {
  return id !== 'undocumented-allowance' && 'risk' in args && args.risk?.isPolicysRemedy === true
}

/** The same in lines of text; none if there is nothing to do. */
export function layOutFirst(report: Report, width: number, { bold }: Palette): string[] {
  const first = findFirst(report)
  if (!first) return []
  const [head = '', ...rest] = wrap(`Do first: ${printable(plain(first))}`, width)
  return [head.replace(/^Do first:/, bold), ...rest]
}

function quoteOthers(piece: Piece): Piece {
  const isOthers =
    typeof piece === 'object' && 'code' in piece && piece.code.some((one) => typeof one === 'object')
  return isOthers ? { outside: plain([piece]) } : piece
}

/** As much of it as there is room for; it loses its code where it is cut. */
function cutSentence(sentence: Text): Text {
  const text = printable(plain(sentence))
  return text.length > MOST_FIRST ? say`${printable(text, MOST_FIRST)}` : sentence
}

/** The first sentence of a text: it ends where another begins with a capital. */
function takeSentence(text: Text): Text {
  const kept: Piece[] = []
  for (const piece of text) {
    const shown = typeof piece === 'string' ? piece : 'outside' in piece ? piece.outside : ''
    const end = shown.search(/[.;](?: [A-Z]|\s*$)/)
    if (end < 0) {
      kept.push(piece)
      continue
    }
    const sentence = `${shown.slice(0, end)}.`
    return [...kept, typeof piece === 'string' ? sentence : { outside: sentence }]
  }
  return kept
}

/** The least line of the policy that would allow an open port; undefined where that is not what would help. */
export function findAllowance(finding: Finding): string | undefined {
  if (finding.id !== 'unexpected-open-port') return undefined
  return printable(plain(writeAllowance(finding.args.suggestion)), 500)
}

/** The sources for the texts about a service: pages of vendors, advisories and RFCs. */
export function listSources({ args }: Finding): string[] {
  const sources = 'risk' in args ? (args.risk?.sources ?? []) : []
  return sources.filter((source) => /^https?:\/\/[\x21-\x7e]+$/.test(source))
}

/** Whether it can be closed by the number of its port, and should be. */
export function isToBeClosed({ id, kind, state, port }: Finding): boolean {
  return kind === 'violation' && state === 'open' && id !== 'wrong-service' && port !== undefined
}
