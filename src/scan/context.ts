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

/** What the scan needs beside its plan. */
export interface ScanContext {
  /** Ends the scan with what it has. */
  signal: AbortSignal
  env: NodeJS.ProcessEnv
  /** What probably listens on a port, of whatever host: who is probed with care. */
  serviceOn: (port: number) => string | undefined
  /** What the policy and the number of a port say of one address: it is asked for that first. */
  createGuesses: CreateGuesses
  /** Whether what usually listens on a port takes anything for an order, so that nothing may be sent to it. */
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
  /** Told once how such a wait has ended. */
  onWaited?(waited: Waited): void
  onProgress?(progress: Progress): void
  /** Told what the engine decides about each host. */
  onTrace?(record: TraceRecord): void
}
