import type { Outcome } from '../../model.ts'
import type { Connection } from '../connect/connector.ts'

interface Common {
  readonly port: number
  readonly startedAt: number
  /** It ends before the kernel retransmits its SYN. */
  readonly isSingleSyn: boolean
  /** Probes a millisecond among which it left. */
  readonly load: number
  /** Undefined once its socket is gone. */
  connection: Connection | undefined
  isDone: boolean
}

/** The probe of a port that is to be learnt about. */
export interface PortProbe extends Common {
  readonly kind: 'port'
  /** In the target's ports. */
  readonly position: number
  /** What the network said of the port, where that is believed only if control ports answered at the time. */
  answer: Outcome | undefined
}

/** The probe of a port that is known to answer. */
export interface ControlProbe extends Common {
  readonly kind: 'control'
  /** In the loss estimator. */
  readonly number: number
}

/** One connect under way; only probes.ts changes it. */
export type Probe = PortProbe | ControlProbe
