/** What a report says that readers want to hear of again only if it changes, in digests that fit into a mark. */
import { createHash } from 'node:crypto'
import type { Finding, Report } from '../model.ts'
import { formatRanges } from '../port-ranges.ts'
import { type Group, groupFindings } from './group.ts'

/** What was said: all of it as one digest, and each violation and doubt as a short one. */
export interface Said {
  /** 32 hex digits. */
  digest: string
  /** 12 hex digits each, as many as a mark has room for; all of them unless `isCut`. */
  items: readonly string[]
  isCut: boolean
}

/** Findings that a mark names; 1,000 take 13 KB of the 64 KB that a comment has. */
const MOST_ITEMS = 1_000

/**
 * What a report says. Times, commits, counts of probes, notes, and whether the baseline has a violation are left out: none of them is
 * news. So are the ports of a doubt: how many stay unknown is a matter of luck.
 */
export function listSaid({ verdict, mode, findings, policyChanges }: Report): Said {
  const items = digestFindings(findings).map(([, item]) => item)
  const changes = policyChanges.map(({ direction, severity, message }) => [direction, severity, message])
  return {
    digest: digest([verdict, mode, [...items].sort(), changes], 32),
    items: items.slice(0, MOST_ITEMS),
    isCut: items.length > MOST_ITEMS,
  }
}

/** What is said where nothing was judged. */
export function listSaidOf(text: string): Said {
  return { digest: digest(text, 32), items: [], isCut: false }
}

/** The violations and doubts that were not said before, put together; undefined where nobody can tell. */
export function findUnsaid({ findings }: Report, before: Said): Group[] | undefined {
  if (before.isCut) return undefined
  const said = new Set(before.items)
  return groupFindings(digestFindings(findings).flatMap(([one, item]) => (said.has(item) ? [] : [one])))
}

/** As invisible text. */
export function writeSaid({ digest, items, isCut }: Said): string {
  return `<!-- said ${[digest, ...items, ...(isCut ? ['more'] : [])].join(' ')} -->`
}

/** Reads what `writeSaid` has written; undefined for any other text. */
export function readSaid(text: string): Said | undefined {
  const [, digest, list = ''] =
    /^<!-- said ([0-9a-f]{32})((?: [0-9a-f]{12})*(?: more)?) -->$/.exec(text) ?? []
  if (digest === undefined) return undefined
  const words = list.split(' ').filter(Boolean)
  return { digest, items: words.filter((word) => word !== 'more'), isCut: words.includes('more') }
}

/**
 * Violations and doubts, each with its digest. The addresses of a name come and go, so they are not in it: where several are alike, each
 * is one more of them.
 */
function digestFindings(findings: readonly Finding[]): [Finding, string][] {
  const counts = new Map<string, number>()
  return findings
    .filter(({ kind }) => kind !== 'note')
    .map((finding) => {
      const content = JSON.stringify(listContent(finding))
      const nth = counts.get(content) ?? 0
      counts.set(content, nth + 1)
      return [finding, digest([content, nth], 12)]
    })
}

function listContent({ fingerprint, kind, severity, fails, service, alike, more }: Finding): unknown[] {
  const isViolation = kind === 'violation'
  const ports = isViolation && alike ? formatRanges(alike.ports) : ''
  return [fingerprint, severity, fails, isViolation ? service : undefined, ports, more]
}

function digest(value: unknown, length: number): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, length)
}
