import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { ReportJson } from '../../src/report/report-json.ts'
import { lax, open, strict } from '../github/open-port.ts'
import {
  BASE,
  BRANCHED,
  checkOut,
  type Files,
  HEAD,
  listRemarks,
  MERGE,
  makeWorld,
  POLICY,
  type PullKind,
  runAfterDeploy,
  runOn,
  runOnPull,
} from '../github/scenario.ts'
import { startGitHub } from '../github/stand-in.ts'
import type { ActionRun } from './bundle.ts'

async function readReport({ outputs }: ActionRun): Promise<ReportJson> {
  return JSON.parse(await readFile(outputs.report ?? '', 'utf8'))
}

const always = { 'comment-in-pr': 'always' }

describe.concurrent('the policy of a pull request', () => {
  test.each<[PullKind, status: number, policy: object]>([
    ['same', 0, {}],
    ['dependabot', 0, {}],
    ['fork', 1, { ref: 'master' }],
    ['gone', 1, { ref: 'master' }],
  ])('%s: one that allows more than its base ends with %i', async (kind, status, policy) => {
    await using github = await startGitHub(makeWorld(strict))
    const run = await runOnPull(github, kind, { files: lax })
    expect([run.status, listRemarks(run)], run.stdout).toEqual([status, []])
    expect((await readReport(run)).policy).toMatchObject(policy)
    expect(github.calls[0]).toBe('git/get-commit')
  })

  test('of a fork that deletes it holds all the same', async () => {
    await using github = await startGitHub(makeWorld(strict))
    const run = await runOnPull(github, 'fork', {})
    expect([run.status, run.outputs.verdict], run.stdout).toEqual([1, 'fail'])
  })

  test('of a fork that brings the first one does not hold', async () => {
    await using github = await startGitHub(makeWorld({}))
    const run = await runOnPull(github, 'fork', { files: lax })
    expect([run.status, run.outputs], run.stdout).toEqual([2, {}])
    expect(run.log).toContain(`There is no policy: ${POLICY} does not exist at \`master\`.`)
  })

  test('of a fork is never used where the base cannot be read', async () => {
    await using github = await startGitHub(makeWorld(strict, { isPrivate: true }))
    const inputs = { ...always, 'github-token': 'stranger' }
    const run = await runOnPull(github, 'fork', { files: lax, inputs })
    expect([run.status, run.outputs], run.stdout).toEqual([2, {}])
    expect(run.log).toContain(
      `The policy \`${POLICY}\` cannot be read at \`master\`: GitHub does not find it (404)`,
    )
    expect(run.log).toContain('a pull request from a fork is judged by the policy of its base and no other')
    expect(run.log).toContain('`contents: read`')
    expect(run.summary).toContain('Nothing was scanned and nothing was judged')
  })

  test('suggests a line for the policy that holds, which is that of the base', async () => {
    const scan = `version: 1\nscan: { ports: ${open.port} }\n`
    const base = `${scan}risky-allowances: { from: low, need: [reason, owner, expires] }\n`
    await using github = await startGitHub(makeWorld({ [POLICY]: `${base}hosts: {}\n` }))
    const run = await runOnPull(github, 'fork', { files: lax, inputs: { endpoints: '127.0.0.1' } })
    const [finding] = (await readReport(run)).findings
    const line = /to `hosts` in the policy: `(.*)`\.$/.exec(finding?.remedy ?? '')?.[1]
    expect([run.status, line], run.stdout).toEqual([
      1,
      expect.stringMatching(
        /^127\.0\.0\.1: \[\{ port: \d+, service: ssh, reason: TODO, owner: TODO, expires: [\d-]+ \}\]$/,
      ),
    ])
    await using merged = await startGitHub(makeWorld({ [POLICY]: `${base}hosts:\n  ${line}\n` }))
    const again = await runOnPull(merged, 'fork', { files: lax, inputs: { endpoints: '127.0.0.1' } })
    expect([again.status, again.outputs.violations], again.stdout).toEqual([0, '0'])
  })

  test("where GitHub's API cannot be reached, nothing is called unusable", async () => {
    await using github = await startGitHub(makeWorld(strict))
    // Nothing listens there.
    const env = { GITHUB_API_URL: 'http://127.0.0.1:1' }
    const run = await runOnPull(github, 'fork', { files: lax, env })
    const [{ name, properties, message } = { name: '', message: '' }] = run.commands
    expect([run.status, name, properties?.title], run.stdout).toEqual([
      2,
      'error',
      'NOT RUN: The policy cannot be read',
    ])
    expect(message).toContain("GitHub's API does not answer")
    expect(run.summary).toMatch(/^### ❌ NOT RUN: The policy cannot be read\n/)
  })

  test('on pull_request_target is the base’s as well, whatever is checked out', async () => {
    await using github = await startGitHub(makeWorld(strict))
    const env = { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/master' }
    const run = await runOnPull(github, 'fork', { files: { ...lax, ...checkOut(HEAD) }, env })
    expect([run.status, listRemarks(run)], run.stdout).toEqual([1, []])
  })

  test.each<[what: string, base: Files | undefined, policy: string, said: string]>([
    ['a folder', undefined, '.github', 'The policy `.github` cannot be read at `master`: it is not a file'],
    ['outside', undefined, '../ports.yml', 'cannot be read at `master`: it lies outside of the repository'],
    ['not there', undefined, 'ports.yml', 'cannot be read: it does not exist at `master`'],
    ['too large', { [POLICY]: `#${'x'.repeat(3 * 1024 * 1024)}` }, '', 'the file is larger than 1 MiB'],
    [
      'with a catalogue that is not there',
      { [POLICY]: 'version: 1\nhosts: {}\ncatalogue: a/b.yml\n' },
      '',
      '`a/b.yml`',
    ],
  ])('of a base that cannot be used is named: %s', async (_, base, policy, said) => {
    await using github = await startGitHub(makeWorld(base ?? strict))
    const run = await runOnPull(github, 'fork', { files: lax, inputs: { policy } })
    expect([run.status, run.outputs], run.stdout).toEqual([2, {}])
    expect(run.log).toContain(said)
  })

  test('of a base takes its catalogue from there too', async () => {
    const base = {
      ...strict,
      [POLICY]: `${strict[POLICY]}catalogue: ports/catalogue.yml\n`,
      'ports/catalogue.yml': `${open.port}: { service: gate, severity: critical }\n`,
    }
    await using github = await startGitHub(makeWorld(base))
    const run = await runOnPull(github, 'fork', { files: lax })
    expect([run.status, run.outputs.critical], run.stdout).toEqual([1, '1'])
  })

  test.each<[what: string, links: Record<string, string>, status: number, said: string]>([
    ['a link', { '.github': 'config/github' }, 1, ''],
    ['two links', { '.github': 'conf/github', conf: './config' }, 1, ''],
    ['a link out of the repository', { '.github': '../github' }, 2, 'it lies outside of the repository'],
    ['a link to the root', { '.github': '/etc' }, 2, 'it lies outside of the repository'],
    ['a link to itself', { '.github': '.github' }, 2, 'its links lead nowhere'],
  ])('of a base is found where its folder is %s', async (_, links, status, said) => {
    const world = makeWorld({ 'config/github/port-policy.yml': strict[POLICY] ?? '' })
    Object.assign(world.commits[BASE] ?? {}, { links })
    await using github = await startGitHub(world)
    const run = await runOnPull(github, 'fork', { files: lax })
    expect(run.status, run.stdout).toBe(status)
    expect(run.log).toContain(said)
  })

  test('of a base that lies in a submodule cannot be read, and is not missing', async () => {
    const world = makeWorld({})
    Object.assign(world.commits[BASE] ?? {}, { submodules: ['shared'] })
    await using github = await startGitHub(world)
    const files = { 'shared/ports.yml': lax[POLICY] ?? '' }
    const inputs = { policy: 'shared/ports.yml', 'fail-on-loosening': 'info' }
    const run = await runOnPull(github, 'same', { files, inputs })
    expect(run.status, run.stdout).toBe(3)
    expect(run.log).toContain('it lies in the submodule `shared`')
  })

  test.each<[what: string, policyRef: string, kind: PullKind, status: number]>([
    ['the base', 'base', 'same', 1],
    ['a branch', 'main', 'same', 1],
    ['the head', 'head', 'same', 0],
    ['the head, which is a fork’s: the base all the same', 'head', 'fork', 1],
    ['the head, of a fork that is gone', 'head', 'gone', 1],
    ['a branch, for a fork', 'main', 'fork', 1],
  ])('policy-ref: %s', async (_, policyRef, kind, status) => {
    await using github = await startGitHub(makeWorld(strict))
    const run = await runOnPull(github, kind, { files: lax, inputs: { 'policy-ref': policyRef } })
    expect([run.status, listRemarks(run)], run.stdout).toEqual([status, []])
  })

  test.each<[policyRef: string, said: string]>([
    ['gone', 'cannot be read at `gone`: GitHub answered 422: No commit found for SHA: gone'],
    ['base', 'policy-ref: only a pull request has a base'],
  ])('policy-ref: %s that is not there is an error', async (policyRef, said) => {
    await using github = await startGitHub(makeWorld(strict))
    const run = await runAfterDeploy(github, { files: lax, inputs: { 'policy-ref': policyRef } })
    expect([run.status, run.outputs], run.stdout).toEqual([2, {}])
    expect(run.log).toContain(said)
  })
})

describe.concurrent('what a pull request changes in the policy', () => {
  const loosened = { direction: 'loosened', part: 'allow', severity: 'medium' }
  const added = { direction: 'tightened', part: 'policy' }
  const removed = { direction: 'loosened', part: 'policy', severity: 'critical' }
  const moved = (files: Files) => ({ '.github/port-policy.yaml': files[POLICY] ?? '' })

  test.each<[what: string, kind: PullKind, base: () => Files, head: () => Files, changes: object[]]>([
    ['it allows more', 'same', () => strict, () => lax, [loosened]],
    ['it allows more, in a fork', 'fork', () => strict, () => lax, [loosened]],
    ['it allows more, by Dependabot', 'dependabot', () => strict, () => lax, [loosened]],
    ['it is new', 'same', () => ({}), () => lax, [added]],
    ['it is deleted', 'fork', () => lax, () => ({}), [removed]],
    ['it has another name', 'same', () => lax, () => moved(lax), []],
  ])('%s', async (_, kind, base, head, changes) => {
    await using github = await startGitHub(makeWorld(base()))
    const run = await runOnPull(github, kind, { files: head() })
    expect(await readReport(run)).toMatchObject({ policyChanges: changes })
    expect(run.summary.includes('Policy changes')).toBe(changes.length > 0)
  })

  test('it is deleted: nothing is judged, and the comment says so', async () => {
    await using github = await startGitHub(makeWorld(lax))
    const run = await runOnPull(github, 'same', { inputs: always })
    expect([run.status, listRemarks(run)], run.stdout).toEqual([2, []])
    expect(github.world.comments).toMatchObject([
      { body: expect.stringContaining('This pull request removes or moves the policy of its base') },
    ])
  })

  test('fails where fail-on-loosening says so', async () => {
    await using github = await startGitHub(makeWorld(strict))
    const run = await runOnPull(github, 'same', { files: lax, inputs: { 'fail-on-loosening': 'medium' } })
    expect([run.status, run.outputs.medium], run.stdout).toEqual([1, '1'])
  })

  test.each<[what: string, checkedOut: string, changes: object[]]>([
    ['the head itself', HEAD, []],
    ['the merge', MERGE, [loosened]],
  ])('is held against where it began, where %s is checked out', async (_, checkedOut, changes) => {
    const world = makeWorld(strict)
    Object.assign(world.commits[BRANCHED] ?? {}, { files: lax })
    await using github = await startGitHub(world)
    const run = await runOnPull(github, 'same', { files: { ...lax, ...checkOut(checkedOut) } })
    expect(await readReport(run)).toMatchObject({ policyChanges: changes })
  })
})

describe.concurrent('a base that cannot be read', () => {
  test.each<[what: string, token: string, cause: string]>([
    ['a permission is missing', 'no contents', 'the token lacks the permission `contents: read`'],
    ['a private repository', 'stranger', 'GitHub does not find it (404)'],
    ['no token', '', 'GitHub does not find it (404)'],
  ])('%s: the change is not reviewed, which is said once', async (_, token, cause) => {
    await using github = await startGitHub(makeWorld(strict, { isPrivate: true }))
    const run = await runOnPull(github, 'same', { files: lax, inputs: { 'github-token': token } })
    expect([run.status, run.outputs.verdict], run.stdout).toEqual([0, 'pass'])
    const [notice, ...others] = run.commands
    expect([notice?.name, notice?.properties.file, others]).toEqual(['notice', POLICY, []])
    expect(notice?.message).toContain(cause)
    expect(notice?.message).toContain('`contents: read`')
  })

  test('is a doubt where a loosening has to fail', async () => {
    await using github = await startGitHub(makeWorld(strict, { isPrivate: true }))
    const inputs = { 'github-token': 'stranger', 'fail-on-loosening': 'high' }
    const run = await runOnPull(github, 'same', { files: lax, inputs })
    expect([run.status, run.outputs.verdict, run.outputs.doubts], run.stdout).toEqual([
      3,
      'inconclusive',
      '1',
    ])
  })

  test.each(['', 'wrong'])('what is public is read all the same, with the token %j', async (token) => {
    await using github = await startGitHub(makeWorld(strict))
    const run = await runOnPull(github, 'fork', { files: lax, inputs: { 'github-token': token } })
    expect([run.status, listRemarks(run)], run.stdout).toEqual([1, []])
  })
})

test('a pull request that nobody can read is not taken for one of this repository', async () => {
  await using github = await startGitHub(makeWorld(strict))
  const run = await runOn(github, 'pull_request', { pull_request: {} }, { files: lax })
  expect([run.status, run.outputs], run.stdout).toEqual([2, {}])
  expect(run.log).toContain('describes no pull request')
})
