/** The texts of all findings: the general help for each id, and the message of a single finding. */
import { FINDING_IDS, type Finding, type FindingId, type FindingKind, KIND_OF } from '../model.ts'
import { countPorts } from '../port-ranges.ts'
import { count, formatNumber } from './counts.ts'
import { expiringAllowance, undocumentedAllowance, unusedAllowance } from './wording/allowances.ts'
import { startedRefusing, wentSilent } from './wording/bans.ts'
import { canaryNotOpen, silentRun } from './wording/canaries.ts'
import { closedSinceBaseline, openedSinceBaseline } from './wording/drift.ts'
import { answersEverywhere } from './wording/everywhere.ts'
import { incompleteScan } from './wording/incomplete.ts'
import { nameOfHost } from './wording/names.ts'
import { addressesDiffer, certificateExpiring, cleartext, untestablePort } from './wording/notes.ts'
import { deniedOpenPort, expiredAllowance, unexpectedOpenPort, wrongService } from './wording/open-ports.ts'
import { listPorts } from './wording/ports.ts'
import { requiredPortNotOpen } from './wording/required.ts'
import { noIpv6Here, unresolvedHost } from './wording/resolution.ts'
import { staleResults, unstatedCoverage } from './wording/results.ts'
import { policyLoosened, unreviewedPolicy } from './wording/review.ts'
import { missingShard } from './wording/shards.ts'
import { silentHost, unreachableHost } from './wording/silence.ts'
import { code, say, sentences, type Text, written } from './wording/text.ts'
import { unidentifiedService } from './wording/unidentified.ts'
import type { Help, Texts, Wording } from './wording/wording.ts'

const WORDINGS: { [Id in FindingId]: Wording<Id> } = {
  'unexpected-open-port': unexpectedOpenPort,
  'denied-open-port': deniedOpenPort,
  'expired-allowance': expiredAllowance,
  'required-port-not-open': requiredPortNotOpen,
  'wrong-service': wrongService,
  'undocumented-allowance': undocumentedAllowance,
  'policy-loosened': policyLoosened,
  'unresolved-host': unresolvedHost,
  'unreachable-host': unreachableHost,
  'silent-run': silentRun,
  'went-silent': wentSilent,
  'started-refusing': startedRefusing,
  'canary-not-open': canaryNotOpen,
  'answers-everywhere': answersEverywhere,
  'unidentified-service': unidentifiedService,
  'incomplete-scan': incompleteScan,
  'missing-shard': missingShard,
  'unstated-coverage': unstatedCoverage,
  'stale-results': staleResults,
  'no-ipv6-here': noIpv6Here,
  'unreviewed-policy': unreviewedPolicy,
  'expiring-allowance': expiringAllowance,
  'unused-allowance': unusedAllowance,
  'addresses-differ': addressesDiffer,
  'untestable-port': untestablePort,
  cleartext,
  'certificate-expiring': certificateExpiring,
  'silent-host': silentHost,
  'opened-since-baseline': openedSinceBaseline,
  'closed-since-baseline': closedSinceBaseline,
}

/** What a finding means, and its kind. */
export interface FindingHelp extends Help {
  kind: FindingKind
}

/** Every finding, worst kind first. The keys are the ids, which are also the headings of `docs/findings.md`. */
export const FINDINGS = Object.fromEntries(
  Object.values(FINDING_IDS)
    .flat()
    .map((id) => [id, { kind: KIND_OF[id], ...WORDINGS[id].help }]),
) as Record<FindingId, FindingHelp>

function wordingOf(id: FindingId): Wording<FindingId> {
  return WORDINGS[id]
}

/** A finding in a few words that need no explanation; undefined for a note. */
export function wordInFew({ id }: Finding, where: string, open: string): string | undefined {
  return wordingOf(id).inFew?.(where, open)
}

/** All texts of a finding. */
export function wordFinding(finding: Finding): Texts {
  const { id, alike } = finding
  const texts = wordingOf(id).say(alike ? { ...finding, port: alike.first } : finding)
  return {
    ...texts,
    message: sentences(sayAll(finding, texts.message), sayFloor(finding), sayIgnored(finding)),
  }
}

/** The message, for all findings that this one stands for. */
function sayAll(finding: Finding, message: Text): Text {
  const { id, alike, more } = finding
  if (more !== undefined) return say`${formatNumber(more)} more ${wordingOf(id).more ?? []}`
  if (!alike) return message
  const which = say`${count(countPorts(alike.ports), 'port')} of ${nameOfHost(finding)} are alike: ${listPorts(alike.ports)}.`
  return say`${which} The first: ${message}`
}

/** Where a floor says what governs a finding: its place in the policy is the line that names the floor. */
function sayFloor({ place }: Finding): Text | undefined {
  if (!place?.floor) return undefined
  const { file, line, column } = place.floor
  return say`The rule is in the floor: ${code(say`${file}:${line}:${column}`)}.`
}

/** Who accepts a finding, and until when; or who did. */
function sayIgnored({ ignored, wasIgnored }: Finding): Text | undefined {
  if (wasIgnored)
    return say`It was ignored until ${wasIgnored.expires}${sayOwner(wasIgnored)}, and counts again.`
  if (!ignored) return undefined
  const until = ignored.expires === undefined ? [] : say` until ${ignored.expires}`
  return say`Ignored${until}${sayOwner(ignored)}: ${written(ignored.reason.replace(/\.$/, ''))}.`
}

function sayOwner({ owner }: { owner?: string }): Text {
  return owner === undefined ? [] : say` (owner: ${owner})`
}
