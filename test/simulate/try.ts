import { check, fingerprint } from './check.ts'
import { drawNetwork } from './draw.ts'
const [from, count] = process.argv.slice(2).map(Number) as [number, number]
const t0 = performance.now()
const faults: Record<string, number> = {}
let trials = 0, misses = 0, unseen = 0
const slow: [number, number][] = []
const ended: [number, number, string][] = []
for (let seed = from; seed < from + count; seed++) {
  const t = performance.now()
  const spec = drawNetwork(seed)
  const v = await check(spec)
  slow.push([performance.now() - t, seed])
  trials += v.trials; misses += v.misses.length; unseen += v.unseen
  for (const f of v.faults) { faults[f.kind] = (faults[f.kind] ?? 0) + 1 }
  if (v.faults.length) console.log(seed, [...new Set(v.faults.map(f=>f.kind+' '+f.detail))].slice(0,3).join('; ').slice(0,400), '|', spec.hosts[0]!.traits.map(t=>JSON.stringify(t)).join(' ').slice(0,300))
  else if (v.misses.length) console.log(seed, 'miss', JSON.stringify(v.misses.slice(0,2)), '|', spec.hosts[v.misses[0]!.host]!.rest, spec.hosts[v.misses[0]!.host]!.traits.map(t=>JSON.stringify(t)).join(' ').slice(0,300), JSON.stringify(spec.shared), JSON.stringify(spec.machine))
  if (v.run) ended.push([v.run.endedMs, seed, ''])
}
slow.sort((a,b)=>b[0]-a[0]); ended.sort((a,b)=>b[0]-a[0])
console.log(faults, { trials, misses, unseen, seconds: (performance.now()-t0)/1000 }, slow.slice(0,6), ended.slice(0,6))
