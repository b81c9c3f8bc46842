import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { quote } from '../../policy/problem.ts'
import { nameOfFile } from '../../process/stdin.ts'
import type { Unused } from '../../shards/choose.ts'
import { MOST_SHARDS } from '../../shards/plan-file.ts'
import { openShard, type ShardReport } from '../../shards/shard-file.ts'
import { Unusable } from '../../unusable.ts'
import { readText } from './read-plan.ts'

/** Longest report of a shard, in bytes: V8 holds no longer text. */
const LONGEST_REPORT = 400 * 1024 * 1024

/** Most reports: each shard in a few attempts. */
const MOST_REPORTS = 16 * MOST_SHARDS

/** Folders within a folder that is named: each artifact may be in one of its own. */
const DEPTH = 2

/**
 * The files that are named, and all `shard-*.json` in the folders that are. A missing file counts as one that cannot be read.
 *
 * @throws {Unusable} where they are too many
 */
export async function listReports(root: string, written: readonly string[]): Promise<string[]> {
  const lists = await Promise.all(
    written.map(async (name) => {
      const found = await stat(resolve(root, name)).catch(() => undefined)
      return found?.isDirectory() ? listFolder(root, name, DEPTH) : [name]
    }),
  )
  const files = [...new Set(lists.flat())]
  if (files.length <= MOST_REPORTS) return files
  throw new Unusable([`reports: there are ${files.length}; the limit is ${MOST_REPORTS}.`])
}

async function listFolder(root: string, folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(resolve(root, folder), { withFileTypes: true }).catch((error) => {
    throw new Unusable([`reports: ${quote(folder)} cannot be read: ${(error as Error).message}.`])
  })
  const lists = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory() && depth > 0) return listFolder(root, path, depth - 1)
      return entry.isFile() && /^shard-.*\.json$/.test(entry.name) ? [path] : []
    }),
  )
  return lists.flat().sort()
}

/** The reports that can be read; `unused` is called for the others. */
export async function readReports(
  root: string,
  files: readonly string[],
  unused: (report: Unused) => void,
): Promise<ShardReport[]> {
  const reports: ShardReport[] = []
  for (const file of files) {
    const name = nameOfFile(file)
    try {
      reports.push(openShard(await readText(root, file, LONGEST_REPORT), name))
    } catch (error) {
      unused({ file: name, why: (error as Error).message })
    }
  }
  return reports
}
