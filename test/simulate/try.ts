import { estimateMs, boundMs } from './bound.ts'
import { drawNetwork } from './draw.ts'
import { simulate } from './run.ts'
const [from, count] = process.argv.slice(2).map(Number) as [number, number]
const rows: any[] = []
for (let seed = from; seed < from + count; seed++) {
  const spec = drawNetwork(seed)
  const t = performance.now()
  try { const run = await simulate(spec, 3 * 3_600_000); rows.push([run.endedMs / boundMs(spec), seed, run.endedMs|0, estimateMs(spec)|0, performance.now()-t|0]) } catch { rows.push([99, seed, 'long', estimateMs(spec)|0, performance.now()-t|0]) }
}
rows.sort((a,b)=>b[0]-a[0]); console.log(rows.slice(0,12)); rows.sort((a,b)=>b[4]-a[4]); console.log(rows.slice(0,5))
