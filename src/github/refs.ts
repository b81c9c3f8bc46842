import { quote } from '../policy/problem.ts'
import { isWholeSha, type Meaning, sayAmbiguous, splitRevision } from '../repository/git/revision.ts'
import type { Client } from './client.ts'
import { requireSha } from './commit.ts'
import type { Repository } from './event.ts'
import { orNothing } from './failure.ts'

/** Most tags that are followed in a chain, where one tag is of another. */
const MOST_TAGS = 5

/**
 * The commit that a branch, a tag or a SHA stands for, by GitHub's API: a branch before a tag, a tag before a SHA, as
 * `findCommit` of git.
 *
 * Rejects with Octokit's error where GitHub shows none, and with one of its own where the name stands for two commits.
 *
 * @param isNamed only a branch or a tag of the repository will do: any other commit may be a fork's
 */
export async function resolveRef(
  client: Client,
  repository: Repository,
  text: string,
  isNamed = false,
): Promise<string> {
  const { name, steps } = splitRevision(text)
  const meanings = await listMeanings(client, repository, name)
  const problem = sayAmbiguous(name, meanings, quote)
  if (problem !== undefined) throw new Error(problem)
  const [meaning] = meanings
  if (meaning && steps === '' && !(isNamed && meaning.kind === 'commit')) return meaning.commit
  const noBranch = new Error(
    "it is not a branch or tag of this repository, and any other commit may be a fork's",
  )
  if (isNamed && meaning) throw noBranch
  const headers = { accept: 'application/vnd.github.sha' }
  const ref = meaning ? meaning.commit + steps : text
  // Where there is none of the name, GitHub says why.
  const { data } = await client.rest.repos.getCommit({ ...repository, ref, headers })
  if (isNamed) throw noBranch
  return requireSha(data)
}

async function listMeanings(client: Client, repository: Repository, name: string): Promise<Meaning[]> {
  const [, ref] = /^refs\/((?:heads|tags)\/.+)$/.exec(name) ?? []
  const refs = ref === undefined ? [`heads/${name}`, `tags/${name}`, name] : [ref]
  const found = await Promise.all(
    refs
      .filter((candidate) => /^(heads|tags)\/./.test(candidate))
      .map(async (candidate) => {
        const commit = await findRef(client, repository, candidate)
        const kind = candidate.startsWith('heads/') ? 'branch' : 'tag'
        return commit === undefined ? [] : [{ kind, write: `refs/${candidate}`, commit }]
      }),
  )
  const meanings: Meaning[] = found.flat()
  if (isWholeSha(name) && (await hasCommit(client, repository, name)))
    meanings.push({ kind: 'commit', write: name, commit: name })
  return meanings
}

/** The commit of a branch or a tag, such as `heads/main`; undefined where GitHub shows no such ref. */
export async function findRef(
  client: Client,
  repository: Repository,
  ref: string,
): Promise<string | undefined> {
  const answer = await orNothing(client.rest.git.getRef({ ...repository, ref }))
  if (answer?.data.ref !== `refs/${ref}`) return undefined
  let { object } = answer.data
  for (let tags = 0; object.type === 'tag' && tags < MOST_TAGS; tags++) {
    const { data } = await client.rest.git.getTag({ ...repository, tag_sha: object.sha })
    object = data.object
  }
  if (object.type !== 'commit') throw new Error(`${quote(`refs/${ref}`)} is not a commit`)
  return requireSha(object.sha)
}

async function hasCommit(client: Client, repository: Repository, sha: string): Promise<boolean> {
  return Boolean(await orNothing(client.rest.git.getCommit({ ...repository, commit_sha: sha })))
}
