import type { Origin } from '../report/sarif.ts'

/** The repository that this action was taken from; undefined for an action of the workflow's own repository. */
export function readOrigin(env: NodeJS.ProcessEnv): Origin | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = env
  if (!server || !repository || !ref) return undefined
  return { repository: `${server}/${repository}`, ref: encodeURI(ref) }
}
