/**
 * Loaded before anything else (`node --import`), it changes one constant of the engine: `ALTER=MIN_TIMEOUT_MS=150`. No switch
 * has to be built into the engine for that.
 */
import { registerHooks } from 'node:module'

const [name, value] = (process.env.ALTER ?? '').split('=')

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (!name || !url.endsWith('/src/scan/engine/tuning.ts')) return loaded
    const source = String(loaded.source)
    const altered = source.replace(
      new RegExp(`^export const ${name} = .*$`, 'm'),
      `export const ${name} = ${value}`,
    )
    if (altered === source) throw new Error(`${name} is no constant of tuning.ts, or is ${value} already`)
    return { ...loaded, source: altered }
  },
})
