/** The rows of the summary that are about findings: one line each, the rest folded. All text from outside is escaped. */
import type { Finding } from '../model.ts'
import { SQUARES } from './chart.ts'
import { atMost, formatNumber } from './counts.ts'
import { sayNovelty } from './drift.ts'
import { codeSpan, markdown, markdownLink, prose } from './escape.ts'
import { wordFinding } from './findings.ts'
import { findAllowance, listSources } from './first.ts'
import { type Group, listWordings } from './group.ts'
import { type Links, linkToFinding, linkToPlace } from './links.ts'
import { nameMany } from './name-group.ts'
import { formatPlace, listWhere } from './spots.ts'

/** Lines of the policy of one cause. */
const MOST_PLACES = 6

/** A row for a cause: severity, message, place, and the lines of the policy. */
export function describeGroup(group: Group, links?: Links): string {
  const { first, findings } = group
  const kind = first.kind === 'doubt' ? '<br>doubt' : ''
  const word = first.fails ? `**${first.severity}**` : first.severity
  const novelty = sayNovelty(findings)
  // A narrow column would break a date at its hyphens: it gets a line of its own, and the words stay together.
  const lines = markdown(novelty).replace('known since ', 'known&#160;since<br>')
  const age = novelty && `<br>${lines.replace(' still fails', '<br>still&#160;fails')}`
  const weight = first.fails ? '' : '<br>does&#160;not&#160;fail'
  const { message, why, remedy } = listWordings(group)
  // A message is about one host only.
  const many = nameMany(group, 1)
  // The places of the others follow below.
  const said = message.length > 1 ? message : [wordFinding(first).message]
  const what = [
    ...(many === undefined ? said.map((text) => `**${prose(text)}**`) : [`**${markdown(many)}**`]),
    ...(findings.length > 1 ? atMost(listWhere(findings)).map((where) => codeSpan(where)) : []),
  ]
  const folded = [
    // A message is about one of many hosts, and says that the others are alike.
    ...(many === undefined ? [] : message.map((text) => prose(text))),
    ...why.map((text) => prose(text)),
    ...remedy.map((text, index) => (index ? prose(text) : `**Remedy:** ${prose(text)}`)),
    ...describeAllowance(first),
    describeDetails(group, links),
  ]
  const details = `<details><summary>Why, and what to do</summary>${folded.join('<br>')}</details>`
  const places = describePlaces(findings, links)
  return `| ${SQUARES[first.severity]}&#160;${word}${kind}${age}${weight} | ${what.join('<br>')}${details} | ${places} |`
}

/** What can be pasted into the policy. */
function describeAllowance(finding: Finding): string[] {
  const allowance = findAllowance(finding)
  return allowance === undefined ? [] : [`For the policy, if it is meant to be open: ${codeSpan(allowance)}`]
}

/** The finding's page, how often it is found, the state, and the catalogue's sources. */
function describeDetails({ first, findings }: Group, links?: Links): string {
  const reason = first.reason ? ` (${markdown(first.reason)})` : ''
  const details = [
    markdownLink(codeSpan(first.id), linkToFinding(first.id, links)),
    findings.length > 1 ? `${formatNumber(findings.length)} times` : '',
    first.state ? `${first.state}${reason}` : '',
    ...listSources(first).map((source, index) => markdownLink(`source ${index + 1}`, source)),
  ]
  return `<sub>${details.filter(Boolean).join(' · ')}</sub>`
}

/** The policy's lines, at the commit that was judged by. */
function describePlaces(findings: readonly Finding[], links?: Links): string {
  const places = new Map(
    findings.flatMap(({ place }) => (place ? [[formatPlace(place), place] as const] : [])),
  )
  const files = new Set([...places.values()].map(({ file }) => file))
  const shown = [...places.values()].map((place) => {
    // The coverage says which file that is; here its name would take the room of the finding.
    const { file, line } = place
    const name = files.size > 1 ? `${markdown(file.replace(/^.*\//, ''))} ` : ''
    return markdownLink(`${name}line&#160;${line}`, linkToPlace(place, links))
  })
  return atMost([...new Set(shown)], MOST_PLACES).join('<br>')
}

/** A note, and how many more there are like it. */
export function describeNote({ first, findings }: Group, links?: Links): string {
  const more = findings.length > 1 ? ` And ${formatNumber(findings.length - 1)} more like it.` : ''
  const { place } = first
  const where = place ? ` ${markdownLink(codeSpan(formatPlace(place)), linkToPlace(place, links))}` : ''
  const id = markdownLink(codeSpan(first.id), linkToFinding(first.id, links))
  return `- ${id}: ${prose(wordFinding(first).message)}${more}${where}`
}
