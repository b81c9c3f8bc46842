import type { Identified } from '../model.ts'
import { withDeadline } from './deadline.ts'
import { socketBudget } from './descriptors.ts'
import { identifyPort } from './identify/identify.ts'
import { forEach, type Site } from './locate.ts'
import { waitForLeave } from './pacing.ts'
import { findPositions, type Target } from './target.ts'

/** Ports greeted at a time. A greeting mostly waits. */
const GREETINGS = 32

/** What answered, for each target and port; no entry where a port accepted no connection any more. */
export type Greeted = Map<Target, Map<number, Identified>>

/** What greeting needs to know. */
export interface GreetContext {
  signal: AbortSignal
  /** What probably answers on a port, which decides what it is asked first. */
  suggest: (port: number) => string | undefined
  /** Whether what usually listens on a port takes anything for an order. */
  isDelicate: (port: number) => boolean
  onGreeted?(done: number, total: number): void
}

interface Task {
  target: Target
  port: number
  serverName?: string
}

/** Learns what answers on every open port of the endpoints that want it, as far as the time limits let it. */
export async function greetOpenPorts(
  sites: Site[],
  { signal, suggest, isDelicate, onGreeted }: GreetContext,
): Promise<{ greeted: Greeted; cut: boolean }> {
  const tasks = listTasks(sites)
  const greeted: Greeted = new Map()
  let cut = false
  let done = 0
  await forEach(tasks, Math.min(GREETINGS, socketBudget()), async ({ target, port, serverName }) => {
    const about = {
      address: target.address,
      port,
      serverName,
      hint: suggest(port),
      delicate: isDelicate(port),
    }
    const identified = await withDeadline(signal, target.deadline, async (ending) => {
      const mayConnect = () => waitForLeave(target.caps, ending)
      const answered = ending.aborted ? {} : await identifyPort({ ...about, mayConnect }, ending)
      cut ||= ending.aborted
      return answered
    })
    const ofTarget = greeted.get(target) ?? new Map<number, Identified>()
    greeted.set(target, ofTarget)
    if (identified) ofTarget.set(port, identified)
    onGreeted?.(++done, tasks.length)
  })
  return { greeted, cut }
}

/** Each open port of each target once; the first endpoint with a DNS name gives the name that it is asked for. */
function listTasks(sites: Site[]): Task[] {
  const names = new Map<Target, string | undefined>()
  for (const { planned, target } of sites) {
    if (!planned.scan.identify) continue
    const name = planned.endpoint.kind === 'name' ? planned.endpoint.host : undefined
    names.set(target, names.get(target) ?? name)
  }
  return [...names].flatMap(([target, serverName]) => {
    const open = findPositions(target, ({ state }) => state === 'open')
    return open.map((position) => ({ target, port: target.ports[position] as number, serverName }))
  })
}
