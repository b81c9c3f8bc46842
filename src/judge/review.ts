import type { FailOn, Finding, OnDoubt, Place, PolicyChange } from '../model.ts'
import { makeFinding } from './finding.ts'
import { reaches } from './verdict.ts'

/** How a change of the policy compares with what was there before. */
export interface Review {
  changes: PolicyChange[]
  /** Why the two could not be compared; undefined where they were. */
  problem?: string
  /** The lowest severity of a loosening that fails. */
  failOn: FailOn
  /** What it does to the check where there is no review. The policy has no say in it: it may be what is reviewed. */
  onDoubt: OnDoubt
  /** The policy file after the change, for what was taken out of it. */
  file?: string
}

/** Every loosening; and, if there was no review, a finding that says so. */
export function judgeReview(review: Review): Finding[] {
  const loosened = review.changes.filter(({ direction }) => direction === 'loosened')
  const number = createNumbering()
  return [
    ...(review.problem ? [sayUnreviewed(review, review.problem)] : []),
    ...loosened.map((one) => find(one, review, number(one))),
  ]
}

/** What a loosening is about. */
function identify({ part, environments, hosts, ports }: PolicyChange): unknown[] {
  return [part, environments, hosts, ports]
}

/** Numbers changes about the same thing, from 0: each part of `risky-allowances`, each service that may answer on a port. */
function createNumbering(): (change: PolicyChange) => number {
  const counts = new Map<string, number>()
  return (change) => {
    const identity = JSON.stringify(identify(change))
    const count = counts.get(identity) ?? 0
    counts.set(identity, count + 1)
    return count
  }
}

function find(change: PolicyChange, { failOn, onDoubt, file }: Review, nth: number): Finding {
  const { severity, environments, hosts, ports } = change
  const place = change.place ?? topOf(file)
  const [environment, ...more] = environments ?? []
  const [host, ...others] = hosts ?? []
  return makeFinding(
    {
      id: 'policy-loosened',
      kind: reaches(severity, failOn) ? 'violation' : 'note',
      severity,
      ...(environment !== undefined && more.length === 0 ? { environment } : {}),
      ...(host !== undefined && others.length === 0 ? { endpoint: host } : {}),
      ...(ports && /^\d+$/.test(ports) ? { port: Number(ports) } : {}),
      args: { change },
      ...(place ? { place } : {}),
    },
    { failOn, onDoubt },
    [...identify(change), ...(nth > 0 ? [nth] : [])],
  )
}

/** The policy has no line for what it no longer says. */
function topOf(file: string | undefined): Place | undefined {
  return file === undefined ? undefined : { file, line: 1, column: 1 }
}

function sayUnreviewed({ failOn, onDoubt, file }: Review, problem: string): Finding {
  const place = topOf(file)
  return makeFinding(
    {
      id: 'unreviewed-policy',
      // Whoever wants loosenings to fail has to be told that none could be looked for.
      kind: failOn === 'never' ? 'note' : 'doubt',
      severity: failOn === 'never' ? 'info' : 'high',
      args: { problem },
      ...(place ? { place } : {}),
    },
    { failOn, onDoubt },
    [],
  )
}
