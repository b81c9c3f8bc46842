/** What a host has cost this machine so far. */
export interface Effort {
  /** Time spent on handshakes that took unusually long, in milliseconds. */
  dearMs: number
}

/** What to identify, and how to address it. */
export interface Target {
  /** A literal IPv4 or IPv6 address. */
  address: string
  port: number
  /** The DNS name that led to the address, for SNI and `Host`. */
  serverName?: string
  /**
   * The service that the policy names for the port, or that its number suggests (`http` for whatever runs over HTTP).
   * It only chooses which greeting goes first, and how long is listened before.
   */
  hint?: string
  /** What usually listens there takes anything for an order (printers, controllers): nothing is sent. */
  delicate?: boolean
  /** Shared by the ports of a host. */
  effort?: Effort
  /**
   * In which ways it is asked: in all (unless given), by its own greeting, TLS, HTTP and whatever may be inside TLS (`web`),
   * or by the first three only (`own`).
   */
  breadth?: 'all' | 'web' | 'own'
  /** It is asked in a thread of its own, where it may make it compute. */
  isAside?: boolean
  /** How many times as long as usual it may take; 1 unless given. */
  patience?: number
  /** Settles when one connection more may be made. */
  mayConnect?(): Promise<void>
}

/** What a protocol recognised in the data received. */
export interface Recognition {
  /** What the server calls itself, as it came. */
  product?: string
  /** The service that the protocol carries, where it is one of its own. */
  as?: string
  /** What an HTTP server answered, as it came. */
  http?: { status: number; title?: string }
  /** The rest of the answer may add to this. */
  more?: boolean
  /** A service whose own greeting has to fail before this is believed. */
  askFirst?: string
  /** Others may say so as well: only its own greeting tells. */
  isHunch?: true
}

/** What is sent to a port that stays silent. Nothing that writes, logs in or counts as an attack. */
export interface Greeting {
  /** Parts go out one by one, each only if the ones before it got no answer. */
  parts(target: Target): (string | Buffer)[]
  /** How long the first byte of the answer may take after the last part, in milliseconds. */
  patienceMs: number
  /** Looks at an answer that means something only after this greeting. */
  recognise?(heard: Buffer): Recognition | undefined
}

/** How one protocol is distinguished from all others. */
export interface Protocol {
  /** Lower-case id, as in the catalogue. */
  service: string
  /**
   * Looks at all that one connection has said so far (at most 16 KiB, hostile) and is called again as more arrives;
   * so it has to be cheap. Undefined: it is not this protocol, or not enough of it yet.
   */
  recognise(heard: Buffer): Recognition | undefined
  /** Undefined where the server speaks first; `handshake` is TLS's own. */
  greeting?: Greeting | 'handshake'
  /** The service whose greeting it answers, where it has none of its own. */
  greetedAs?: string
  /**
   * What its servers do with the greetings of TLS and HTTP: answer in words that tell them, so that they need no other;
   * or, some of them, keep the connection and wait for more. All others hang up.
   */
  toStrangers?: 'answers' | 'waits'
  /** Its own greeting brings out more than it has said to another's. */
  tellsMore?: true
}
