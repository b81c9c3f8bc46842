/** What the engine has found, and who receives it. */
import type { Outcome } from '../../model.ts'
import type { HostJob } from './host-scan.ts'
import type { Positions } from './port-queue.ts'

/** Receives the outcomes. */
export interface Listener {
  onOutcome(job: HostJob, position: number, outcome: Outcome, rttMs: number): void
  /** One outcome of many ports, such as those that a host refuses, or that are left when a time limit ends a scan. */
  onOutcomes(job: HostJob, positions: Positions, outcome: Outcome): void
  /**
   * Called a few times a second.
   *
   * @param settled how many ports have answered, or been silent for long enough; fewer than before where they have to be probed again
   */
  onTick?(settled: number): void
}

interface State {
  readonly listener: Listener
  /** How many ports have an outcome that was reported, or is held back. */
  settled: number
}

/** Only the functions of this file change it. */
export type Outcomes = Readonly<State>

export function createOutcomes(listener: Listener): Outcomes {
  return { listener, settled: 0 }
}

export function tell(outcomes: State, job: HostJob, position: number, outcome: Outcome, rttMs: number): void {
  outcomes.settled += 1
  outcomes.listener.onOutcome(job, position, outcome, rttMs)
}

export function tellAll(outcomes: State, job: HostJob, positions: Positions, outcome: Outcome): void {
  if (positions.length === 0) return
  outcomes.settled += positions.length
  outcomes.listener.onOutcomes(job, positions, outcome)
}

/** Counts outcomes that are held back, or uncounts them. */
export function countHeld(outcomes: State, count: number): void {
  outcomes.settled += count
}
