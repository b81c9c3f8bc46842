import { type Allowance, type HostRule, type PlannedEndpoint, type Policy, SEVERITIES } from '../model.ts'
import type { Strictness } from './finding.ts'

/** An allowance with what surrounds it in the policy. */
export interface Written {
  environment?: string
  rule: HostRule
  allowance: Allowance
  strictness: Strictness
}

/** All allowances of a policy that hold in the environments of some endpoints. */
export function listAllowances(policy: Policy, endpoints: PlannedEndpoint[]): Written[] {
  const used = new Map<string | undefined, PlannedEndpoint[]>()
  for (const planned of endpoints) {
    const known = used.get(planned.environment)
    if (known) known.push(planned)
    else used.set(planned.environment, [planned])
  }
  const strictest = (of: PlannedEndpoint[]): Strictness => {
    const rank = ({ failOn }: Strictness) => (failOn === 'never' ? -1 : SEVERITIES.indexOf(failOn))
    return [...of].sort((a, b) => rank(b) - rank(a))[0] ?? { failOn: 'low', onDoubt: 'fail' }
  }
  const listOf = (rules: HostRule[], strictness: Strictness, environment?: string): Written[] =>
    rules.flatMap((rule) =>
      rule.allow.map((allowance) => ({
        rule,
        allowance,
        strictness,
        ...(environment ? { environment } : {}),
      })),
    )
  return [
    ...listOf(policy.hosts, strictest(endpoints)),
    ...policy.environments
      .filter(({ name }) => used.has(name))
      .flatMap(({ name, hosts }) => listOf(hosts, strictest(used.get(name) ?? []), name)),
  ]
}
