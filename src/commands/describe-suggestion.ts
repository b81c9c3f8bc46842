import type { Finding, Verdict } from '../model.ts'
import { count } from '../numbers.ts'
import { quote } from '../policy/problem.ts'
import { printable } from '../report/escape.ts'
import { wordFinding } from '../report/findings.ts'
import { plain } from '../report/wording/text.ts'
import type { NewHost, Suggestions } from '../suggest/suggestions.ts'

/** Most sentences of one kind; the rest are counted. */
const MOST_SAID = 20

/** What was suggested, and what was not and why. */
export function describeSuggestions({ hosts, endpoints }: Suggestions, isAmended: boolean): string[] {
  const allowances = hosts.flatMap(({ allow }) => allow)
  const risky = allowances.filter(({ documents }) => documents.length > 0).length
  const todo =
    risky > 0 ? ` ${count(risky, 'allowance')} of risky ports ${risky === 1 ? 'says' : 'say'} TODO.` : ''
  const left = endpoints.filter(({ leftOut }) => leftOut !== undefined)
  const told = isAmended ? endpoints.filter(({ remarks }) => remarks.length > 0) : []
  return [
    `Suggested: ${count(allowances.length, 'allowance')} on ${count(hosts.length, 'host')}, of ${count(endpoints.length, 'endpoint')}.${todo}`,
    ...cut(left.map(({ text, leftOut = '' }) => `Left out: ${quote(text)}: ${printable(leftOut)}.`)),
    ...cut(told.map(({ text, remarks }) => `${quote(text)}: ${printable(remarks.join('; '))}.`)),
  ]
}

/** What has to be added by hand. */
export function sayUnplaced({ host, allow }: NewHost): string {
  const ports = allow
    .map(({ port, service }) => (service === undefined ? port : `${port} (${service})`))
    .join(', ')
  const needs = ports === '' ? 'a key of its own, so that it is scanned' : ports
  return `Add it by hand: ${quote(host)} needs ${needs}. The place for it is shared through an alias, or the layout leaves none.`
}

const SAID: Record<Verdict, string> = { pass: 'a pass', fail: 'a failure', inconclusive: 'inconclusive' }

/** What the suggested policy makes of what was seen. */
export function describeJudgement(findings: Finding[], verdict: Verdict): string[] {
  const violations = findings.filter(({ kind }) => kind === 'violation')
  const doubts = findings.filter(({ kind }) => kind === 'doubt')
  if (violations.length + doubts.length === 0) return ['With this policy, what was seen passes.']
  const ids = [...new Set(doubts.map(({ id }) => id))].map((id) => {
    return count(doubts.filter((one) => one.id === id).length, id, id)
  })
  const said = violations.map((finding) => `  ${printable(plain(wordFinding(finding).message))}`)
  return [
    `With this policy, what was seen is ${SAID[verdict]}: ${count(violations.length, 'violation')} and ${count(doubts.length, 'doubt')} remain${ids.length > 0 ? ` (${ids.join(', ')})` : ''}.`,
    ...cut(said),
  ]
}

/** The first of some sentences, and how many more there are. */
export function cut(sentences: string[]): string[] {
  if (sentences.length <= MOST_SAID) return sentences
  return [...sentences.slice(0, MOST_SAID), `and ${count(sentences.length - MOST_SAID, 'more', 'more')}`]
}
