/** What a reader is to do first, and what can be pasted: the same in every report. */
import type { Finding, Report } from '../model.ts'
import { printable } from './escape.ts'
import { wordFinding } from './findings.ts'
import { groupWorse } from './group.ts'
import { nameGroup } from './headline.ts'
import { writeAllowance } from './wording/suggestion.ts'
import { type Piece, plain, say, type Text } from './wording/text.ts'

/** What to do about the worst finding that is not a note, in a sentence or two; undefined if there is none. */
export function findFirst({ findings }: Report): Text | undefined {
  const [group] = groupWorse(findings)
  if (!group) return undefined
  return say`${nameGroup(group)}: ${takeSentence(wordFinding(group.first).remedy)}`
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
