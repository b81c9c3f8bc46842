/** Whether the goals are met. */
import { findTool, type Measured, medianMs, most, type Paired } from './results.ts'
import { table } from './tables.ts'
import type { PeerGoal } from './works.ts'

/** The table of goals: those compared with a peer, and those for memory. */
export function describeGoals(works: Paired[]): string {
  const rows = works.flatMap(({ work, measured }) => {
    const portgate = findTool(measured, 'Portgate')
    if (!portgate) return []
    const verdicts = [
      work.goal && judgeTime(work.goal, portgate, findTool(measured, work.goal.peer)),
      work.megabytes === undefined ? undefined : judgeMemory(work.megabytes, portgate),
    ]
    return verdicts.flatMap((verdict) => (verdict ? [[work.name, ...verdict]] : []))
  })
  return table(['work', 'beside', 'goal', 'Portgate', 'met'], rows)
}

function judgeTime(goal: PeerGoal, portgate: Measured, peer?: Measured): string[] | undefined {
  if (!peer) return undefined
  const ratio = medianMs(portgate) / medianMs(peer)
  const atMost = peer.outings.some(({ isCut }) => isCut) ? '< ' : ''
  const goals = [goal.ratio, ...(goal.next === undefined ? [] : [goal.next])]
  const wanted = goals.map((one) => `≤ ${one.toFixed(2)}`).join(', then ')
  return [goal.peer, wanted, `${atMost}${ratio.toFixed(2)}`, judge(ratio, goals, portgate)]
}

function judgeMemory(megabytes: number, portgate: Measured): string[] {
  const measured = most(portgate.outings, 'megabytes') ?? Number.NaN
  return ['', `≤ ${megabytes} MB`, `${measured.toFixed(0)} MB`, judge(measured, [megabytes], portgate)]
}

function judge(value: number, goals: number[], { outings }: Measured): string {
  if (outings.some(({ isCut }) => isCut)) return 'no: not done'
  if (outings.some(({ missed, wrong, unnamed = 0 }) => missed !== 0 || wrong !== 0 || unnamed !== 0)) {
    return 'no: not exact'
  }
  const met = goals.filter((goal) => value <= goal).length
  return met === goals.length ? 'yes' : met === 0 ? 'no' : 'the first'
}
