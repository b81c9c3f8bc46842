import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ReportJson } from '../../src/report/report-json.ts'
import { open } from '../github/open-port.ts'
import { BASE, type Files, makeWorld, POLICY, runOn, runOnPull } from '../github/scenario.ts'
import { startGitHub } from '../github/stand-in.ts'
import type { World } from '../github/world.ts'
import type { ActionRun } from './bundle.ts'
import { makeRepository } from './repository.ts'

/** A commit of the organisation's repository. */
const SHA = 'f1'.repeat(20)
const [DENIED, UNUSABLE] = [1, 2]

/** A policy for the open port, and floors that deny it or say nothing. */
let own: string
let denying: string
const silent = 'version: 1\n'

beforeAll(() => {
  own = `scan: { ports: ${open.port}, identify: true }\nhosts: { 127.0.0.1: ["${open.port}-${open.port + 1}"] }\n`
  denying = `version: 1\nscan: { ports: ${open.port} }\nhosts:\n  0.0.0.0/0: { deny: [${open.port}] }\n`
})

const locally = () => `version: 1\nextends: policies/floor.yml\n${own}`
const remotely = (path = 'port-policy.yml', ref = SHA) =>
  `version: 1\nextends:\n  repository: example/security\n  path: ${path}\n  ref: ${ref}\n${own}`

const withFloor = (floor: Files): Partial<World> => ({
  others: { 'example/security': { [SHA]: { parents: [], files: floor } } },
})

async function readReport({ outputs, stdout }: ActionRun): Promise<ReportJson> {
  expect(outputs.report, stdout).toBeTruthy()
  return JSON.parse(await readFile(outputs.report ?? '', 'utf8'))
}

const onPush = { repository: { id: 1, default_branch: 'main' } }
const pushed = (files: Files) => ({ files, env: { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: BASE } })

describe.concurrent('the action', () => {
  test('annotates the line that names the floor, with the place in the floor', async () => {
    await using github = await startGitHub(makeWorld({}, withFloor({ 'port-policy.yml': denying })))
    const run = await runOn(github, 'push', onPush, pushed({ [POLICY]: remotely() }))
    expect(run.status, run.stdout).toBe(DENIED)
    const [error] = run.commands.filter(({ name }) => name === 'error')
    expect(error?.properties).toMatchObject({ file: POLICY, line: '2' })
    expect(error?.message).toContain(
      'The rule is in the floor: `example/security@f1f1f1f:port-policy.yml:4:23`.',
    )
    expect(github.calls).toContain('repos/get-content')
    expect(run.log).toContain(`extends port-policy.yml of example/security at ${SHA.slice(0, 7)}`)
  })

  test('reads it from an Enterprise Server', async () => {
    const world = makeWorld({}, withFloor({ 'port-policy.yml': denying }))
    await using github = await startGitHub(world, { prefix: '/api/v3' })
    const run = await runOn(github, 'push', onPush, pushed({ [POLICY]: remotely() }))
    expect(run.status, run.stdout).toBe(DENIED)
  })

  test("holds what comes from a fork against the base's floor", async () => {
    const base = { [POLICY]: locally(), 'policies/floor.yml': denying }
    const fork = { [POLICY]: locally(), 'policies/floor.yml': silent }
    await using github = await startGitHub(makeWorld(base))
    const run = await runOnPull(github, 'fork', { files: fork })
    expect(run.status, run.stdout).toBe(DENIED)
    expect(run.log).toMatch(/The rule is in the floor:\s+`policies\/floor\.yml:4:23`\./)
    expect(run.log).toMatch(/no longer denies/)
  })

  test('says on a pull request what a floor that is taken out had demanded', async () => {
    const base = { [POLICY]: remotely() }
    const world = makeWorld(base, withFloor({ 'port-policy.yml': denying }))
    await using github = await startGitHub(world)
    const run = await runOnPull(github, 'same', {
      files: { [POLICY]: `version: 1\n${own}` },
      inputs: { 'fail-on-loosening': 'high' },
    })
    expect(run.status, run.stdout).toBe(1)
    expect(run.log).toMatch(/allows \d+ on\s+`127\.0\.0\.1`, which was denied/)
  })

  test.each<[what: string, floor: Files, expected: string]>([
    ['is not there', {}, 'it does not exist at `example/security@f1f1f1f`'],
    ['is no policy', { 'port-policy.yml': 'PASSWORD=hunter2\n' }, 'its contents are not shown'],
    [
      'is loosened',
      { 'port-policy.yml': 'version: 1\nscan: { ports: common }\n' },
      'this loosens the floor: it no longer scans',
    ],
  ])('refuses a floor that %s', async (_, floor, expected) => {
    await using github = await startGitHub(makeWorld({}, withFloor(floor)))
    const run = await runOn(github, 'push', onPush, pushed({ [POLICY]: remotely() }))
    expect(run.status, run.stdout).toBe(UNUSABLE)
    expect(run.log).toContain(expected)
    expect(run.stdout).not.toContain('hunter2')
    for (const { properties } of run.commands) expect(properties.file ?? POLICY).toBe(POLICY)
  })

  test('refuses a floor that GitHub does not show, and passes on why', async () => {
    await using github = await startGitHub(makeWorld({}))
    const run = await runOn(github, 'push', onPush, pushed({ [POLICY]: remotely() }))
    expect(run.status, run.stdout).toBe(UNUSABLE)
    expect(run.log).toContain('GitHub does not find it (404)')
  })
})

