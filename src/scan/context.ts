/** What the stages of a scan are given, types only. */
import type { Identified, PlannedEndpoint, RequiredPort, Waited } from '../model.ts'
import type { TraceRecord } from './engine/trace.ts'
import type { CreateGuesses } from './phases/questions.ts'
import type { Refuses } from './targets/locate.ts'

/** How far a scan has come. */
export interface Progress {
  phase:
    | 'waiting for required ports'
    | 'resolving names'
    | 'probing ports'
    | 'confirming'
    | 'identifying services'
  done: number
  total: number
  /** Open ports so far. */
  open: number
}

/** What is required on an address of an endpoint on a day; empty: the address of a name that has none yet. */
type ListRequired = (planned: PlannedEndpoint, address: string, now: Date) => RequiredPort[]

/** What the scan needs besides its plan. */
export interface ScanContext {
  /** Ends the scan with what it has. */
  signal: AbortSignal
  env: NodeJS.ProcessEnv
  /** What probably listens on a port of any host: services that mind connections are probed with care. */
  serviceOn: (port: number) => string | undefined
  /** The service to try first on a port of one address, by the policy or by the port's number. */
  createGuesses: CreateGuesses
  /** Whether the usual service on a port obeys any input it gets (printers, controllers), so that nothing may be sent to it. */
  isDelicate: (port: number) => boolean
  /** Whether what usually listens on a port is a high or critical risk. */
  isGrave: (port: number) => boolean
  /** Whether an address may not be probed: it, and the name that led to it. */
  refuses: Refuses
  /** Whether the policy excludes an address. */
  excludes?(address: string): boolean
  /** How long to wait for required ports before the scan, in milliseconds. */
  waitMs?: number
  listRequired: ListRequired
  /** Whether what answered is a service that the policy names. */
  isService(found: Identified, service: string): boolean
  /** Called once, when that wait has ended. */
  onWaited?(waited: Waited): void
  onProgress?(progress: Progress): void
  /** Receives what the engine decides about each host. */
  onTrace?(record: TraceRecord): void
}
