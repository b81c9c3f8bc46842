/** What every reader of results has in common: what it is given, what it hands on, and how it refuses. */
import type { OpenPort, PortRange, Reason } from '../model.ts'

/** An open port as a file states it. */
export interface StatedPort extends Omit<OpenPort, 'rttMs'> {
  /** The file does not say what answers there. Unset if the scanner tried to find out, even in vain. */
  isUnasked?: true
}

/** Ports in a state that is not open, and why. */
export interface StatedPorts {
  ports: readonly PortRange[]
  reason: Reason
}

/** What a file states of one address, in one place: a scanner may write a host for each open port. */
export interface StatedHost {
  /** As it is written; a text that is not an address is skipped. */
  address: string
  /** The names that the scanner was given, never those that it found by looking up the address. */
  names: readonly string[]
  open: StatedPort[]
  closed?: StatedPorts[]
  filtered?: StatedPorts[]
  unknown?: StatedPorts[]
  /** Of which environment of the policy it is, and that whatever is tried there is open: Portgate's own reports say so. */
  environment?: string
  isEverywhere?: true
  /** The scanner gave the host up before it was done: what is not stated has not been seen. */
  gaveUp?: Reason
}

/** What a file says of itself. Later statements add to earlier ones. */
export interface StatedScan {
  tool?: string
  version?: string
  /** In milliseconds since 1970. */
  startedAt?: number
  finishedAt?: number
  /** The file has times without a zone: they are read as UTC, and may be off by as much as zones are. */
  isLocalTime?: true
  /** All addresses of every name were scanned, not only the first. */
  hasAllAddresses?: true
}

/** An endpoint that a report could not see as a whole. */
export interface StatedGap {
  environment?: string
  endpoint: string
  kind: 'unresolved' | 'no-ipv6'
  detail: string
  address?: string
}

/** Takes what a file states. */
export interface Sink {
  scan(facts: StatedScan): void
  host(host: StatedHost): void
  gap(gap: StatedGap): void
}

/** Reads one file, piece by piece. Whatever is wrong is a `ResultsError`. */
export interface Reader {
  write(text: string): void
  /** The file is over; throws where it should not be. */
  end(): void
}

/** A place in a file, both from 1; columns in UTF-16 code units. */
export interface Position {
  line: number
  column: number
}

/** A file that cannot be used. It quotes nothing of the file, which may hold anything. */
export class ResultsError extends Error {
  override name = 'ResultsError'
  readonly position: Position

  constructor(position: Position, message: string) {
    super(message)
    this.position = position
  }
}

/** The error for a file that ends too early. */
export const CUT_OFF = 'the file ends here, before the scan does: it was cut off, or the scan was'
