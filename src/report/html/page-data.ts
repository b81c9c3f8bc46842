/** What the page's program is given: all texts are printable, and are shown as text. */
import type { FindingKind, Novelty, Posture, Severity } from '../../model.ts'
import type { Standing } from '../open-ports.ts'

export interface PageData {
  /** Texts that findings have in common, which refer to them by number. */
  texts: string[]
  hosts: PageHost[]
  /** How many hosts there are besides. */
  hostsLeft: number
  /** Worst first. */
  findings: PageFinding[]
  /** How many more there are than a browser can hold. */
  left: number
  /** Links to the page of each finding, by its id; empty where it is not known where that is. */
  pages: Record<string, string>
}

/** `unfailing`: a violation that does not fail the check. */
export type PageStanding = Standing | 'unfailing'

export interface PageHost {
  /** The endpoint, or an address of a block. */
  name: string
  /** What else distinguishes it from others. */
  context: string
  posture: Posture
  open: PagePort[]
  /** Further open ports of a host that has very many: those that have a column, how many others, and how they stand. */
  rest?: { ports: number[]; others: number; standing: PageStanding }
  /** Required ports that are not open. */
  missing: number[]
  /** Columns of which nothing is known. */
  unknown: number[]
  /** The beginning of the list of all such ports, as ranges, and their number. */
  unseen: string
  unseenPorts: number
}

export interface PagePort {
  port: number
  /** What answers, and what it calls itself. */
  service: string
  detail: string
  standing: PageStanding
  /** Of the violation, else how bad it is to have it exposed. */
  severity?: Severity
  rttMs?: number
}

export interface PageFinding {
  id: string
  kind: FindingKind
  severity: Severity
  /** Findings of one number have one cause and one cure, and are shown together. */
  group: number
  /** Those of a group that have the same number are explained alike; 0 where it is left out. */
  explanation?: number
  fails?: true
  where: string
  /** The host's name alone, to filter by. */
  host?: string
  service?: string
  /** `open (syn-ack)`. */
  state?: string
  message: string
  /** Numbers of texts. */
  why: number
  remedy: number
  /** The line for the policy, as the number of a text. */
  allow?: number
  /** The port that commands can close, and whether people reach the host by it. */
  close?: number
  wayIn?: true
  /** Where the policy governs it, and its address. */
  place?: string
  link?: string
  /** Numbers of texts: addresses of what the catalogue is taken from. */
  sources?: number[]
  novelty?: Novelty
  since?: string
}
