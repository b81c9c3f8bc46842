import { lstat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { quote } from '../../policy/problem.ts'
import { askGit, GitFailure } from './ask.ts'
import { type Asked, ask, LINE_BYTES, type Repository } from './repository.ts'
import { isWholeSha, looksLikeSha, type Meaning, sayAmbiguous, splitRevision } from './revision.ts'

/** Digits of a SHA in a message: more than git gives, so that they are not the name of a branch as well. */
const SHOWN_DIGITS = 20

/** Room for the objects that have the same first digits. */
const LIST_BYTES = 65_536

/**
 * The commit that a revision stands for. A branch comes first (of this clone, else of `origin`, as in a workflow's
 * checkout), then a tag, then a SHA. git itself takes a tag before a branch, and only warns.
 *
 * @throws {GitFailure} where there is none, or where the name stands for two that are not the same
 */
export async function findCommit(repository: Repository, text: string): Promise<string> {
  const { name, steps } = splitRevision(text)
  const meanings = await listMeanings(repository, name)
  const problem = sayAmbiguous(name, meanings, quote)
  if (problem !== undefined) throw new GitFailure('other', problem)
  const [meaning] = meanings
  // git would look for refs/tags/refs/heads/main as well.
  if (!meaning && name.startsWith('refs/')) throw await sayUnknown(repository)
  const start = meaning?.kind === 'commit' ? meaning.commit : meaning?.write
  // An upstream is that of a branch by its short name, which no tag has.
  const isByName = start === undefined || /^@\{(u|upstream|push)\}/i.test(steps)
  const commit = await peel(repository, isByName ? text : start + steps)
  if (commit === undefined) throw await sayUnknown(repository)
  return commit
}

/** Everything that a name stands for; nothing for what only git knows to read, such as `@{-1}` or `v1-2-gabcdef`. */
async function listMeanings(repository: Repository, name: string): Promise<Meaning[]> {
  // The folder's own commit is what everybody means by these, a tag `HEAD` or not.
  if (/^(@|HEAD)?$/.test(name)) return []
  const refs = await listRefs(repository, name)
  const meanings: Meaning[] = []
  for (const { kind, write } of refs) {
    const commit = await peel(repository, write)
    if (commit === undefined) {
      throw new GitFailure(
        'other',
        `the ${kind} ${quote(write)} is not a commit, or git lacks it: ${await sayHowToGet(repository)}`,
      )
    }
    meanings.push({ kind, write, commit })
  }
  const commits = await listCommits(repository, name, refs.length > 0)
  if (refs.length > 0 && commits.length === 0) {
    // What lies in git's own folder, such as FETCH_HEAD, is read before any ref.
    const commit = await peel(repository, name)
    if (commit !== undefined && meanings.every((meaning) => meaning.commit !== commit))
      meanings.push({ kind: 'ref', write: name, commit })
  }
  return [
    ...meanings,
    ...commits.map((commit) => ({ kind: 'commit', write: commit.slice(0, SHOWN_DIGITS), commit })),
  ]
}

/** The refs that a name is short for. */
async function listRefs({ top }: Repository, name: string): Promise<{ kind: string; write: string }[]> {
  if (/[\s*?[\\:\0]|^-/.test(name)) return []
  if (name.startsWith('refs/')) return (await hasRefs(top, [name])).map((write) => ({ kind: 'ref', write }))
  const kinds = {
    [`refs/heads/${name}`]: 'branch',
    [`refs/remotes/${name}`]: 'branch',
    [`refs/remotes/origin/${name}`]: 'branch',
    [`refs/remotes/${name}/HEAD`]: 'branch',
    [`refs/tags/${name}`]: 'tag',
    [`refs/${name}`]: 'ref',
  }
  const found = await hasRefs(top, Object.keys(kinds))
  // `main` of `origin`, or the default branch of a remote with that name, is meant if this clone has no such branch of
  // its own.
  const has = (prefix: string) => found.includes(`${prefix}${name}`)
  const isLocal = has('refs/heads/') || has('refs/remotes/')
  const elsewhere = [`refs/remotes/origin/${name}`, `refs/remotes/${name}/HEAD`]
  return Object.entries(kinds)
    .filter(([write]) => found.includes(write) && !(isLocal && elsewhere.includes(write)))
    .map(([write, kind]) => ({ kind, write }))
}

async function hasRefs(top: string, names: string[]): Promise<string[]> {
  const isThere = await Promise.all(names.map((name) => hasRef(top, name)))
  await requireWhole(
    top,
    names.filter((_, index) => !isThere[index]),
  )
  return names.filter((_, index) => isThere[index])
}

/** git ignores a damaged ref, so that a tag would be taken for the damaged branch of the same name. */
async function requireWhole(top: string, names: string[]): Promise<void> {
  if (names.length === 0) return
  const question = ['rev-parse', ...names.flatMap((name) => ['--git-path', name])]
  const paths = (await askGit(top, question, LIST_BYTES)).toString().split('\n')
  for (const [index, name] of names.entries()) {
    const stats = await lstat(resolve(top, paths[index] ?? '')).catch(() => undefined)
    if (!stats || stats.isDirectory()) continue
    throw new GitFailure('other', `the ref ${quote(name)} is damaged: it names no commit`)
  }
}

async function hasRef(top: string, name: string): Promise<boolean> {
  try {
    await askGit(top, ['show-ref', '--verify', '--quiet', name], LINE_BYTES)
    return true
  } catch (error) {
    const { status, message } = error as GitFailure
    if (status === 1) return false
    // The ref is there, but not what it names: the next read reports that.
    if (/bad ref/.test(message)) return true
    throw error
  }
}

/**
 * The commits whose SHA begins like this. Part of a SHA is looked up only if a ref has that name too, and a few digits
 * not even then: they are a name that somebody chose.
 */
async function listCommits(repository: Repository, name: string, isRef: boolean): Promise<string[]> {
  if (!looksLikeSha(name)) return []
  if (isWholeSha(name)) {
    const commit = await peel(repository, name)
    return commit === undefined ? [] : [commit]
  }
  if (!isRef) return []
  const objects = await askGit(repository.top, ['rev-parse', `--disambiguate=${name}`], LIST_BYTES)
  const kinds = await askGit(repository.top, ['cat-file', '--batch-check'], LIST_BYTES, objects.toString())
  return [...kinds.toString().matchAll(/^([0-9a-f]+) commit /gm)].map(([, sha = '']) => sha)
}

/** The commit that git takes a text for; undefined where it knows none. */
async function peel({ top }: Repository, text: string): Promise<string | undefined> {
  try {
    // Whatever follows `--end-of-options` is no option, however it begins.
    const question = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${text}^{commit}`]
    return (await askGit(top, question, LINE_BYTES)).toString().trim()
  } catch (error) {
    if ((error as GitFailure).status === 1) return undefined
    throw error
  }
}

async function sayUnknown(repository: Repository): Promise<GitFailure> {
  return new GitFailure(
    'unknown',
    `git knows no such commit in ${quote(repository.top)}: ${await sayHowToGet(repository)}`,
  )
}

/** What to do about an object that is not here. */
export async function sayHowToGet(repository: Asked): Promise<string> {
  const say = async (...question: string[]) =>
    (await ask(repository, question).catch(() => '')).toString().trim()
  if ((await say('rev-parse', '--is-shallow-repository')) === 'true')
    return 'this clone is shallow and may lack it (`git fetch --unshallow`, or `fetch-depth: 0` of actions/checkout)'
  if (await say('config', '--get-regexp', '^(extensions.partialclone|remote.*.promisor)$'))
    return 'this clone is partial and may lack it (clone without `--filter`)'
  return 'if a remote has it, fetch it first'
}
