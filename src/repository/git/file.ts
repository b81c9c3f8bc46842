import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { quote } from '../../policy/problem.ts'
import { sayHowToGet } from './commit.ts'
import { type Asked, ask, LINE_BYTES } from './repository.ts'

/** Most links that are followed for one file, as in Linux. */
const MOST_LINKS = 40

/** Longest link that is read. */
const LINK_BYTES = 4096

/** Room for a commit, or for a folder's entries: some hundred thousand names. */
const LISTING_BYTES = 16 * 1024 * 1024

/** What a commit has under a path. */
interface Entry {
  mode: string
  sha: string
}

const [LINK, FOLDER, SUBMODULE] = ['120000', '40000', '160000']

/**
 * A file of a commit, up to a number of bytes, following links within the commit; undefined only if the commit has no such
 * file. Rejects if git lacks an object that is needed to know; the message is a clause.
 *
 * Every object on the way is checked against its hash, which git itself does only for some: the commit vouches for the file, and
 * nobody who can write into `.git` can put another one there.
 *
 * @param path from the top of the repository
 */
export async function readFileAt(
  repository: Asked,
  commit: string,
  path: string,
  limit: number,
): Promise<Uint8Array | undefined> {
  const ways = new Set<string>()
  let way = posix.normalize(path).replace(/\/$/, '')
  for (; ways.size <= MOST_LINKS && !ways.has(way); way = posix.normalize(way).replace(/\/$/, '')) {
    ways.add(way)
    if (way === '.') throw new Error('it is a folder')
    if (/^(\/|\.\.(\/|$))/.test(way)) throw new Error('it leads out of the repository')
    // No file has such a name, and no program can be asked for it.
    if (way.includes('\0')) return undefined
    const found = await findEntry(repository, commit, way)
    if (!found) return undefined
    const { at, entry } = found
    if (entry.mode === LINK) {
      const target = await readContent(repository, entry.sha, LINK_BYTES)
      way = posix.join(posix.dirname(at), target.toString(), way.slice(at.length + 1))
      if (target.toString().startsWith('/')) throw new Error('it leads out of the repository')
    } else if (entry.mode === SUBMODULE) {
      throw new Error(`it lies in the submodule ${quote(at)}`)
    } else if (at === way) {
      if (entry.mode === FOLDER) throw new Error('it is a folder')
      return readContent(repository, entry.sha, limit)
    } else {
      return undefined
    }
  }
  throw new Error('its links lead nowhere')
}

/** The commit that a commit names for a submodule; undefined where it names none. */
export async function findSubmodule(
  repository: Asked,
  commit: string,
  path: string,
): Promise<string | undefined> {
  const found = await findEntry(repository, commit, path)
  return found?.at === path && found.entry.mode === SUBMODULE ? found.entry.sha : undefined
}

/** Whether a commit has a folder under a path. */
export async function isFolderAt(repository: Asked, commit: string, path: string): Promise<boolean> {
  const found = await findEntry(repository, commit, path)
  return found?.at === path && found.entry.mode === FOLDER
}

/** The parents of a commit, as it names them itself, whether this clone has them or not. Rejects where git lacks the commit. */
export async function readParents(repository: Asked, commit: string): Promise<string[]> {
  const text = await readObject(repository, { kind: 'commit', sha: commit }, LISTING_BYTES)
  const [, lines = ''] = /^tree [0-9a-f]+\n((?:parent [0-9a-f]+\n)*)/.exec(text.toString('latin1')) ?? []
  return [...lines.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, sha = '']) => sha)
}

/** The entry of a path, or the first on the way to it that is no folder. */
async function findEntry(
  repository: Asked,
  commit: string,
  path: string,
): Promise<{ at: string; entry: Entry } | undefined> {
  const read = (kind: string, sha: string) =>
    readObject(repository, { kind, sha }, LISTING_BYTES).catch(({ message }: Error) =>
      fail(repository, 'git lacks a part of the commit', message),
    )
  const [, root = ''] = /^tree ([0-9a-f]+)\n/.exec((await read('commit', commit)).toString('latin1')) ?? []
  let folder = root
  const names = path.split('/')
  for (const [index, name] of names.entries()) {
    const entry = findName(await read('tree', folder), name, commit.length / 2)
    if (!entry) return undefined
    const isLast = index === names.length - 1
    if (isLast || entry.mode !== FOLDER) return { at: names.slice(0, index + 1).join('/'), entry }
    folder = entry.sha
  }
  return undefined
}

/** Looks a name up in a tree object, which has for each entry its mode, a space, its name, a zero byte and its hash. */
function findName(tree: Buffer, name: string, hashBytes: number): Entry | undefined {
  for (let start = 0; start < tree.length; ) {
    const space = tree.indexOf(' ', start)
    const end = tree.indexOf(0, space)
    if (space < 0 || end < 0) return undefined
    const next = end + 1 + hashBytes
    if (tree.subarray(space + 1, end).equals(Buffer.from(name)))
      return { mode: tree.toString('latin1', start, space), sha: tree.toString('hex', end + 1, next) }
    start = next
  }
  return undefined
}

function readContent(repository: Asked, sha: string, limit: number): Promise<Buffer> {
  return readObject(repository, { kind: 'blob', sha }, limit).catch(({ message }: Error) =>
    fail(repository, 'git lacks its content', message),
  )
}

/** An object; only a blob may be longer than what is read. The message of a rejection is a clause. */
async function readObject(
  repository: Asked,
  { kind, sha }: { kind: string; sha: string },
  limit: number,
): Promise<Buffer> {
  const answer = await ask(repository, ['cat-file', '--batch'], limit + LINE_BYTES, `${sha}\n`)
  const end = answer.indexOf('\n')
  const [, found, text] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(answer.toString('latin1', 0, end)) ?? []
  if (found !== kind) throw new Error(`object ${sha.slice(0, 7)} is missing`)
  const size = Number(text)
  const length = kind === 'blob' ? Math.min(size, limit) : size
  const content = answer.subarray(end + 1, end + 1 + length)
  if (content.length < length) throw new Error('it ends too early')
  if (length === size && hash(kind, content, sha.length) !== sha)
    throw new Error(`object ${sha.slice(0, 7)} does not match its name`)
  return content
}

/** The name that git gives an object: SHA-1, or SHA-256 where names are as long as those. */
function hash(kind: string, content: Buffer, digits: number): string {
  return createHash(digits === 64 ? 'sha256' : 'sha1')
    .update(`${kind} ${content.length}\0`)
    .update(content)
    .digest('hex')
}

async function fail(repository: Asked, what: string, why: string): Promise<never> {
  throw new Error(`${what} (${why}): ${await sayHowToGet(repository)}`)
}
