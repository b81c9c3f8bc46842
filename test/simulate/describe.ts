/** What a run has come to, for people. */
import { outcomeAt } from '../../src/scan/targets/target.ts'
import type { Verdict } from './check.ts'
import type { NetworkSpec } from './spec.ts'

const MOST_HOSTS = 8

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
