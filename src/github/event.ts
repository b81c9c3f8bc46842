/** The environment that the event deploys to (`deployment`, `deployment_status`), if it does. */
export async function readDeploymentEnvironment(): Promise<string | undefined> {
  // Loaded only here: it brings GitHub's API client along.
  const { context } = await import('@actions/github')
  const environment: unknown = context.payload.deployment?.environment
  return typeof environment === 'string' ? environment : undefined
}
