import { readFileAt } from '../repository/git/file.ts'
import type { Tree } from '../repository/tree.ts'
import { askGitHub } from './ask.ts'
import { commitTree, requireSha } from './commit.ts'

/** Digits of a SHA that tell people which commit is meant. */
const SHOWN_DIGITS = 7

/**
 * Opens repositories for the floors that policies name: a commit that the clone has is read from there, since it proves itself, and
 * every other one through GitHub's API.
 *
 * @param token empty: asks anonymously
 * @param clone the top of the repository that is there; undefined where there is none
 */
export function createRepositoryOpener(
  token: string,
  clone: string | undefined,
): NonNullable<Tree['openRepository']> {
  return (repository, sha) => {
    const [owner = '', repo = ''] = repository.split('/')
    const shown = `${repository}@${sha.slice(0, SHOWN_DIGITS)}`
    const onGitHub = commitTree({ owner, repo }, shown, async () => {
      const { client } = await askGitHub(token, async ({ rest }) => {
        const { data } = await rest.git.getCommit({ owner, repo, commit_sha: sha })
        if (requireSha(data.sha) !== sha) throw new Error("GitHub's answer is about another commit")
      })
      return { client, sha }
    })
    return {
      ref: shown,
      async read(path, limit) {
        if (clone === undefined) return onGitHub.read(path, limit)
        try {
          return await readFileAt({ top: clone, isNamed: true }, sha, path, limit)
        } catch (problem) {
          return onGitHub.read(path, limit).catch(({ message }: Error) => {
            throw new Error(`${message}; nor can it be read from the clone: ${(problem as Error).message}`)
          })
        }
      },
    }
  }
}
