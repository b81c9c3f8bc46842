import { posix } from 'node:path'
import { quote } from '../policy/problem.ts'
import { askGit } from './ask.ts'
import { sayHowToGet } from './commit.ts'
import { LINE_BYTES, type Repository } from './repository.ts'

/** Most links that are followed for one file, as in Linux. */
const MOST_LINKS = 40

/** Longest link that is read. */
const LINK_BYTES = 4096

/** Room for the entries of a path: a line for each of its folders. */
const ENTRIES_BYTES = 1024 * 1024

/** What a commit has under a path. */
interface Entry {
  mode: string
  sha: string
}

const [LINK, FOLDER, SUBMODULE] = ['120000', '040000', '160000']

/**
 * A file of a commit, up to so many bytes, links within the commit followed; undefined only where the commit has no such
 * file. Rejects where git lacks what it takes to tell; the message is a clause.
 *
 * @param path from the top of the repository
 */
export async function readFileAt(
  repository: Repository,
  commit: string,
  path: string,
  limit: number,
): Promise<Uint8Array | undefined> {
  let way = path
  for (let links = 0; links <= MOST_LINKS; links++) {
    way = posix.normalize(way).replace(/\/$/, '')
    if (way === '.') throw new Error('it is a folder')
    if (/^(\/|\.\.(\/|$))/.test(way)) throw new Error('it leads out of the repository')
    // No file has such a name, and no program can be asked for it.
    if (way.includes('\0')) return undefined
    const found = await findEntry(repository, commit, way)
    if (!found) return undefined
    const { at, entry } = found
    if (entry.mode === LINK) {
      const target = await readObject(repository, entry.sha, LINK_BYTES)
      way = posix.join(posix.dirname(at), target.toString(), way.slice(at.length + 1))
      if (target.toString().startsWith('/')) throw new Error('it leads out of the repository')
    } else if (entry.mode === SUBMODULE) {
      throw new Error(`it lies in the submodule ${quote(at)}`)
    } else if (at === way) {
      if (entry.mode === FOLDER) throw new Error('it is a folder')
      return readObject(repository, entry.sha, limit)
    } else {
      return undefined
    }
  }
  throw new Error('its links lead nowhere')
}

/** The entry of a path, or the first on the way to it that is no folder. */
async function findEntry(
  repository: Repository,
  commit: string,
  path: string,
): Promise<{ at: string; entry: Entry } | undefined> {
  const steps = path.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'))
  const question = ['ls-tree', '-t', '-z', '--full-tree', commit, '--', ...steps]
  const answer = await askGit(repository.top, question, ENTRIES_BYTES).catch(async ({ message }: Error) => {
    throw new Error(`git lacks a part of the commit (${message}): ${await sayHowToGet(repository)}`)
  })
  const entries = new Map<string, Entry>()
  for (const line of answer.toString().split('\0')) {
    const [, mode = '', sha = '', at] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
    if (at !== undefined) entries.set(at, { mode, sha })
  }
  for (const at of steps) {
    const entry = entries.get(at)
    if (!entry) return undefined
    if (at === path || entry.mode !== FOLDER) return { at, entry }
  }
  return undefined
}

async function readObject(repository: Repository, sha: string, limit: number): Promise<Buffer> {
  const fail = async (why: string) => {
    throw new Error(`git lacks its content (${why}): ${await sayHowToGet(repository)}`)
  }
  const question = ['cat-file', '--batch']
  const answer = await askGit(repository.top, question, limit + LINE_BYTES, `${sha}\n`).catch(
    ({ message }: Error) => fail(message),
  )
  const end = answer.indexOf('\n')
  const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(answer.toString('latin1', 0, end)) ?? []
  if (size === undefined) return fail(`object ${sha.slice(0, 7)} is missing`)
  const content = answer.subarray(end + 1, end + 1 + Math.min(Number(size), limit))
  return content.length < Math.min(Number(size), limit) ? fail('it ends too early') : content
}
