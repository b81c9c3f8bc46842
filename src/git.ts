import { execFile } from 'node:child_process'
import { quote } from './policy/problem.ts'
import type { Tree } from './tree.ts'
import { Unusable } from './unusable.ts'

/** Longest time for one question to git, which answers from the disk. */
const LONGEST_MS = 30_000

/** Room for what git says before the file itself: the object's name, kind and size. */
const HEADER_BYTES = 4096

/**
 * The files of a commit, read by git from the repository that a folder is in.
 *
 * @param ref a branch, a tag, a commit, or anything else that git takes for one
 * @param isFromTop whether paths are relative to the top of the repository, and not to the folder
 * @throws {Unusable} where git knows no such commit
 */
export async function gitTree(folder: string, ref: string, isFromTop = false): Promise<Tree> {
  const commit = await findCommit(folder, ref)
  const question = ['rev-parse', '--show-prefix']
  const prefix = isFromTop ? '' : (await askGit(folder, question, HEADER_BYTES)).toString().trim()
  return { ref, read: (path, limit) => readBlob(folder, `${commit}:${prefix}${path}`, limit) }
}

async function findCommit(folder: string, ref: string): Promise<string> {
  try {
    // Whatever follows `--end-of-options` is no option, however it begins.
    const question = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]
    return (await askGit(folder, question, HEADER_BYTES)).toString().trim()
  } catch (error) {
    const { code, message } = error as Failure
    const why =
      code === 1
        ? 'git knows no such commit here (a shallow clone may lack it)'
        : message.trim().split('\n').at(-1)
    throw new Unusable([`${quote(ref)} cannot be read: ${why}.`])
  }
}

/** What git has under a name, links within the commit followed: see `git cat-file --batch --follow-symlinks`. */
async function readBlob(folder: string, name: string, limit: number): Promise<Uint8Array | undefined> {
  // A name is a line: what follows a line end would be another one.
  if (/[\n\0]/.test(name)) return undefined
  const question = ['cat-file', '--batch', '--follow-symlinks']
  const answer = await askGit(folder, question, limit + HEADER_BYTES, `${name}\n`)
  const end = answer.indexOf('\n')
  const [, kind, size] = /^[0-9a-f]+ (blob|tree|commit) (\d+)$/.exec(answer.toString('latin1', 0, end)) ?? []
  if (kind === 'blob') return answer.subarray(end + 1, end + 1 + Math.min(Number(size), limit))
  if (kind) throw new Error('it is a folder')
  if (answer.toString('latin1').startsWith('symlink ')) throw new Error('it leads out of the repository')
  return undefined
}

/**
 * Whether a repository has a file, be it committed or staged; those of its submodules are its own, too.
 *
 * Rejects where git cannot tell; the message is a clause that says why.
 *
 * @param folder within the repository
 * @param path from there, as the file system writes it and without links
 */
export async function tracks(folder: string, path: string): Promise<boolean> {
  const question = ['--literal-pathspecs', 'ls-files', '-z', '--recurse-submodules', '--', path]
  try {
    return (await askGit(folder, question, HEADER_BYTES)).length > 0
  } catch (error) {
    const why = (error as Failure).message.trim().split('\n').at(0)
    throw new Error(`git cannot tell whether it is part of the repository: ${why}`)
  }
}

/** How git failed: with its exit status, or why it could not be run. */
type Failure = Error & { code: number | string }

/** What git answers, up to so many bytes. */
function askGit(folder: string, question: string[], limit: number, input = ''): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, encoding: 'buffer', maxBuffer: limit, timeout: LONGEST_MS } as const
    const child = execFile('git', question, options, (error, stdout, stderr) => {
      if (!error || error.code === ('ERR_CHILD_PROCESS_STDIO_MAXBUFFER' as never)) return resolve(stdout)
      const said =
        (error.code as unknown) === 'ENOENT' ? 'git is not installed' : stderr.toString() || error.message
      reject(Object.assign(new Error(said), { code: error.code }))
    })
    // git may answer and close before it has read all.
    child.stdin?.on('error', () => {}).end(input)
  })
}
