import { lstat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { readRegularFile } from '../../files/regular-file.ts'

/** Room for a file that names a commit, a reference or a folder. */
const LINE_BYTES = 8192

/** Room for `packed-refs`: some hundred thousand references. */
const PACKED_BYTES = 32 * 1024 * 1024

/**
 * The commit that HEAD stands for, by the files in which git keeps it (gitrepository-layout(5)): for machines without git,
 * and for a folder that git does not take for a repository, such as one that belongs to another user.
 *
 * Undefined where they do not say.
 *
 * @param top the folder with `.git`
 */
export async function readHead(top: string): Promise<string | undefined> {
  const own = await findGitFolder(join(top, '.git'))
  const head = await readText(join(own, 'HEAD'))
  const [, ref] = /^ref: (refs\/\S+)$/.exec(head) ?? []
  if (ref === undefined) return asSha(head)
  if (ref.split('/').includes('..')) return undefined
  // The branches of a work tree are those of the repository that it is of.
  const common = await readText(join(own, 'commondir'))
  const folder = common ? resolve(own, common) : own
  return (
    asSha(await readText(join(folder, ref))) ??
    findPacked(await readText(join(folder, 'packed-refs'), PACKED_BYTES), ref)
  )
}

/** A submodule or a work tree has a file there that names the folder. */
async function findGitFolder(path: string): Promise<string> {
  if ((await lstat(path)).isDirectory()) return path
  const [, target = path] = /^gitdir: (.+)$/.exec(await readText(path)) ?? []
  return resolve(dirname(path), target)
}

async function readText(path: string, limit = LINE_BYTES): Promise<string> {
  const bytes = await readRegularFile(path, limit)
  return Buffer.from(bytes ?? [])
    .toString()
    .trim()
}

function findPacked(packed: string, ref: string): string | undefined {
  const line = packed.split('\n').find((line) => line.slice(line.indexOf(' ') + 1) === ref)
  return line === undefined ? undefined : asSha(line.slice(0, line.indexOf(' ')))
}

function asSha(text: string): string | undefined {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : undefined
}
