/** How often an open port may be connected to. */
import { CAREFUL, COURTESY, TOUCHY } from '../../src/scan/engine/courtesy.ts'
import { type Run, serviceOn } from './run.ts'

/**
 * Connections other than those of control probes: the port's own probes, and those to confirm a result or settle a
 * contradiction.
 */
const OTHER_CONNECTS = 14

/**
 * Harmful and required ports that refuse are asked 20 times more: behind one address the port may be another host's, or refuse only
 * for a while.
 */
const POOL_CONNECTS = 21

/** Ports of a host that were connected to more often than their services tolerate, in words. */
export function listDiscourtesies({ seen, endedMs, spec }: Run, index: number): string[] {
  const mayRefuse = spec.hosts[index]?.traits.some(({ kind }) => ['backends', 'ban', 'stops'].includes(kind))
  return [...(seen[index]?.accepted ?? [])].flatMap(([port, count]) => {
    const most = countQuestions(port, endedMs) + OTHER_CONNECTS + (mayRefuse ? POOL_CONNECTS : 0)
    return count > most
      ? `${count} connections to port ${port} (${serviceOn(port)}) in ${endedMs.toFixed()} ms, at most ${most}`
      : []
  })
}

/**
 * How often the engine may ask it within some milliseconds. If the gap grows with time, the number grows with the
 * logarithm of time.
 */
function countQuestions(port: number, ms: number): number {
  const service = serviceOn(port)
  const { budget, gapMs, gapShare } = service === undefined ? CAREFUL : (TOUCHY[service] ?? COURTESY)
  const evenMs = gapShare > 0 ? gapMs / gapShare : Number.POSITIVE_INFINITY
  const growing = ms > evenMs ? Math.log(ms / evenMs) / gapShare : 0
  return Math.floor(budget + Math.min(ms, evenMs) / gapMs + growing)
}
