/** Reads what `--debug` has printed: lines of a log that end in `trace {…}`, among others and behind prefixes. */
import { z } from 'zod'

/** Anybody may have written the file: longer lines, more of them or greater numbers are not a trace. */
const MOST_LINE = 20_000
const MOST_RECORDS = 100_000
const MOST_HOSTS = 64

const time = z.number().min(0).max(1e9)
const count = z.number().int().min(0).max(1e9)
const portCount = z.number().int().min(0).max(65_535)

const changeSchema = z.object({
  at: time,
  address: z.string().max(64),
  changed: z.array(z.string().max(32)).max(16),
  perSecond: z.number().min(0).max(1e7),
  ceiling: z.number().min(0).max(1e7).optional(),
})

const networkSchema = z.object({
  at: time,
  address: z.string().max(64),
  network: z.object({
    since: time,
    probes: count,
    controls: count,
    ports: z.record(z.string().max(32), portCount),
    open: z.object({ ssh: portCount, mysql: portCount, known: portCount, other: portCount }),
    rttMs: z.number().min(0).max(60_000).optional(),
    variationMs: z.number().min(0).max(60_000),
    loads: z.array(z.tuple([z.number().min(1).max(1e7), count, count])).max(32),
    sockets: z.number().int().min(1).max(1_000_000),
    syns: z.number().int().min(1).max(8),
    maxRate: z.number().min(1).max(1e7).optional(),
  }),
})

export type Change = z.infer<typeof changeSchema>
export type Network = z.infer<typeof networkSchema>['network']

/** One host of a trace: its first pass. */
export interface TracedHost {
  address: string
  changes: Change[]
  /** When it was done. */
  at: number
  network: Network
}

/**
 * The hosts of a trace, in the order in which they were done. Lines that are not records are skipped.
 *
 * @throws where there is none that was done
 */
export function readTrace(text: string): TracedHost[] {
  const hosts = new Map<string, TracedHost>()
  const changes = new Map<string, Change[]>()
  let records = 0
  for (const line of text.split('\n')) {
    const record = readLine(line)
    if (!record || ++records > MOST_RECORDS || hosts.has(record.address)) continue
    const own = changes.get(record.address) ?? []
    changes.set(record.address, own)
    if ('changed' in record) own.push(record)
    else if (hosts.size < MOST_HOSTS) hosts.set(record.address, { ...record, changes: own })
  }
  if (hosts.size === 0) throw new Error('no host was done in this trace: it has no record with `network`')
  return [...hosts.values()]
}

function readLine(line: string): Change | z.infer<typeof networkSchema> | undefined {
  const start = line.indexOf('trace {')
  if (start < 0 || line.length > MOST_LINE) return undefined
  let json: unknown
  try {
    json = JSON.parse(line.slice(start + 'trace '.length))
  } catch {
    return undefined
  }
  return networkSchema.safeParse(json).data ?? changeSchema.safeParse(json).data
}
