/** What a run has come to, for people. */
import { outcomeAt } from '../../src/scan/targets/target.ts'
import type { Verdict } from './check.ts'
import { listChanges, measureRun, measureTraced, type Replay } from './replay.ts'
import type { NetworkSpec } from './spec.ts'
import type { Change } from './trace-file.ts'

const MOST_HOSTS = 8
const MOST_DECISIONS = 40

export function describeRun(spec: NetworkSpec, verdict: Verdict, lines: string[] = []): string {
  const { faults, misses, run } = verdict
  lines.push(`npm run simulate -- --network '${JSON.stringify(spec)}'`)
  for (const { kind, detail } of faults) lines.push(`fault: ${kind}: ${detail}`)
  for (const { host, port, truth, told } of misses.slice(0, 10))
    lines.push(`missed: port ${port} of host ${host} is ${truth}, told ${told}`)
  if (misses.length > 10) lines.push(`and ${misses.length - 10} more`)
  if (!run) return lines.join('\n')
  for (const [index, target] of run.targets.slice(0, MOST_HOSTS).entries()) {
    const counts = new Map<string, number>()
    for (let position = 0; position < target.ports.length; position++) {
      const { state, reason } = outcomeAt(target, position) ?? { state: 'none', reason: '' }
      counts.set(`${state} ${reason}`, (counts.get(`${state} ${reason}`) ?? 0) + 1)
    }
    const states = [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ')
    lines.push(
      `${target.address}: ${states}${target.changed ? `; ${target.changed}` : ''}; ${run.seen[index]?.syns} SYNs`,
    )
  }
  lines.push(
    `probed in ${run.probedMs.toFixed()} ms, all in ${run.endedMs.toFixed()} ms; ${run.probes} probes, ${run.mostSockets} sockets at most`,
  )
  return lines.join('\n')
}

/** A traced host and its replay, side by side. */
export function describeReplay({ traced, spec, run }: Replay): string {
  const [was, is] = [measureTraced(traced), measureRun(run)]
  const names = [...new Set([...Object.keys(was.ports), ...Object.keys(is.ports)])].sort()
  const rows: [string, unknown, unknown][] = [
    ['', 'traced', 'replayed'],
    ['time (ms)', was.ms.toFixed(), is.ms.toFixed()],
    ['probes', was.probes, is.probes],
    ...names.map((name): [string, unknown, unknown] => [name, was.ports[name] ?? 0, is.ports[name] ?? 0]),
  ]
  const [before, now] = [
    listDecisions(traced.changes, traced.network.since),
    listDecisions(listChanges(run.trace), 0),
  ]
  for (let index = 0; index < Math.min(MOST_DECISIONS, Math.max(before.length, now.length)); index++)
    rows.push([index === 0 ? 'decided' : '', before[index] ?? '', now[index] ?? ''])
  const lines = rows.map(([name, one, other]) => `  ${name.padEnd(18)}${String(one).padEnd(40)}${other}`)
  return [traced.address, ...lines, `npm run simulate -- --network '${JSON.stringify(spec)}' --trace`].join(
    '\n',
  )
}

function listDecisions(changes: Pick<Change, 'at' | 'changed' | 'perSecond'>[], since: number): string[] {
  return changes.map(({ at, changed, perSecond }) => {
    const what = changed.map((one) => (one === 'rate' ? `rate ${perSecond}` : one)).join(', ')
    return `${((at - since) / 1_000).toFixed(2)} s: ${what}`
  })
}
