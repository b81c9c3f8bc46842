/** Which hosts of a pass take turns. */
import { createHostScan, type HostJob, type HostScan } from './host-scan.ts'

/** Hosts that take turns at a time; the others follow as these are done. */
export const MOST_HOSTS = 256

interface State {
  /** Those that take turns, and whose turn it is. */
  hosts: HostScan[]
  turn: number
  /** Those whose turn is to come, and whether there are none. */
  readonly coming: Iterator<HostJob>
  isLast: boolean
}

/** Only the functions of this file change it. */
export type HostRotation = Readonly<Omit<State, 'hosts'>> & { readonly hosts: readonly HostScan[] }

export function createHostRotation(jobs: HostJob[]): HostRotation {
  return { hosts: [], turn: 0, coming: jobs.values(), isLast: false }
}

/** Adds hosts while there is room, without those that need no turn. */
export function takeIn(rotation: HostRotation, now: number, needsTurn: (host: HostScan) => boolean): void {
  const state = rotation as State
  while (!state.isLast && state.hosts.length < MOST_HOSTS) {
    const { value, done } = state.coming.next()
    if (done) state.isLast = true
    else {
      const host = createHostScan(value, now)
      if (needsTurn(host)) state.hosts.push(host)
    }
  }
}

/** The host whose turn is next. */
export function takeTurn(rotation: HostRotation): HostScan {
  const state = rotation as State
  state.turn = (state.turn + 1) % state.hosts.length
  return state.hosts[state.turn] as HostScan
}

/** Drops hosts that are done. */
export function dropOver(rotation: HostRotation): void {
  const state = rotation as State
  state.hosts = state.hosts.filter(({ counts }) => !counts.isOver)
}

export function isEmpty({ isLast, hosts }: HostRotation): boolean {
  return isLast && hosts.length === 0
}
