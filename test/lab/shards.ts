/** Shards as processes on the machine of a lab. */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ReportJson } from '../../src/report/report-json.ts'
import { makeFolder } from '../e2e/bundle.ts'
import type { Lab } from './lab.ts'

const CLI = fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url))

/** What came of a plan, and how long each step took, in seconds. */
export interface Sharded {
  report: ReportJson
  planSeconds: number
  /** Of each shard by itself, as on a machine of its own. */
  shardSeconds: number[]
  mergeSeconds: number
}

/**
 * Plans a scan, runs its shards and merges them.
 *
 * @param policy without its version; `$name` in it is the IPv4 address of a host
 * @param sideBySide whether the shards share the machine, or have it one after the other
 */
export async function runShards(
  lab: Lab,
  policy: string,
  shards: number,
  sideBySide: boolean,
): Promise<Sharded> {
  const text = policy.replace(/\$(\w+)/g, (_, name) => lab.addresses[name]?.v4 ?? name)
  const cwd = await makeFolder({ '.github/port-policy.yml': `version: 1\n${text}` })
  await mkdir(join(cwd, 'shards'))
  const run = async (...args: string[]) => {
    const startedAt = performance.now()
    const { status, stdout, stderr } = await lab.run([process.execPath, CLI, ...args], { cwd })
    if (status === 2 || status === null) throw new Error(stderr)
    return { stdout, seconds: (performance.now() - startedAt) / 1000 }
  }
  const plan = await run('plan', '--shards', String(shards))
  const scan = (index: number) =>
    run('check', '--plan', 'plan.json', '--shard', `${index}/${shards}`, '--output-directory', 'shards')
  const indexes = Array.from({ length: shards }, (_, index) => index + 1)
  const parts: { seconds: number }[] = sideBySide ? await Promise.all(indexes.map(scan)) : []
  if (!sideBySide) for (const index of indexes) parts.push(await scan(index))
  const merge = await run('merge', '--plan', 'plan.json', '--format', 'json', 'shards')
  await rm(cwd, { recursive: true })
  return {
    report: JSON.parse(merge.stdout),
    planSeconds: plan.seconds,
    shardSeconds: parts.map(({ seconds }) => seconds),
    mergeSeconds: merge.seconds,
  }
}
