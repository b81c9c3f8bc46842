/** How many sockets are open, and how many may be. */
import { FEWEST_SOCKETS, SHORTAGE_PATIENCE_MS, SHORTAGE_PAUSE_MS, SHORTAGE_SHARE } from './tuning.ts'

interface State {
  open: number
  most: number
  /** After a shortage, nothing is sent before this time. */
  pausedUntil: number
  /** Since when probes fail for want of sockets, and none gets through. */
  shortSince: number | undefined
}

/** Only the functions of this file change it. */
export type SocketBudget = Readonly<State>

export function createSocketBudget(most: number): SocketBudget {
  return { open: 0, most, pausedUntil: 0, shortSince: undefined }
}

export function hasRoom({ open, most, pausedUntil }: SocketBudget, now: number): boolean {
  return open < most && now >= pausedUntil
}

export function noteOpened(sockets: State): void {
  sockets.open += 1
}

export function noteClosed(sockets: State): void {
  sockets.open -= 1
}

/** Notes that a probe got through, whatever came of it. */
export function endShortage(sockets: State): void {
  sockets.shortSince = undefined
}

/** Leaves the rest of the sockets to another thread. */
export function limitTo(sockets: State, most: number): void {
  sockets.most = Math.min(sockets.most, most)
}

/** Makes do with fewer sockets: this machine is short of descriptors or source ports. */
export function reduce(sockets: State, now: number): void {
  limitTo(sockets, Math.max(FEWEST_SOCKETS, Math.floor(sockets.open * SHORTAGE_SHARE)))
  sockets.pausedUntil = now + SHORTAGE_PAUSE_MS
  sockets.shortSince ??= now
}

/** Whether a shortage lasts, although fewer sockets are open. */
export function isShortForGood({ shortSince }: SocketBudget, now: number): boolean {
  return shortSince !== undefined && now - shortSince > SHORTAGE_PATIENCE_MS
}
