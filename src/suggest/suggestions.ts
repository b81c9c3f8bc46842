import type { Suggestion } from '../model.ts'

/** What a suggested policy is to say, as data: the writers make lines of it. */
export interface Suggestions {
  hosts: NewHost[]
  endpoints: SeenEndpoint[]
}

/** One allowance to be written. */
export interface NewAllowance {
  /** `22`, or `8000-8010`. */
  port: string
  service?: string
  /** What an allowance of a risky port carries, to be filled in. */
  documents: Suggestion['documents']
  /** What answered: text from the network. */
  answered: string[]
}

/** A name or an address and what is to be allowed there beyond what the policy allows. */
export interface NewHost {
  environment?: string
  kind: 'name' | 'address'
  /** Normalised. */
  host: string
  allow: NewAllowance[]
}

/** An endpoint of the scan, and what could not be seen of it. */
export interface SeenEndpoint {
  environment?: string
  /** As it was scanned, and as it is to be written. */
  endpoint: string
  text: string
  kind: 'name' | 'address' | 'cidr'
  /** Normalised. */
  host: string
  /** A URL names a port that is not among those probed otherwise. */
  needsUrl: boolean
  /** Why it cannot be judged at all: then the policy must not name it. */
  leftOut?: string
  remarks: string[]
}
