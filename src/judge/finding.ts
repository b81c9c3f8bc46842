import { createHash } from 'node:crypto'
import type { Finding, FindingId, FindingKind, PlannedEndpoint } from '../model.ts'
import { reaches } from './verdict.ts'

/** What a finding is, where its own rule does not say otherwise. */
const KINDS: Record<FindingId, FindingKind> = {
  'unexpected-open-port': 'violation',
  'denied-open-port': 'violation',
  'expired-allowance': 'violation',
  'required-port-not-open': 'violation',
  'wrong-service': 'violation',
  'undocumented-allowance': 'violation',
  'policy-loosened': 'note',
  'unresolved-host': 'doubt',
  'unreachable-host': 'doubt',
  'silent-run': 'doubt',
  'canary-not-open': 'doubt',
  'went-silent': 'doubt',
  'started-refusing': 'doubt',
  'answers-everywhere': 'doubt',
  'unidentified-service': 'doubt',
  'incomplete-scan': 'doubt',
  'no-ipv6-here': 'doubt',
  'unreviewed-policy': 'note',
  'expiring-allowance': 'note',
  'unused-allowance': 'note',
  'addresses-differ': 'note',
  'untestable-port': 'note',
  cleartext: 'note',
  'certificate-expiring': 'note',
  'silent-host': 'note',
}

/** What decides whether a finding fails the check. */
export type Strictness = Pick<PlannedEndpoint, 'failOn' | 'onDoubt'>

/** All that a finding says before it is known what it does to the check; its kind only where the id does not tell. */
export type Facts = Omit<Finding, 'kind' | 'fingerprint' | 'fails'> & Partial<Pick<Finding, 'kind'>>

/**
 * Makes a finding whole.
 *
 * @param identity what tells it from others of its id from run to run: no line numbers, no wording
 */
export function makeFinding(facts: Facts, strictness: Strictness, identity: unknown[]): Finding {
  const { kind = KINDS[facts.id] } = facts
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
