import type { Links, Origin } from '../report/links.ts'

/** The repository that this action was taken from; undefined for an action of the workflow's own repository. */
function readOrigin(env: NodeJS.ProcessEnv): Origin | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = env
  if (!server || !repository || !ref) return undefined
  return { repository: `${server}/${repository}`, ref: encodeURI(ref) }
}

/**
 * What reports lead to: the pages of the action, and the files of the repository at a commit.
 *
 * @param commit that the policy was read at: its SHA, or the name of a branch or a tag
 */
export function readLinks(env: NodeJS.ProcessEnv, commit: string | undefined): Links {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = env
  const origin = readOrigin(env)
  const files =
    server && repository && commit ? `${server}/${repository}/blob/${encodeURI(commit)}` : undefined
  return { ...(origin && { origin }), ...(files !== undefined && { files }) }
}
