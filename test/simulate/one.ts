import { check } from './check.ts'
import { drawNetwork } from './draw.ts'
import { nameFailure, shrink } from './shrink.ts'
import { outcomeAt } from '../../src/scan/targets/target.ts'
const arg = process.argv[2] as string
let spec = arg.startsWith('{') ? JSON.parse(arg) : drawNetwork(Number(arg))
let v = await check(spec)
const name = nameFailure(v)
if (process.argv[3] === 'shrink' && name) { spec = await shrink(spec, name); v = await check(spec) }
console.log(name, JSON.stringify(spec))
console.log(v.faults.slice(0,4), v.misses.length, v.misses.slice(0,6), 'trials', v.trials, 'unseen', v.unseen)
if (v.run) {
  const run = v.run
  for (const [i, target] of run.targets.entries()) {
    const states: Record<string, number> = {}
    for (let p = 0; p < target.ports.length; p++) { const o = outcomeAt(target, p); const k = `${o?.state} ${o?.reason}`; states[k] = (states[k] ?? 0) + 1 }
    if (i < 5) console.log(target.address, JSON.stringify(states), target.changed ?? '', 'syns', run.seen[i]!.syns, 'refused', run.seen[i]!.refused, 'accepted', [...run.seen[i]!.accepted].join(' '))
  }
  console.log(`probed ${run.probedMs | 0} ended ${run.endedMs | 0} probes ${run.probes} sockets ${run.mostSockets}`)
  if (process.argv.includes('trace')) for (const e of run.trace.slice(0, 200)) console.log(JSON.stringify(e))
}
