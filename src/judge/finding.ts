import { createHash } from 'node:crypto'
import { type Finding, type FindingId, type FindingOf, KIND_OF, type PlannedEndpoint } from '../model.ts'
import { reaches } from './verdict.ts'

/** What decides whether a finding fails the check. */
export type Strictness = Pick<PlannedEndpoint, 'failOn' | 'onDoubt'>

/** What is known of a finding only once it is complete. */
type Made = 'kind' | 'fingerprint' | 'fails'

/** A finding before its effect on the check is known; with its kind only if the id does not imply it. */
export type Facts = {
  [Id in FindingId]: Omit<FindingOf<Id>, Made> & Partial<Pick<FindingOf<Id>, 'kind'>>
}[FindingId]

/**
 * Completes a finding.
 *
 * @param identity what tells it from others of its id from run to run: no line numbers, no wording
 */
export function makeFinding(facts: Facts, strictness: Strictness, identity: unknown[]): Finding {
  const { kind = KIND_OF[facts.id] } = facts
  const fails =
    kind === 'violation'
      ? reaches(facts.severity, strictness.failOn)
      : kind === 'doubt' && strictness.onDoubt === 'fail'
  return { ...facts, kind, fails, fingerprint: fingerprint([facts.environment, facts.id, ...identity]) }
}

/** 32 hex digits of a SHA-256. */
function fingerprint(identity: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32)
}