describe.concurrent('the command line', () => {
  test('asks as nobody without GITHUB_TOKEN; validate tells the floors', async () => {
    await using github = await startGitHub(makeWorld({}, withFloor({ 'port-policy.yml': denying })))
    await using repository = await makeRepository()
    await repository.commit({ [POLICY]: remotely() })
    const env = { GITHUB_API_URL: github.url }
    const { status, stdout, stderr } = await repository.portgate(['validate'], { env })
    expect(status, stderr).toBe(0)
    expect(stdout).toContain('It keeps to its floor: port-policy.yml of example/security at f1f1f1f')
    github.world.isPrivate = true
    const refused = await repository.portgate(['validate'], { env })
    expect(refused.status).toBe(UNUSABLE)
    expect(refused.stderr).toContain('GitHub does not find it (404)')
  })

  test('reads a private floor through the API with GITHUB_TOKEN', async () => {
    await using github = await startGitHub(
      makeWorld({}, { isPrivate: true, ...withFloor({ 'port-policy.yml': denying }) }),
    )
    await using repository = await makeRepository()
    await repository.commit({ [POLICY]: remotely() })
    const env = { GITHUB_API_URL: github.url, GITHUB_TOKEN: 'job' }
    const checked = await repository.portgate(['check', '--format', 'json'], { env })
    expect(checked.status).toBe(DENIED)
    const { policy, findings } = JSON.parse(checked.stdout)
    expect(policy.floors).toMatchObject([
      { file: 'port-policy.yml', repository: 'example/security', ref: SHA },
    ])
    expect(findings[0].place).toMatchObject({
      ...{ file: POLICY, line: 2 },
      floor: { file: 'example/security@f1f1f1f:port-policy.yml', line: 4 },
    })
  })

  test('reads a commit that the clone has without asking anybody', async () => {
    await using repository = await makeRepository()
    const ref = await repository.commit({ 'port-policy.yml': denying })
    // What is there now does not matter.
    await repository.commit({ 'port-policy.yml': silent, [POLICY]: remotely('port-policy.yml', ref) })
    const env = { GITHUB_API_URL: 'http://127.0.0.1:9' }
    const run = await repository.portgate(['validate', '--format', 'json'], { env })
    expect(run.status, run.stderr).toBe(0)
    const hash = createHash('sha256').update(denying).digest('hex')
    expect(JSON.parse(run.stdout).floors).toEqual([
      { file: 'port-policy.yml', repository: 'example/security', ref, hash },
    ])
  })

  test('a local floor is that of the commit that the policy is from', async () => {
    await using repository = await makeRepository()
    await repository.commit({ [POLICY]: locally(), 'policies/floor.yml': denying })
    await repository.write({ 'policies/floor.yml': silent })
    expect((await repository.portgate(['check', '--policy-ref', 'HEAD'])).status).toBe(DENIED)
    const { stdout, status } = await repository.portgate(['diff', 'HEAD', POLICY])
    expect(status).toBe(0)
    expect(stdout).toMatch(/allows \d+ on\s+`127\.0\.0\.1`, which was denied/)
  })

  test.each([
    [
      'a link out of the repository',
      async (repository: Awaited<ReturnType<typeof makeRepository>>) => {
        await repository.link('floor.yml', '/etc/hostname')
      },
    ],
    [
      'git’s own folder',
      async (repository: Awaited<ReturnType<typeof makeRepository>>) => {
        await repository.write({ '.git/floor.yml': silent })
      },
    ],
    [
      'a file that git does not track',
      async (repository: Awaited<ReturnType<typeof makeRepository>>) => {
        await repository.write({ 'floor.yml': silent })
      },
    ],
  ])('does not read %s', async (what, make) => {
    await using repository = await makeRepository()
    const path = what.startsWith('git') ? '.git/floor.yml' : 'floor.yml'
    await make(repository)
    await repository.write({ [POLICY]: `version: 1\nextends: ${path}\n${own}` })
    const { status, stderr } = await repository.portgate(['validate'])
    expect(status).toBe(UNUSABLE)
    expect(stderr).toContain(`${POLICY}:2:1: the floor`)
  })

  test('the token goes to the API and nowhere else, wherever that leads', async () => {
    const asked: (string | undefined)[] = []
    await using elsewhere = await serve((request, response) => {
      asked.push(request.headers.authorization)
      response.writeHead(404, { 'content-type': 'application/json' }).end('{}')
    })
    await using api = await serve((request, response) => {
      response.writeHead(302, { location: `${elsewhere.url}${request.url}` }).end()
    })
    await using repository = await makeRepository()
    await repository.commit({ [POLICY]: remotely() })
    const env = { GITHUB_API_URL: api.url, GITHUB_TOKEN: 'secret' }
    const { status, stderr } = await repository.portgate(['validate'], { env })
    expect(status, stderr).toBe(UNUSABLE)
    expect(asked.length).toBeGreaterThan(0)
    expect(new Set(asked)).toEqual(new Set([undefined]))
  })

  test('an answer about another commit is none', async () => {
    await using api = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ sha: BASE }))
    })
    await using repository = await makeRepository()
    await repository.commit({ [POLICY]: remotely() })
    const { status, stderr } = await repository.portgate(['validate'], { env: { GITHUB_API_URL: api.url } })
    expect(status).toBe(UNUSABLE)
    expect(stderr).toMatch(/about another commit/)
  })

  test('an answer without end is read up to the limit of a policy', async () => {
    await using api = await serve((request, response) => {
      if (request.url?.includes('/git/commits/'))
        return response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ sha: SHA }))
      response.writeHead(200, { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' })
      const more = () => {
        while (!response.destroyed && response.write('# '.repeat(10_000)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    await using repository = await makeRepository()
    await repository.commit({ [POLICY]: remotely() })
    const { status, stderr } = await repository.portgate(['validate'], { env: { GITHUB_API_URL: api.url } })
    expect(status).toBe(UNUSABLE)
    expect(stderr).toContain('the file is larger than 1 MiB')
  })
})

type Handler = Parameters<typeof createServer>[1]

async function serve(handler: Handler): Promise<AsyncDisposable & { url: string }> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

describe('a plan', () => {
  test('freezes a floor of another repository: neither shards nor the merge ask for it', async () => {
    const files = { [POLICY]: remotely('deep/floor.yml') }
    const floor = {
      'deep/floor.yml':
        'version: 1\nextends: deep/lower.yml\nrisky-allowances: { from: low, need: [owner] }\n',
      'deep/lower.yml': `${denying}catalogue: deep/catalogue.yml\n`,
      'deep/catalogue.yml': `${open.port}: { service: thing, severity: critical, why: so, remedy: none }\n`,
    }
    await using github = await startGitHub(makeWorld({}, withFloor(floor)))
    const { env } = pushed(files)
    const plan = await runOn(github, 'push', onPush, { files, env, inputs: { command: 'plan', shards: '1' } })
    expect(plan.status, plan.stdout).toBe(0)
    const alone = await runOn(github, 'push', onPush, pushed(files))
    await using empty = await startGitHub(makeWorld({}))
    const file = plan.outputs.plan ?? ''
    const part = await runOn(empty, 'push', onPush, { env, inputs: { plan: file, shard: '1/1' } })
    expect(part.status, part.stdout).toBe(0)
    const inputs = { command: 'merge', plan: file, reports: part.outputs.report ?? '' }
    const merge = await runOn(empty, 'push', onPush, { env, inputs })
    expect(empty.calls).not.toContain('repos/get-content')
    const [one, many] = await Promise.all([alone, merge].map(readReport))
    expect([merge.status, many?.policy, many?.findings]).toEqual([DENIED, one?.policy, one?.findings])
    expect(many?.findings.map(({ id, severity }) => `${id} ${severity}`)).toEqual([
      'undocumented-allowance critical',
      'denied-open-port high',
    ])
  })
})
