import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Policy, PortRange, ScanPlan, ScanResult } from '../model.ts'

/** What a policy is suggested from: what was seen of a plan, and the policy that there is, which may say nothing. */
export interface Evidence {
  policy: Policy
  plan: ScanPlan
  scan: Pick<ScanResult, 'hosts' | 'unseen'>
  catalogue: Catalogue
  /** Allowances are suggested as of this day, in UTC. */
  now: Date
  /** Ports that were open in some of several reports only: they are not taken for open. */
  unsteady?: Unsteady[]
}

/** Ports of an address that were open in some reports and not in others that have seen them. */
export interface Unsteady {
  environment?: string
  endpoint: string
  address: string
  ports: PortRange[]
}
