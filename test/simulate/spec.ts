/** What a simulated network is made of. All of it is JSON, so that a network that fails can be printed, kept and simplified. */

/** What stands in for an answer: nothing, a reset, or an ICMP (or ICMPv6) message that calls something unreachable. */
export type Refusal = 'silence' | 'reset' | 'icmp-port' | 'icmp-host' | 'icmp-net' | 'icmp-admin'

/** What a host, a firewall before it or the way there does. Times are in milliseconds since the scan began. */
export type Trait =
  /** Loses this share of packets, each by itself, on the way there and back. */
  | { kind: 'loss'; there: number; back: number }
  /** At random intervals, the path loses this share of packets for a while (Gilbert–Elliott model). */
  | { kind: 'bursts'; everyMs: number; lastMs: number; loss: number }
  /** SYNs over a rate meet a refusal (nftables: `limit rate over …/second burst …`). */
  | { kind: 'syn-limit'; perSecond: number; burst: number; over: Refusal }
  /** More connections at a time than these meet a refusal; each counts for a while. */
  | { kind: 'connection-limit'; most: number; holdMs: number; over: Refusal }
  /** After a number of SYNs in all, or within a second, all meet a refusal, for a while or for good. */
  | { kind: 'ban'; after: number; within: 'all' | 'second'; by: Refusal; forMs?: number }
  /** Refusals leave at a limited rate: resets (BSD's `icmplim`), or ICMP (Linux's `icmp_ratelimit`). */
  | { kind: 'refusal-limit'; of: 'reset' | 'icmp'; perSecond: number; burst: number }
  /** One open port answers later than the others. */
  | { kind: 'late'; port: number; ms: number }
  /** All ports of a range accept. */
  | { kind: 'tarpit'; from: number; to: number }
  /** Each connection goes to one of several hosts; they differ in what they have open. */
  | { kind: 'backends'; open: number[][] }
  /** A service stops, so that its port refuses. */
  | { kind: 'stops'; port: number; atMs: number }
  /** Nothing gets through for a while, or from then on. */
  | { kind: 'away'; fromMs: number; toMs?: number }
  /** After a number of connections to a port, further ones are dropped. */
  | { kind: 'counted'; port: number; most: number }

export interface HostSpec {
  open: number[]
  /** Ports that are silent though the rest is not. */
  silent: number[]
  /** What all other ports do. */
  rest: Refusal
  rttMs: number
  jitterMs: number
  traits: Trait[]
}

/** The machine that scans. */
export interface MachineSpec {
  /** Sockets that the engine is told it may have. */
  sockets: number
  /** Whether the kernel retransmits after 1, 2, 3 … s (`tcp_syn_linear_timeouts`), or after 1, 3, 7 s. */
  isLinear: boolean
  /** Sockets that there really are, for a while or always, and what `connect` says when there are no more. */
  shortage?: { most: number; error: 'EMFILE' | 'EADDRNOTAVAIL'; fromMs: number; toMs?: number }
  /** The machine has no way out for a while: `connect` itself fails. */
  offline?: { fromMs: number; toMs?: number }
  /** The process is kept from running. */
  stalls: { atMs: number; ms: number }[]
  /** The share of connects that meet themselves. */
  selfConnects: number
}

export interface NetworkSpec {
  /** The seed of everything that is left to chance. */
  seed: number
  machine: MachineSpec
  /** Scanned on every host: 1 to the first number, and those that follow. */
  ports: { upTo: number; more: number[] }
  hosts: HostSpec[]
  /** A firewall that all hosts stand behind. */
  shared: Trait[]
  /** What the policy says. */
  policy: { expected: number[]; required: number[]; maxRate?: number; timeLimitMs?: number }
  /** The job is cancelled. */
  abortAtMs?: number
}

/** The ports that are scanned, ascending. */
export function listScanned({ ports: { upTo, more } }: NetworkSpec): number[] {
  const first = Array.from({ length: upTo }, (_, index) => index + 1)
  return [...first, ...new Set(more.filter((port) => port > upTo))].sort((a, b) => a - b)
}
