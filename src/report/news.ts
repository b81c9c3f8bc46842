/** What is new since the baseline, in few words: the beginning of the first line. */
import type { DriftPort, Finding, Report } from '../model.ts'
import { formatNumber } from './counts.ts'
import { printable } from './escape.ts'
import { groupFindings } from './group.ts'
import { nameGroup, plainService, sayOpen } from './name-group.ts'
import { type Spot, shortenTarget } from './spots.ts'
import { dayOf } from './wording/drift.ts'

/** Most items that are named in the first line, and characters of all but the first. */
const MOST_NAMED = 3
const ROOM = 100

/** Between what is named in one line. */
export const SEPARATOR = ' · '

/** What is new. Either may be empty. */
export interface News {
  /** What fails the check. */
  failing: string
  /** What does not, and says so where something else does; or that nothing is new. */
  others: string
}

/**
 * `new since 2026-06-15: redis open on db.example.com:6379`, or that nothing is; undefined without a baseline. What the policy
 * allows counts, too, and never fails: that a port was opened, or another service answers.
 */
export function sayNews(report: Report): News | undefined {
  const { drift, findings, verdict } = report
  if (!drift) return undefined
  const day = printable(dayOf(drift.baseline.startedAt), 20)
  const by = (novelty: Finding['novelty'], isFailing: boolean) =>
    groupFindings(
      findings.filter(
        (one) => one.kind === 'violation' && one.novelty === novelty && one.fails === isFailing,
      ),
    ).map(nameGroup)
  const accused = new Set(findings.flatMap((one) => (one.kind === 'violation' ? listPlaces(one) : [])))
  const isAllowed = (one: DriftPort) => !accused.has(placeOf(one, one.port))
  const moved = [
    ...drift.opened.filter(isAllowed).map((one) => sayOpen({ service: one.after }, toSpot(one))),
    ...drift.changed.filter(isAllowed).map(sayChanged),
  ]
  const unseen = `not seen on ${day}`
  const failing = sayParts([
    [`new since ${day}`, by('new', true)],
    [unseen, by('not-seen-before', true)],
  ])
  const weight = verdict === 'pass' ? '' : ', not failing'
  const others = sayParts([
    [`${failing ? 'also new' : `new since ${day}`}${weight}`, [...by('new', false), ...moved]],
    [`${unseen}${weight}`, by('not-seen-before', false)],
  ])
  const isAny = failing !== '' || others !== ''
  return { failing, others: isAny ? others : `nothing new since ${day}` }
}

function sayParts(parts: [label: string, names: string[]][]): string {
  return parts
    .filter(([, names]) => names.length > 0)
    .map(([label, names]) => `${label}: ${listSome(names)}`)
    .join('; ')
}

function listSome(names: string[]): string {
  const shown = names.filter(
    (_, index) =>
      index === 0 || (index < MOST_NAMED && names.slice(0, index + 1).join(SEPARATOR).length <= ROOM),
  )
  const left = names.length - shown.length
  return [...shown, ...(left > 0 ? [`${formatNumber(left)} more`] : [])].join(SEPARATOR)
}

function sayChanged(one: DriftPort): string {
  const before = plainService(one.before)
  const was = before === undefined ? '' : `, was ${before}`
  return `${plainService(one.after) ?? 'another service'} on ${shortenTarget(toSpot(one))}${was}`
}

function toSpot({ endpoint, address, port }: DriftPort): Spot {
  return { endpoint, addresses: [address], ports: String(port) }
}

type Where = Pick<Finding, 'environment' | 'endpoint' | 'address'>

function placeOf({ environment, endpoint, address }: Where, port: number): string {
  return JSON.stringify([environment, endpoint, address, port])
}

function listPlaces(finding: Finding): string[] {
  const { port, alike } = finding
  const ranges = alike?.ports ?? (port === undefined ? [] : [{ from: port, to: port }])
  return ranges.flatMap(({ from, to }) =>
    Array.from({ length: to - from + 1 }, (_, index) => placeOf(finding, from + index)),
  )
}
