import { memoizeFor } from '../memo.ts'
import type { Finding } from '../model.ts'
import { formatRanges } from '../port-ranges.ts'
import { formatNumber } from './counts.ts'
import { wordFinding } from './findings.ts'
import { plain, say, type Text } from './wording/text.ts'
import type { Texts } from './wording/wording.ts'

/** Findings that have the same cause and the same cure. */
export interface Group {
  /** Its texts stand for all of the group. */
  first: Finding
  findings: Finding[]
}

/**
 * Groups findings that differ only in environment, endpoint, address, port, place or message, so that a service on twelve
 * addresses is explained once; and those on the same open ports that differ in their explanations as well. Keeps the order of the
 * first of each. Every report of a run asks for them.
 */
export const groupFindings = memoizeFor((findings: readonly Finding[]): Group[] => {
  const keys = new Map<Finding, unknown[]>()
  const explained = groupBy(findings, (finding) => [...listFacts(finding), explanationOf(finding)])
  for (const [index, group] of explained.entries()) {
    const { first } = group
    // Only its explanation tells any other group from the next.
    const isOpenPort = first.kind === 'violation' && first.state === 'open'
    const key = [...listFacts(first), isOpenPort ? formatPorts(group.findings) : index]
    for (const finding of group.findings) keys.set(finding, key)
  }
  return groupBy(findings, (finding) => keys.get(finding) ?? [])
})

function listFacts(finding: Finding): unknown[] {
  const { id, kind, severity, fails, novelty, service, usual, state, reason } = finding
  return [id, kind, severity, fails, novelty, service, usual, state, reason]
}

/** Why and remedy, without what is particular to the finding: the same for all that are explained alike. */
export function explanationOf(finding: Finding): string {
  const { why, remedy } = wordFinding(finding)
  return JSON.stringify([leaveOutNames(finding, why), leaveOutNames(finding, remedy)])
}

/** The ports of some findings as ranges, `22,8000-8010`; empty where they are about none. */
export function formatPorts(findings: readonly Finding[]): string {
  return formatRanges(
    findings.flatMap(({ port, alike }) => {
      if (alike) return alike.ports
      return port === undefined ? [] : [{ from: port, to: port }]
    }),
  )
}

/** The groups of violations and doubts. */
export function groupWorse(findings: readonly Finding[]): Group[] {
  return groupFindings(findings).filter(({ first }) => first.kind !== 'note')
}

/** Most wordings of a group that are shown. */
const MOST_WORDINGS = 3

/**
 * The texts of a group, each wording once; texts that differ only in names and ports count as one: the first, which
 * then says that the others are alike.
 */
export function listWordings({ findings }: Group): Record<keyof Texts, Text[]> {
  const [message, why, remedy] = [createWordings(), createWordings(), createWordings()]
  for (const finding of findings) {
    const texts = wordFinding(finding)
    message.add(finding, texts.message)
    why.add(finding, texts.why)
    remedy.add(finding, texts.remedy)
  }
  return { message: message.list(), why: why.list(), remedy: remedy.list() }
}

/** Collects one text of some findings. */
function createWordings() {
  const wordings = new Map<string, { first: Text; isSame: boolean }>()
  return {
    add(finding: Finding, text: Text): void {
      const key = leaveOutNames(finding, text)
      const known = wordings.get(key)
      if (!known) wordings.set(key, { first: text, isSame: true })
      else known.isSame &&= plain(text) === plain(known.first)
    },
    list(): Text[] {
      const texts = [...wordings.values()].map(({ first, isSame }) =>
        isSame ? first : say`${first} (Likewise for the others.)`,
      )
      const left = texts.length - MOST_WORDINGS
      return left > 0 ? [...texts.slice(0, MOST_WORDINGS), say`and ${formatNumber(left)} more`] : texts
    },
  }
}

/** Puts findings together that have the same values for a key, in the order of the first of each. */
export function groupBy(findings: readonly Finding[], key: (finding: Finding) => unknown[]): Group[] {
  const groups = new Map<string, Group>()
  for (const finding of findings) {
    const value = JSON.stringify(key(finding))
    const group = groups.get(value)
    if (group) group.findings.push(finding)
    else groups.set(value, { first: finding, findings: [finding] })
  }
  return [...groups.values()]
}

/** A text without what is particular to the finding: its names, and its port. */
function leaveOutNames(finding: Finding, text: Text): string {
  const { environment, endpoint, address, port } = finding
  const own = String(port)
  return text
    .map((piece) => {
      if (typeof piece === 'string') return piece
      if ('code' in piece) return leaveOutNames(finding, piece.code)
      const { outside } = piece
      if (outside === endpoint || outside === address || outside === environment) return '\u0000'
      return outside === own ? '\u0001' : outside
    })
    .join('')
}
