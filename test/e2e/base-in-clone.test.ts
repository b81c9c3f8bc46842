import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { lax, strict } from '../github/open-port.ts'
import { exampleOf, makeWorld, POLICY, runOn } from '../github/scenario.ts'
import { startGitHub } from '../github/stand-in.ts'
import type { World } from '../github/world.ts'
import { makeRepository, type TestRepository } from './repository.ts'

/** The exit status by each policy, and where nothing is judged. */
const [BY_BASE, BY_FOLDER, UNUSABLE] = [1, 0, 2]

/** `main` was lax where the pull request left it, and is strict now. */
let source: TestRepository
let base: string
let head: string
let merge: string

beforeAll(async () => {
  source = await makeRepository()
  const branched = await source.commit(lax)
  base = await source.commit(strict)
  await source.git('checkout', '-q', '-b', 'topic', branched)
  head = await source.commit()
  merge = await source.git('commit-tree', `${head}^{tree}`, '-p', base, '-p', head, '-m', 'merge')
  await source.git('update-ref', 'refs/pull/7/merge', merge)
  return () => source[Symbol.asyncDispose]()
})

/** Runs on the pull request, whose clone has one of its commits checked out. GitHub shows nothing, unless it has a world. */
async function runIn(
  checkedOut: string,
  {
    isFork = false,
    token = 'stranger',
    inputs = {},
    script = '',
    world = { isPrivate: true },
  }: {
    isFork?: boolean
    token?: string
    inputs?: Record<string, string>
    script?: string
    world?: Partial<World>
  } = {},
) {
  const payload = exampleOf<{ pull_request: { head: { repo: object } } }>('pull_request', 'synchronize')
  const { repo } = payload.pull_request.head
  Object.assign(payload.pull_request, {
    number: 7,
    base: { ref: 'main', sha: base, repo },
    head: { ref: 'topic', sha: head, repo: { ...repo, ...(isFork && { id: 1 }) } },
  })
  await using github = await startGitHub(makeWorld({}, world))
  return await runOn(github, 'pull_request', payload, {
    inputs: { 'github-token': token, ...inputs },
    env: { GITHUB_REF: 'refs/pull/7/merge', GITHUB_SHA: merge },
    script: `cp -R ${source.folder}/. . && git checkout -q -f ${checkedOut}\n${script}`,
  })
}

const failing = { 'fail-on-loosening': 'info' }

describe.concurrent('a base that GitHub does not show is read from the clone', () => {
  test.each(['stranger', 'no contents', ''])('and reviewed, with the token %j', async (token) => {
    const run = await runIn(merge, { token, inputs: failing })
    expect([run.status, run.outputs.verdict], run.stdout).toEqual([1, 'fail'])
    expect(run.log).toContain('`main` is read from the clone, since GitHub does not show it: ')
  })

  test('where it was left, the head checked out', async () => {
    const run = await runIn(head, { inputs: failing })
    expect([run.status, run.outputs.verdict], run.stdout).toEqual([BY_FOLDER, 'pass'])
  })

  test('and judges where policy-ref says so', async () => {
    const run = await runIn(merge, { inputs: { 'policy-ref': 'base' } })
    expect(run.status, run.stdout).toBe(BY_BASE)
  })

  test('and judges a fork’s code', async () => {
    const run = await runIn(head, { isFork: true })
    expect(run.status, run.stdout).toBe(BY_BASE)
  })

  test('by the event, where the merge is not there', async () => {
    const script = `git update-ref -d refs/pull/7/merge && rm .git/objects/${merge.slice(0, 2)}/${merge.slice(2)}`
    const run = await runIn(head, { isFork: true, script })
    expect(run.status, run.stdout).toBe(BY_BASE)
  })
})

describe.concurrent('a base that neither GitHub nor the clone has', () => {
  const shallow = 'git clone -q --depth 1 "file://$PWD" c && rm -rf .git && mv c/.git .'

  test('judges nothing of a fork’s, and people are told how to get it', async () => {
    const run = await runIn(merge, { isFork: true, script: shallow })
    expect([run.status, run.outputs], run.stdout).toEqual([UNUSABLE, {}])
    expect(run.log).toContain('`fetch-depth: 0` of actions/checkout')
  })

  test('is not guessed where it was left', async () => {
    const script = `git clone -q --depth 2 "file://$PWD" c && rm -rf .git && mv c/.git . && git checkout -q ${head}`
    const run = await runIn(merge, { inputs: failing, script })
    expect(run.outputs.verdict, run.stdout).toBe('inconclusive')
  })

  test('is not read from an object that is not what its name says', async () => {
    const name = await source.git('rev-parse', `${base}:${POLICY}`)
    const content = Buffer.from(lax[POLICY] ?? '')
    const object = deflateSync(Buffer.concat([Buffer.from(`blob ${content.length}\0`), content]))
    const forged = join(source.folder, '.git/forged')
    await writeFile(forged, object)
    const path = `.git/objects/${name.slice(0, 2)}/${name.slice(2)}`
    await chmod(join(source.folder, path), 0o644)
    const run = await runIn(merge, { isFork: true, script: `cp -f .git/forged ${path}` })
    expect([run.status, run.outputs], run.stdout).toEqual([UNUSABLE, {}])
    expect(run.log).toContain('does not match its name')
  })
})

test('a commit that a step has made on the merge is held against the base, in a shallow clone too', async () => {
  const world = {
    commits: { [merge]: { parents: [base, head], files: lax }, [base]: { parents: [], files: strict } },
  }
  const commit = 'git -c user.name=a -c user.email=a@example.com commit -q --allow-empty -m x'
  const script = `git clone -q --depth 1 "file://$PWD" c && rm -rf .git && mv c/.git . && ${commit}`
  const run = await runIn(merge, { token: 'job', world, inputs: failing, script })
  expect([run.status, run.outputs.verdict], run.stdout).toEqual([1, 'fail'])
})
