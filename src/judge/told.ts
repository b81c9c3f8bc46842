import type { Finding, Severity } from '../model.ts'
import { makeFinding, type Strictness } from './finding.ts'
import { isAtLeast, reaches } from './verdict.ts'

/** A remark about a line of the policy. */
export interface Remark {
  severity: Severity
  strictness: Strictness
  /** Makes the finding, if it is reported: there may be a hundred thousand remarks. */
  tell(): Finding
}

/** How many remarks of one kind are reported individually; the others are counted. */
const MOST_TOLD = 500

/** Reports the worst, failing ones first, and the rest as one finding, as severe as the worst of them. */
export function tellWorst(remarks: Remark[]): Finding[] {
  if (remarks.length <= MOST_TOLD) return remarks.map(({ tell }) => tell())
  const sorted = remarks.toSorted(compare)
  const told = sorted.slice(0, MOST_TOLD).map(({ tell }) => tell())
  const [next] = sorted.slice(MOST_TOLD) as [Remark]
  const { environment: _environment, port: _port, service: _service, ...worst } = next.tell()
  const more = sorted.length - MOST_TOLD
  return [...told, makeFinding({ ...worst, more }, next.strictness, ['more'])]
}

function compare(a: Remark, b: Remark): number {
  const fails = ({ severity, strictness }: Remark) => Number(reaches(severity, strictness.failOn))
  if (a.severity === b.severity) return fails(b) - fails(a)
  return fails(b) - fails(a) || (isAtLeast(a.severity, b.severity) ? -1 : 1)
}
