import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Policy, PortRange, ScanPlan, ScanResult } from '../model.ts'

/** The input of a suggestion: what was seen of a plan, and the existing policy, which may be empty. */
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
