import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { validate } from '@octokit/graphql-schema'
import { type Answer, type Call, holdAnswer, type Request, readCall } from './description.ts'
import { answerCall, refuse, type Token, type World } from './world.ts'

/** What else may happen to a request: an answer of another kind, or none at all. The first of a call is 1. */
export type Trouble = (call: string, time: number) => Answer | 'silence' | undefined

/** GitHub on loopback. */
export interface StandIn extends AsyncDisposable {
  /** For `GITHUB_API_URL`. */
  url: string
  world: World
  /** The calls in order, such as `issues/list-comments`. */
  calls: string[]
}

/**
 * Starts a server that answers as GitHub's API does. It holds each request, and each answer of its own, against
 * GitHub's descriptions (OpenAPI, and the schema of GraphQL); disposing of it throws where one of them did not keep to it.
 *
 * @param prefix of the paths: `/api/v3` on an Enterprise Server
 */
export async function startGitHub(
  world: World,
  { prefix = '', trouble = () => undefined }: { prefix?: string; trouble?: Trouble } = {},
): Promise<StandIn> {
  const calls: string[] = []
  const faults: string[] = []
  const server = createServer(async (incoming, outgoing) => {
    try {
      const request = await receive(incoming)
      const isGraphql = request.path === (prefix ? '/api/graphql' : '/graphql')
      if (!isGraphql && !request.path.startsWith(`${prefix}/`))
        throw new Error(`no such page: ${request.path}`)
      const call = isGraphql ? undefined : readCall({ ...request, path: request.path.slice(prefix.length) })
      const name = call?.operation.operationId ?? 'graphql'
      calls.push(name)
      const happens = trouble(name, calls.filter((other) => other === name).length)
      if (happens === 'silence') return
      const answer = happens ?? answerAs(world, request, call, `${origin}${request.path}`)
      if (call) holdAnswer(call.operation, answer)
      send(outgoing, answer)
    } catch (error) {
      faults.push((error as Error).message)
      send(outgoing, { status: 500, body: { message: (error as Error).message } })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: `${origin}${prefix}`,
    world,
    calls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      if (faults.length > 0) throw new Error(`not as GitHub describes it: ${faults.join('; ')}`)
    },
  }
}

async function receive(incoming: IncomingMessage): Promise<Request> {
  const { method = '', headers } = incoming
  if (!headers['user-agent']) throw new Error('GitHub refuses a request without User-Agent')
  let body = ''
  for await (const chunk of incoming) body += chunk
  const url = new URL(incoming.url ?? '', 'http://127.0.0.1')
  return { method, path: url.pathname, query: url.searchParams, headers, body }
}

function send(outgoing: ServerResponse, { status, body, type, headers }: Answer): void {
  outgoing.writeHead(status, {
    'content-type': type ?? 'application/json; charset=utf-8',
    'x-ratelimit-remaining': '4999',
    ...headers,
  })
  outgoing.end(type === undefined ? body && JSON.stringify(body) : (body as string))
}

function answerAs(world: World, request: Request, call: Call | undefined, url: string): Answer {
  const { authorization } = request.headers
  const token = world.tokens[String(authorization).replace(/^token /, '')]
  if (authorization && !token) return refuse(401, 'Bad credentials')
  return call ? answerCall(world, call, token, url) : answerQuery(request, token)
}

function answerQuery({ body }: Request, token: Token | undefined): Answer {
  if (!token) return refuse(401, 'Bad credentials')
  const { query: source } = JSON.parse(body)
  const errors = validate(source)
  if (errors.length > 0) throw new Error(`graphql: ${errors.join('; ')}`)
  if (!/^query \{ viewer \{ login \} \}$/.test(source)) throw new Error(`graphql: what is ${source}?`)
  return { status: 200, body: { data: { viewer: { login: token.login } } } }
}
