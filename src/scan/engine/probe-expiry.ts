/** Probes that have timed out. */
import { SILENT, UNDONE } from '../outcome.ts'
import { canProbe, hasControl, noteAnswer } from './control-ports.ts'
import { describeCircumstances, fullTimeoutOf, type HostScan, singleSynTimeoutOf } from './host-scan.ts'
import { forEachExpired } from './in-flight.ts'
import { settleControl } from './loss-estimator.ts'
import {
  awaitControl,
  isVerifiedSince,
  keepDoubt,
  keepUnverified,
  takeAwaiting,
  weighSilence,
} from './no-response.ts'
import type { ControlProbe, PortProbe, Probe } from './probe.ts'
import { endControl, endPort, finish, free, type ProbeContext, sendAgain } from './probe-end.ts'
import { endShortage } from './socket-budget.ts'
import { MOST_TRIES, MOST_WAIT_MS } from './tuning.ts'

/** Ends the probes that have timed out: their silence is believed, or they are sent again. */
export function expireProbes(context: ProbeContext, host: HostScan, now: number): void {
  const { inFlight, noResponses } = host
  const expire = (probe: Probe) => {
    // A probe that was silent was sent.
    endShortage(context.sockets)
    if (probe.kind === 'port') endSilence(context, host, probe, now)
    else endSilentControl(context, host, probe, now)
  }
  forEachExpired(inFlight, 'fullTimeout', context.timeoutMs ?? fullTimeoutOf(host), now, expire)
  forEachExpired(inFlight, 'singleSyn', singleSynTimeoutOf(host), now, expire)
  const [first] = noResponses.awaitingControl
  if (!first || !isVerifiedSince(first.startedAt, describeCircumstances(host, context.synTimesMs, now)))
    return
  for (const probe of takeAwaiting(noResponses)) endSilence(context, host, probe, now)
}

function endSilentControl(context: ProbeContext, host: HostScan, probe: ControlProbe, now: number): void {
  settleControl(host.losses, probe.number, 'never')
  noteAnswer(host.controls, probe.port, 'silent', host.liveness.heardAt, probe.startedAt)
  endControl(context, host, probe, 'silent', now)
}

/** Too much of what the host has answered before is lost or refused for any number of tries to settle the port. */
function giveUpPort(context: ProbeContext, host: HostScan, probe: PortProbe, now: number): void {
  const isRefused = probe.answer?.state === 'closed'
  finish(context, host, probe, isRefused ? UNDONE.startedRefusing : UNDONE.tooLossy, now)
}

function endSilence(context: ProbeContext, host: HostScan, probe: PortProbe, now: number): void {
  const { controls, noResponses } = host
  if (context.timeoutMs !== undefined) {
    finish(context, host, probe, SILENT, now)
    return
  }
  if (!hasControl(controls)) {
    if (probe.answer) finish(context, host, probe, probe.answer, now)
    else {
      endPort(context, host, probe)
      keepUnverified(noResponses, probe.position)
    }
    return
  }
  const circumstances = describeCircumstances(host, context.synTimesMs, now)
  const { worth, missProbability } = weighSilence(noResponses, probe, circumstances)
  // A host that refuses connections above a rate is seldom sent control probes: all tries would rest on the same one. A service
  // that may be asked ever more seldom is not waited for.
  const isWaiting = host.refusals.trust === 'weighed' && canProbe(controls, now + MOST_WAIT_MS)
  const isNew = !isWaiting || isVerifiedSince(probe.startedAt, circumstances)
  if (worth === 'enough') finish(context, host, probe, probe.answer ?? SILENT, now)
  else if (worth === 'again' && isNew) {
    const tries = keepDoubt(noResponses, probe, missProbability, host.job.target.ports.length)
    if (tries < MOST_TRIES) sendAgain(context, host, probe)
    else giveUpPort(context, host, probe, now)
  } else {
    free(context, probe)
    awaitControl(noResponses, probe)
  }
}
