import type { BaselineViolation, Finding, KnownViolations, Novelty } from '../model.ts'
import { inSorted } from '../port-ranges.ts'
import type { Earlier } from './baseline.ts'
import type { HostCase } from './host.ts'
import { siteOf } from './sight.ts'
import { isAtLeast } from './verdict.ts'

/** The baseline of violations, and what happens to those that it has. */
export interface Comparison {
  earlier: Earlier
  knownViolations: KnownViolations
  /** When this run began, ISO 8601. */
  startedAt: string
}

/**
 * A finding, and of a violation how it stands to the baseline and since when there has been one. Findings of a host are given one by
 * one, before they are told together: a new port must not hide among known ones.
 *
 * @param about the host that it is about; undefined where it is about none
 */
export function compareFinding(finding: Finding, comparison: Comparison, about?: HostCase): Finding {
  if (finding.kind !== 'violation') return finding
  const { earlier, knownViolations, startedAt } = comparison
  const before = findKnown(finding, earlier, about)
  if (!before) return { ...finding, novelty: rateUnknown(finding, earlier), since: startedAt }
  return {
    ...finding,
    novelty: 'known',
    since: sinceOf(before, earlier.baseline.startedAt),
    fails: finding.fails && knownViolations === 'fail',
  }
}

/** No later than the baseline itself, whatever it says. */
function sinceOf({ since }: BaselineViolation, startedAt: string): string {
  return since !== undefined && since < startedAt ? since : startedAt
}

function findKnown(finding: Finding, earlier: Earlier, about?: HostCase): BaselineViolation | undefined {
  // A change of the policy is always new, and findings that were only counted cannot be compared.
  if (finding.id === 'policy-loosened' || finding.more !== undefined) return undefined
  const before = about ? findOnSite(finding, earlier, about) : earlier.violationBy(finding.fingerprint)
  return before && isNoWorse(finding, before) ? before : undefined
}

/**
 * What the baseline has at the address. Where it has not seen that address of a name, the name counts, as it does for the
 * fingerprint: but only if all addresses that it has seen had the violation.
 */
function findOnSite(finding: Finding, earlier: Earlier, about: HostCase): BaselineViolation | undefined {
  const { id, fingerprint, port } = finding
  const { environment, endpoint } = about.host
  const site = siteOf(about.host)
  const here = earlier.violationAt(site, fingerprint, id, port)
  if (here || about.planned.endpoint.kind !== 'name' || earlier.sightAt(site)) return here
  const others = earlier.sightsOf(environment, endpoint).map(([other]) => {
    const there = earlier.violationAt(other, fingerprint, id, port)
    return there && isNoWorse(finding, there) ? there : undefined
  })
  return others.every(Boolean) ? others[0] : undefined
}

/** Redis where SSH was is another violation, and so is one that has become more severe. */
function isNoWorse({ severity, service }: Finding, before: BaselineViolation): boolean {
  const isOther = service !== undefined && before.service !== undefined && service !== before.service
  return !isOther && isAtLeast(before.severity, severity)
}

/** Whether the baseline has seen the place of a violation that it does not have. */
function rateUnknown(finding: Finding, { baseline, sightAt }: Earlier): Novelty {
  const { id, environment, address, port, more } = finding
  if (id === 'policy-loosened') return 'new'
  if (more !== undefined) return 'not-seen-before'
  if (address === undefined) {
    const isSeen = environment === undefined || baseline.environments.includes(environment)
    return isSeen ? 'new' : 'not-seen-before'
  }
  const sight = sightAt(siteOf(finding))
  const isSeen = sight && port !== undefined && (sight.open.has(port) || inSorted(sight.shut, port))
  return isSeen ? 'new' : 'not-seen-before'
}
