/** What files of another scanner come to, given as texts. */
import { readFileSync } from 'node:fs'
import { type Judgement, judge } from '../../src/judge/judge.ts'
import { memoize } from '../../src/memo.ts'
import type { ScanResult } from '../../src/model.ts'
import { makePlan } from '../../src/policy/plan.ts'
import { readResults } from '../../src/prepare/results.ts'
import { parseResults } from '../../src/prepare/results-options.ts'
import type { ReadFile } from '../../src/prepare/stream-file.ts'
import { readSide } from '../policy/diff/side.ts'

const FOLDER = new URL('../fixtures/results/', import.meta.url)

/** The bytes of a fixture. */
export function fixture(name: string): Buffer {
  return readFileSync(new URL(name, FOLDER))
}

/** What is judged. */
export interface Situation {
  /** Without its version. */
  policy: string
  /** Texts, bytes, or pieces of bytes. */
  files: (string | Uint8Array | Uint8Array[])[]
  cover?: string[]
  maxAge?: string
  now?: string
}

// Thousands of files are judged by the same policy.
const planOf = memoize((text) => {
  const { policy, catalogue } = readSide(`version: 1\n${text}`, 'policy.yml')
  const { value: plan, problem } = makePlan(policy, { endpoints: [], scan: {}, seed: 1 }, catalogue)
  if (!plan) throw new Error(problem.message)
  return { policy, catalogue, plan }
})

/** Reads files and judges what they state. The files are called `1`, `2` and so on. */
export async function judgeFiles(situation: Situation): Promise<Judgement & { scan: ScanResult }> {
  const { policy: text, files, cover, maxAge = 'never', now = '2026-11-26T12:00:00Z' } = situation
  const { policy, catalogue, plan } = planOf(text)
  const options = {
    results: files.map((_, index) => `${index + 1}`),
    'results-cover': cover,
    'max-age': maxAge,
  }
  const request = parseResults(options, (name, { message }) => {
    throw new Error(`${name}: ${message}`)
  })
  if (!request) throw new Error('no files')
  const read: ReadFile = async (name, take) => {
    const file = files[Number(name) - 1] ?? ''
    for (const piece of Array.isArray(file) ? file : [Buffer.from(file)]) take(piece)
    return true
  }
  const scan = await readResults(request, plan, { policy, catalogue, noEndpoints: [] }, new Date(now), read)
  return { scan, ...judge({ policy, plan, scan, catalogue, now: new Date(now) }) }
}

/** The hosts as the report has them, a line each: `10.77.0.2: open 22 80; closed 1-21`. */
export function listHosts({ hosts }: Judgement): string[] {
  return hosts.map(({ endpoint, address, ports }) => {
    const open = ports.open.map(({ port, service, product, tls }) =>
      [port, service, tls && 'in TLS', product && `(${product})`].filter(Boolean).join(' '),
    )
    const unknown = ports.unknown.map(({ ports, reason }) => `${ports} ${reason}`)
    const parts = Object.entries({
      open: open.join(', '),
      closed: ports.closed,
      filtered: ports.filtered,
      unknown: unknown.join(', '),
    })
    const said = parts.flatMap(([state, text]) => (text === '' ? [] : `${state} ${text}`))
    const host = endpoint === address ? address : `${endpoint} ${address}`
    return `${host}: ${said.join('; ')}`
  })
}

/** The findings that are no notes, as `id address:port` or what they are about. */
export function listFindings({ findings }: Judgement): string[] {
  return findings
    .filter(({ kind }) => kind !== 'note')
    .map(({ id, endpoint = '', address = endpoint, port }) =>
      `${id} ${address}${port ? `:${port}` : ''}`.trim(),
    )
}
