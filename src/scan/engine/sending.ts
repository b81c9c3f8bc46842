/** Which probe leaves next. */
import {
  isControlDue,
  momentOf,
  scheduleControl,
  takeRefusedAgain,
  tryAcquireControl,
  tryAcquirePort,
} from './host-controls.ts'
import { type HostRotation, takeTurn } from './host-rotation.ts'
import { type HostScan, hasWork } from './host-scan.ts'
import { countHeld } from './outcomes.ts'
import { countWaiting } from './port-queue.ts'
import type { ProbeContext } from './probe-end.ts'
import { sendControl, sendPort } from './probes.ts'
import { hasRoom } from './socket-budget.ts'
import { hasToken, takeToken } from './token-bucket.ts'
import { BURST } from './tuning.ts'

/**
 * Sends what may leave now, up to a burst. Each host has its turn in it: a socket that was refused connects again before the next
 * look at which sockets have news, where it would be looked at in vain.
 *
 * @returns whether more may leave, once the answers so far have been read
 */
export function sendBurst(context: ProbeContext, rotation: HostRotation, now: number): boolean {
  const burst = Math.max(BURST, rotation.hosts.length)
  for (let sent = 0; sent < burst; sent++) {
    if (!hasRoom(context.sockets, now) || !sendNext(context, rotation, now)) return false
  }
  return true
}

/** Sends the next probe of the next host that may have one. */
function sendNext(context: ProbeContext, rotation: HostRotation, now: number): boolean {
  for (let left = rotation.hosts.length; left > 0; left--) {
    if (sendTo(context, takeTurn(rotation), now)) return true
  }
  return false
}

function sendTo(context: ProbeContext, host: HostScan, now: number): boolean {
  const { limiters } = host.job.target
  if (host.counts.isOver || !hasWork(host)) return false
  if (!limiters.every((bucket) => hasToken(bucket, now))) return false
  if (context.holdsRefusals && countWaiting(host.ports) === 0)
    countHeld(context.outcomes, -takeRefusedAgain(host, now))
  const moment = context.timeoutMs === undefined ? momentOf(host, now) : undefined
  if (moment) scheduleControl(host, moment, context.random)
  const control = moment && isControlDue(host, moment) ? moment : undefined
  const tryToken = control ? tryAcquireControl : tryAcquirePort
  if (!tryToken(host, now, context.random)) return false
  for (const bucket of limiters) takeToken(bucket, now)
  if (control) sendControl(context, host, control)
  else sendPort(context, host, now)
  return true
}
