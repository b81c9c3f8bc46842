import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { lax, open, strict } from '../github/open-port.ts'
import { listRemarks, makeWorld, POLICY, runAfterDeploy, runOn, runOnPull } from '../github/scenario.ts'
import { startGitHub } from '../github/stand-in.ts'
import type { World } from '../github/world.ts'
import { listen, ssh } from './bundle.ts'

/** A proxy on loopback that does something with each tunnel. */
async function startProxy(tunnel: (socket: Duplex) => void): Promise<AsyncDisposable & { url: string }> {
  const sockets: Duplex[] = []
  const server = createServer().on('connect', (_, socket) => {
    sockets.push(socket.on('error', () => {}))
    tunnel(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe.concurrent('the issue', () => {
  const inputs = { 'issue-on-failure': 'true' }
  const marked = (world: World) => world.issues.map(({ state, body }) => [state, body.includes('FAIL')])

  test('is opened, brought up to date, and closed', async () => {
    await using github = await startGitHub(makeWorld(strict))
    const { world } = github
    const opening = await runAfterDeploy(github, { files: strict, inputs })
    expect([opening.status, listRemarks(opening)], opening.stdout).toEqual([1, []])
    expect(world.issues).toMatchObject([{ state: 'open', title: 'Portgate: the check of production fails' }])
    const same = await runAfterDeploy(github, { files: strict, inputs, env: { GITHUB_RUN_ID: '4712' } })
    expect(same.log).toContain('The issue is left as it is: nothing has changed since it was written.')
    expect(world.issues).toMatchObject([{ state: 'open', body: expect.stringContaining('/runs/4711/') }])
    // Where a gate does not see enough, and that passes, there is no news.
    const blind = {
      [POLICY]: 'version: 1\non-doubt: warn\nscan: { ports: 1, ip: 6 }\nhosts: { portgate.invalid: [] }\n',
    }
    const later = { GITHUB_RUN_ID: '4713' }
    await runAfterDeploy(github, { files: blind, inputs, env: later })
    expect(world.issues).toMatchObject([{ state: 'open', body: expect.stringContaining('/runs/4713/') }])
    expect(world.comments).toEqual([])
    const closing = await runAfterDeploy(github, { files: lax, inputs, env: later })
    expect([closing.status, listRemarks(closing)], closing.stdout).toEqual([0, []])
    expect(world.issues).toMatchObject([{ state: 'closed', state_reason: 'completed' }])
    expect(world.comments).toMatchObject([{ body: expect.stringContaining('/runs/4713/') }])
  })

  test('says what is new, once, to those who follow it, and nothing where nothing is', async () => {
    await using github = await startGitHub(makeWorld(strict))
    const { world } = github
    await using other = await listen(ssh)
    const policy = (ports: number[]) => ({
      [POLICY]: `version: 1\nscan: { ports: [${ports}], identify: false }\nhosts: { 127.0.0.1: [] }\n`,
    })
    const [one, both] = [policy([open.port]), policy([open.port, other.port])]
    const runs = [one, one, both, both, one, one]
    const writes: number[] = []
    for (const [night, files] of runs.entries()) {
      const before = github.calls.length
      const run = await runAfterDeploy(github, { files, inputs, env: { GITHUB_RUN_ID: `${5000 + night}` } })
      expect([run.status, listRemarks(run)], run.stdout).toEqual([1, []])
      writes.push(github.calls.slice(before).filter((call) => /create|update/.test(call)).length)
    }
    // Opened; nothing; brought up to date with a comment; nothing; brought up to date without one; nothing.
    expect(writes).toEqual([1, 0, 2, 0, 1, 0])
    expect(world.comments.map(({ body }) => body.split('\n')[0])).toEqual([
      `New: port ${other.port} open on 127.0.0.1`,
    ])
  })

  test('is found among many, and nobody else’s is touched, nor a pull request', async () => {
    const world = makeWorld(strict)
    {
      await using github = await startGitHub(world)
      await runAfterDeploy(github, { files: strict, inputs })
    }
    const [ours] = world.issues as [World['issues'][number]]
    const others = Array.from({ length: 120 }, (_, number) => ({ ...ours, number, login: 'octocat' }))
    world.issues.unshift(...others, { ...ours, number: 500, isPull: true })
    await using github = await startGitHub(world)
    const run = await runAfterDeploy(github, { files: lax, inputs })
    expect([run.status, listRemarks(run)], run.stdout).toEqual([0, []])
    expect(world.issues.filter(({ state }) => state === 'closed')).toEqual([ours])
  })

  test('of one branch is not closed by another', async () => {
    await using github = await startGitHub(makeWorld(strict))
    await runOn(github, 'push', {}, { files: strict, inputs, env: { GITHUB_REF: 'refs/heads/main' } })
    await runOn(github, 'push', {}, { files: lax, inputs, env: { GITHUB_REF: 'refs/heads/other' } })
    expect(marked(github.world)).toEqual([['open', true]])
  })

  test('is not opened where all is well, nor from what is not in force', async () => {
    await using github = await startGitHub(makeWorld(strict))
    await runAfterDeploy(github, { files: lax, inputs })
    await runOnPull(github, 'same', { files: strict, inputs })
    await runOn(github, 'merge_group', {}, { files: strict, inputs })
    expect(github.world.issues).toEqual([])
  })

  test('is written through a proxy', async () => {
    await using github = await startGitHub(makeWorld(strict))
    await using proxy = await startProxy((socket) => {
      const way = connect(Number(new URL(github.url).port), '127.0.0.1')
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      way
        .on('error', () => {})
        .pipe(socket)
        .pipe(way)
    })
    const env = { http_proxy: proxy.url, GITHUB_API_URL: 'http://github.invalid' }
    const run = await runAfterDeploy(github, { files: strict, inputs, env })
    expect([run.status, listRemarks(run)], run.stdout).toEqual([1, []])
    expect(github.world.issues).toHaveLength(1)
  })

  test('is given up where the proxy says nothing', async () => {
    await using github = await startGitHub(makeWorld(strict))
    await using proxy = await startProxy(() => {})
    const env = { http_proxy: proxy.url, GITHUB_API_URL: 'http://github.invalid' }
    const run = await runAfterDeploy(github, { files: strict, inputs, env })
    expect([run.status, run.outputs.verdict], run.stdout).toEqual([1, 'fail'])
    expect(listRemarks(run)).toEqual([expect.stringContaining('no answer in time')])
  })

  test.each<[what: string, inputs: Record<string, string>, said: string]>([
    [
      'a missing permission',
      { 'github-token': 'no issues' },
      'the token lacks the permission `issues: write` (403)',
    ],
    ['no token', { 'github-token': '' }, 'there is no `github-token`'],
  ])('that cannot be written is named once: %s', async (_, given, said) => {
    await using github = await startGitHub(makeWorld(strict))
    const run = await runAfterDeploy(github, { files: strict, inputs: { ...inputs, ...given } })
    expect([run.status, run.outputs.verdict], run.stdout).toEqual([1, 'fail'])
    expect(listRemarks(run)).toEqual([
      `warning: Could not write the issue: ${said}. The verdict is not affected.`,
    ])
  })
})

test('without a channel, and off a pull request, GitHub is asked nothing', async () => {
  await using github = await startGitHub(makeWorld(strict))
  const run = await runAfterDeploy(github, { files: strict, inputs: { 'comment-in-pr': 'always' } })
  expect([run.status, listRemarks(run), github.calls], run.stdout).toEqual([1, [], []])
})
