import type { FindingId } from '../model.ts'

/** What a policy may ignore: a doubt or a note, and whether it is about a host. */
interface Ignorable {
  kind: 'doubt' | 'note'
  isOfHost: boolean
}

const ofHost = (kind: Ignorable['kind']): Ignorable => ({ kind, isOfHost: true })
const ofRun = (kind: Ignorable['kind']): Ignorable => ({ kind, isOfHost: false })

/**
 * Doubts and notes that a policy may ignore: never a violation, nor what a review of the policy itself says.
 */
export const IGNORABLE: Partial<Record<FindingId, Ignorable>> = {
  'unresolved-host': ofHost('doubt'),
  'unreachable-host': ofHost('doubt'),
  'went-silent': ofHost('doubt'),
  'started-refusing': ofHost('doubt'),
  'answers-everywhere': ofHost('doubt'),
  'unidentified-service': ofHost('doubt'),
  'incomplete-scan': ofHost('doubt'),
  'no-ipv6-here': ofHost('doubt'),
  'silent-run': ofRun('doubt'),
  'canary-not-open': ofRun('doubt'),
  'addresses-differ': ofHost('note'),
  'untestable-port': ofHost('note'),
  cleartext: ofHost('note'),
  'certificate-expiring': ofHost('note'),
  'silent-host': ofHost('note'),
  'expiring-allowance': ofRun('note'),
  'unused-allowance': ofRun('note'),
}

/** The ids of `IGNORABLE`, for the schema. */
export const IGNORABLE_IDS = Object.keys(IGNORABLE) as FindingId[]
