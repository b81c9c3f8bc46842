import { simulate } from './run.ts'
import { drawNetwork } from './draw.ts'
const arg = process.argv[2] as string
const spec = arg.startsWith('{') ? JSON.parse(arg) : drawNetwork(Number(arg))
;(globalThis as any).LOG = (...a: unknown[]) => console.log(...a)
const run = await simulate(spec, 100_000)
