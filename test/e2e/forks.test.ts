import { describe, expect, test } from 'vitest'
import { lax, strict } from '../github/open-port.ts'
import {
  BASE,
  BRANCHED,
  checkOut,
  exampleOf,
  HEAD,
  MERGE,
  makeWorld,
  POLICY,
  PULL_NUMBER,
  runOn,
  runOnPull,
} from '../github/scenario.ts'
import { startGitHub } from '../github/stand-in.ts'
import type { World } from '../github/world.ts'
import { makeRepository } from './repository.ts'

/** The exit status by each policy. */
const [BY_BASE, BY_FOLDER] = [1, 0]

/** A commit that GitHub does not know. */
const MADE = 'c'.repeat(40)

const repository = { id: 1, default_branch: 'main' }

/** A run that follows another one, which was started by an event. */
const following = (event: string, head: { id: number } | null, sha = HEAD) => ({
  workflow_run: { event, head_sha: sha, head_repository: head },
  repository,
})

function commented() {
  const payload = exampleOf<{ issue: object; repository: object }>('issue_comment', 'created')
  Object.assign(payload.issue, { number: 7, pull_request: {} })
  return { ...payload, repository }
}

const ofFork = { 7: { head: HEAD, isFromFork: true, base: 'main' } }
const ofBranch = { 7: { head: HEAD, isFromFork: false, base: 'main' } }

describe.concurrent('whose policy is judged by', () => {
  test.each<
    [
      what: string,
      name: string,
      payload: object,
      head: string | undefined,
      status: number,
      world: Partial<World>,
    ]
  >([
    [
      "a fork's run is followed, its head checked out",
      'workflow_run',
      following('pull_request', { id: 2 }),
      HEAD,
      BY_BASE,
      {},
    ],
    [
      "a fork's run is followed, no repository there",
      'workflow_run',
      following('pull_request', { id: 2 }),
      undefined,
      BY_BASE,
      {},
    ],
    [
      "a fork's run is followed that is gone",
      'workflow_run',
      following('pull_request', null),
      undefined,
      BY_BASE,
      {},
    ],
    ["a branch's run is followed", 'workflow_run', following('pull_request', { id: 1 }), HEAD, BY_FOLDER, {}],
    [
      "a branch's run is followed, any commit there",
      'workflow_run',
      following('push', { id: 1 }, MERGE),
      HEAD,
      BY_BASE,
      {},
    ],
    [
      "a comment on a fork's pull request, its head checked out",
      'issue_comment',
      commented(),
      HEAD,
      BY_BASE,
      { pulls: ofFork },
    ],
    [
      "a comment on a fork's pull request, no repository there",
      'issue_comment',
      commented(),
      undefined,
      BY_BASE,
      { pulls: ofFork },
    ],
    [
      "a comment on a branch's pull request, another commit there",
      'issue_comment',
      commented(),
      MERGE,
      BY_BASE,
      { pulls: ofBranch },
    ],
    ['a comment on a pull request that nobody knows', 'issue_comment', commented(), HEAD, BY_BASE, {}],
    ['a check, any commit there', 'check_suite', { repository }, HEAD, BY_BASE, {}],
    [
      'a schedule that checks out an old commit: its payload names no default branch',
      'schedule',
      { schedule: '0 0 * * *' },
      BRANCHED,
      BY_FOLDER,
      {},
    ],
    ["a dispatch that checks out a fork's head", 'repository_dispatch', { repository }, HEAD, BY_BASE, {}],
    [
      'a dispatch that checks out an old commit of the default branch',
      'workflow_dispatch',
      { repository },
      BRANCHED,
      BY_FOLDER,
      {},
    ],
    // Git has no such object, so that its parents cannot be told.
    ['a dispatch that has made a commit', 'workflow_dispatch', { repository }, MADE, BY_FOLDER, {}],
    [
      'a comment on a pull request, and a commit that was made',
      'issue_comment',
      commented(),
      MADE,
      BY_BASE,
      {},
    ],
    ['a push', 'push', { repository }, BASE, BY_FOLDER, {}],
    ['a push, no repository there', 'push', { repository }, undefined, BY_FOLDER, {}],
    ['a schedule', 'schedule', { repository }, BASE, BY_FOLDER, {}],
    ['an event of tomorrow, no repository there', 'tomorrow', { repository }, undefined, BY_BASE, {}],
  ])('%s', async (_, name, payload, head, status, { refs, ...changes }) => {
    const world = makeWorld(strict, changes)
    Object.assign(world.refs, refs)
    // `main` has moved on since a branch left it.
    world.commits[BASE]?.parents.push(BRANCHED)
    await using github = await startGitHub(world)
    const files = { ...lax, ...(head && checkOut(head)) }
    const env = { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: BASE }
    const run = await runOn(github, name, payload, { files, env })
    expect(run.status, run.stdout).toBe(status)
    const said = "The checked-out code counts as a fork's: "
    if (status === BY_BASE) {
      expect(run.log).toContain(said)
      expect(run.summary).toContain('Policy changes')
    } else {
      expect(run.log).not.toContain(said)
    }
    if (head === BASE) expect(github.calls).toEqual([])
  })

  test('an answer that is no list of branches tells of none', async () => {
    const answer = { status: 200, type: 'text/html; charset=utf-8', body: '<html>Welcome</html>' }
    const trouble = (call: string) => (call === 'repos/list-branches-for-head-commit' ? answer : undefined)
    await using github = await startGitHub(makeWorld(strict), { trouble })
    const env = { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: BASE }
    const files = { ...lax, ...checkOut(HEAD) }
    const run = await runOn(github, 'workflow_dispatch', { repository }, { files, env })
    expect(run.status, run.stdout).toBe(BY_BASE)
  })

  test('a deployment of any commit: that of a branch where GitHub says so', async () => {
    const world = makeWorld(strict)
    await using github = await startGitHub(world)
    const run = (sha: string) =>
      runOn(github, 'deployment', { repository }, { files: lax, env: { GITHUB_SHA: sha } })
    expect([(await run(BASE)).status, (await run(HEAD)).status]).toEqual([BY_FOLDER, BY_BASE])
  })

  test("a base that cannot be read: nothing's, and people are told", async () => {
    await using github = await startGitHub(makeWorld(strict, { isPrivate: true }))
    const inputs = { 'github-token': 'no contents' }
    const env = { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: BASE }
    const payload = following('pull_request', { id: 2 })
    const run = await runOn(github, 'workflow_run', payload, { files: lax, inputs, env })
    expect([run.status, run.outputs], run.stdout).toEqual([2, {}])
    expect(run.log).toContain("what may be a fork's code is judged by the policy of its base and no other")
    expect(run.log).toContain('`contents: read`')
    // As the token, and as nobody; nothing is tried again.
    expect(github.calls.length).toBeLessThan(5)
  })
})

test("a pull request from a branch that has a stranger's commit checked out is judged by its base", async () => {
  await using github = await startGitHub(makeWorld(strict))
  const run = await runOnPull(github, 'same', { files: { ...lax, ...checkOut(BRANCHED) } })
  expect(run.status, run.stdout).toBe(BY_BASE)
  expect(run.log).toContain("The checked-out code counts as a fork's")
})

test('the merge of a pull request from a branch is its own, on pull_request_target too', async () => {
  const pulls = { [PULL_NUMBER]: { head: HEAD, isFromFork: false, base: 'master', merge: MERGE } }
  await using github = await startGitHub(makeWorld(strict, { pulls }))
  const env = { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/master', GITHUB_SHA: BASE }
  const run = await runOnPull(github, 'same', { files: { ...lax, ...checkOut(MERGE) }, env })
  expect(run.status, run.stdout).toBe(BY_FOLDER)
})

test.each([
  ['any commit', BASE, BY_BASE],
  ['the tip of a branch', HEAD, BY_FOLDER],
])('a policy in a checkout of its own, beside that of the workflow: %s', async (_, branch, status) => {
  const world = makeWorld(strict)
  Object.assign(world.refs, { 'refs/heads/x': branch })
  await using github = await startGitHub(world)
  const inside = { ...lax, ...checkOut(HEAD) }
  const beside = Object.entries(inside).map(([path, text]) => [`pr/${path}`, text])
  const files = { ...strict, ...checkOut(BASE), ...Object.fromEntries(beside) }
  const env = { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: BASE }
  const inputs = { policy: `pr/${POLICY}` }
  const run = await runOn(github, 'workflow_dispatch', { repository }, { files, env, inputs })
  expect(run.status, run.stdout).toBe(status)
  if (status === BY_BASE) expect(run.log).toContain("The checked-out code counts as a fork's")
})

describe.concurrent('policy-ref for the code of a fork', () => {
  test.each<[policyRef: string, status: number, said: string]>([
    ['head', BY_BASE, 'policy-ref: `head` does not hold here'],
    [HEAD, BY_BASE, `policy-ref: \`${HEAD}\` does not hold here`],
    [HEAD.toUpperCase(), BY_BASE, 'does not hold here'],
    ['base', BY_BASE, ''],
    ['main', BY_BASE, ''],
    ['refs/heads/main', BY_BASE, ''],
    ['loose', BY_FOLDER, ''],
    ['v1', BY_FOLDER, ''],
    [HEAD.slice(0, 9), 2, 'it is not a branch or tag of this repository'],
    ['main~1', 2, 'it is not a branch or tag of this repository'],
    ['refs/pull/2/head', 2, 'GitHub answered 422'],
    ['pull/2/head', 2, 'GitHub answered 422'],
  ])('%s', async (policyRef, status, said) => {
    const world = makeWorld(strict)
    Object.assign(world.commits, {
      [HEAD]: { parents: [], files: lax },
      [BRANCHED]: { parents: [], files: lax },
    })
    // An annotated tag.
    const tag = 'd'.repeat(40)
    Object.assign(world.refs, { 'refs/heads/loose': BRANCHED, 'refs/tags/v1': tag })
    Object.assign(world.tagObjects, { [tag]: BRANCHED })
    await using github = await startGitHub(world)
    const inputs = { 'policy-ref': policyRef }
    const pull = await runOnPull(github, 'fork', { files: { ...lax, ...checkOut(HEAD) }, inputs })
    expect(pull.status, pull.stdout).toBe(status)
    expect(pull.log).toContain(said)
  })
})

describe.concurrent('policy-ref that is the name of the fork’s branch', () => {
  /** The fork's branch is called as one of ours that is lax. */
  const EVENTS: [
    name: string,
    make: (headRef: string) => object,
    changes: (headRef: string) => Partial<World>,
  ][] = [
    [
      'pull_request_target',
      (headRef) => {
        const payload = exampleOf<{ pull_request: { base: object; head: { repo: object } } }>(
          'pull_request',
          'synchronize',
        )
        Object.assign(payload.pull_request.base, { ref: 'main', sha: BASE })
        Object.assign(payload.pull_request.head, { ref: headRef })
        Object.assign(payload.pull_request.head.repo, { id: 2 })
        return payload
      },
      () => ({}),
    ],
    [
      'workflow_run',
      (headRef) => {
        const payload = following('pull_request', { id: 2 })
        Object.assign(payload.workflow_run, { head_branch: headRef })
        return payload
      },
      () => ({}),
    ],
    [
      'workflow_run',
      (headRef) => {
        // Whose branch it is that a target has been run for, the event does not tell.
        const payload = following('pull_request_target', { id: 1 })
        Object.assign(payload.workflow_run, { head_branch: headRef })
        return payload
      },
      () => ({}),
    ],
    [
      'issue_comment',
      () => commented(),
      (headRef) => ({ pulls: { 7: { head: HEAD, headRef, isFromFork: true, base: 'main' } } }),
    ],
  ]

  test.each<[headRef: string, policyRef: string, status: number]>([
    ['old', 'old', 2],
    ['old', 'refs/heads/old', 2],
    ['old', 'heads/old', 2],
    ['v1', 'refs/tags/v1', 2],
    ['refs/heads/old', 'refs/heads/old', 2],
    ['main', 'main', BY_BASE],
    ['main', 'refs/heads/main', BY_BASE],
    ['main', 'refs/tags/main', 2],
    ['topic', 'old', BY_FOLDER],
  ])('%s, and policy-ref %s', async (headRef, policyRef, status) => {
    for (const [name, make, changes] of EVENTS) {
      const world = makeWorld(strict, changes(headRef))
      world.commits[BRANCHED] = { parents: [], files: lax }
      Object.assign(world.refs, { 'refs/heads/old': BRANCHED, 'refs/tags/v1': BRANCHED })
      await using github = await startGitHub(world)
      const run = await runOn(github, name, make(headRef), {
        files: { ...lax, ...checkOut(HEAD) },
        inputs: { 'policy-ref': policyRef },
        env: { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: BASE },
      })
      expect(run.status, run.stdout).toBe(status)
      if (run.status === 2) expect(run.log).toContain("is also the name of the fork's branch")
    }
  })
})

describe.concurrent('policy-ref where a fork’s code may be looked at, whatever is checked out', () => {
  test.each<[policyRef: string, status: number, said: string]>([
    [HEAD, 2, 'it is not a branch or tag of this repository'],
    [HEAD.slice(0, 9), 2, 'it is not a branch or tag of this repository'],
    ['refs/pull/7/head', 2, 'GitHub answered 422'],
    ['old', 2, "is also the name of the fork's branch"],
    ['main', BY_BASE, ''],
    // As `github.sha` is on a comment.
    ['the workflow’s own', BY_FOLDER, ''],
  ])('%s', async (policyRef, status, said) => {
    await using source = await makeRepository()
    const sha = await source.commit(lax)
    const isOwn = policyRef === 'the workflow’s own'
    const pulls = { 7: { head: HEAD, headRef: 'old', isFromFork: true, base: 'main' } }
    const world = makeWorld(strict, { pulls })
    for (const commit of [HEAD, BRANCHED, sha]) world.commits[commit] = { parents: [], files: lax }
    Object.assign(world.refs, { 'refs/heads/old': BRANCHED })
    await using github = await startGitHub(world)
    const run = await runOn(github, 'issue_comment', commented(), {
      script: `cp -R ${source.folder}/. .`,
      inputs: { 'policy-ref': isOwn ? sha : policyRef },
      env: { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: sha },
    })
    expect(run.status, run.stdout).toBe(status)
    expect(run.log).toContain(said)
  })

  test('a branch, where the pull request cannot be read', async () => {
    await using github = await startGitHub(makeWorld(strict, { pulls: ofFork, isPrivate: true }))
    const run = await runOn(github, 'issue_comment', commented(), {
      files: { ...lax, ...checkOut(HEAD) },
      inputs: { 'policy-ref': 'main', 'github-token': 'no pull-requests' },
      env: { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: BASE },
    })
    expect([run.status, run.log]).toEqual([2, expect.stringContaining('`pull-requests: read`')])
    expect(run.summary).toMatch(/^### ❌ NOT RUN: The pull request cannot be read\n/)
  })

  test('the branch of a fork that is gone', async () => {
    const world = makeWorld(strict)
    world.refs['refs/heads/old'] = BRANCHED
    await using github = await startGitHub(world)
    const payload = following('pull_request', null)
    Object.assign(payload.workflow_run, { head_branch: 'old' })
    const run = await runOn(github, 'workflow_run', payload, {
      files: lax,
      inputs: { 'policy-ref': 'old' },
      env: { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: BASE },
    })
    expect(run.status, run.stdout).toBe(2)
  })
})

describe.concurrent('policy-ref: base for code of the repository’s own', () => {
  const env = { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: BASE }
  const run = (name: string, payload: object, world: Partial<World> = {}, token = 'job') =>
    startGitHub(makeWorld(strict, world)).then(async (github) => {
      await using _ = github
      const inputs = { 'policy-ref': 'base', 'github-token': token }
      return await runOn(github, name, payload, { files: { ...lax, ...checkOut(HEAD) }, inputs, env })
    })
  const served = (...bases: [ref: string, id: number][]) => {
    const payload = following('pull_request', { id: 1 })
    const pulls = bases.map(([ref, id]) => ({ base: { ref, repo: { id } } }))
    return { ...payload, workflow_run: { ...payload.workflow_run, pull_requests: pulls } }
  }

  test.each<[what: string, name: string, payload: object, said: string]>([
    ['a comment on a pull request', 'issue_comment', commented(), 'Policy changes'],
    ['a run of a pull request', 'workflow_run', served(['main', 1]), 'Policy changes'],
    ['with others of a fork', 'workflow_run', served(['x', 2], ['main', 1], ['main', 1]), 'Policy changes'],
  ])('%s', async (_, name, payload, said) => {
    const { status, stdout, summary } = await run(name, payload, { pulls: ofBranch })
    expect(status, stdout).toBe(BY_BASE)
    expect(summary).toContain(said)
  })

  test.each<[what: string, name: string, payload: object]>([
    ['a run of a push', 'workflow_run', following('push', { id: 1 })],
    ['a run of two pull requests', 'workflow_run', served(['main', 1], ['master', 1])],
    ['a push', 'schedule', { repository }],
  ])('%s has none', async (_, name, payload) => {
    const files = name === 'schedule' ? BASE : HEAD
    await using github = await startGitHub(makeWorld(strict))
    const inputs = { 'policy-ref': 'base' }
    const { status, log } = await runOn(github, name, payload, {
      files: { ...lax, ...checkOut(files) },
      inputs,
      env,
    })
    expect([status, log]).toEqual([2, expect.stringContaining('only a pull request has a base')])
  })
})

describe.concurrent('policy-ref', () => {
  const env = { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: BASE }

  test.each<[policyRef: string, status: number, said: string[]]>([
    ['main', 2, ['the branch `refs/heads/main`', 'the tag `refs/tags/main`', 'not the same commit']],
    ['main~1', 2, ['the branch `refs/heads/main`']],
    ['refs/heads/main', BY_BASE, []],
    ['refs/tags/main', BY_FOLDER, []],
    ['heads/main', BY_BASE, []],
    [BRANCHED, BY_FOLDER, []],
    [BRANCHED.slice(0, 9), BY_FOLDER, []],
    ['same', BY_BASE, []],
    [HEAD, 2, [`the branch \`refs/heads/${HEAD}\``, `the commit \`${HEAD}\``]],
  ])('%s, where a tag and a branch are called alike', async (policyRef, status, said) => {
    const world = makeWorld(strict)
    Object.assign(world.commits, { [BRANCHED]: { parents: [], files: lax } })
    Object.assign(world.refs, { 'refs/tags/main': BRANCHED, 'refs/heads/same': BASE, 'refs/tags/same': BASE })
    Object.assign(world.refs, { [`refs/heads/${HEAD}`]: BASE })
    await using github = await startGitHub(world)
    const run = await runOn(
      github,
      'push',
      { repository },
      { files: lax, env, inputs: { 'policy-ref': policyRef } },
    )
    expect(run.status, run.stdout).toBe(status)
    for (const part of said) expect(run.log).toContain(part)
  })

  test('a commit that GitHub does not show is an error, and not one without a policy', async () => {
    const world = makeWorld(strict)
    await using github = await startGitHub(world, {
      // As where the token may see the commit's name and nothing in it.
      trouble: (call, time) =>
        call === 'repos/get-content' || (call === 'git/get-commit' && time > 1)
          ? { status: 404, body: { message: 'Not Found' } }
          : undefined,
    })
    const run = await runOnPull(github, 'fork', { files: lax, inputs: { endpoints: '127.0.0.1' } })
    expect([run.status, run.outputs], run.stdout).toEqual([2, {}])
    expect(run.log).toContain(
      `The policy \`${POLICY}\` cannot be read at \`master\`: GitHub does not find it (404)`,
    )
  })
})

describe.concurrent("a fork's run, of which the event names no pull request", () => {
  const payload = following('pull_request', { id: 2 })
  Object.assign(payload.workflow_run, {
    head_branch: 'topic',
    head_repository: { id: 2, owner: { login: 'octocat' } },
    pull_requests: [],
  })
  const pull = { head: HEAD, headRef: 'topic', owner: 'octocat', isFromFork: true, base: 'stable' }

  test.each<[what: string, pulls: World['pulls'], status: number, number: number | undefined]>([
    ['it is looked up, and its base judges', { 7: pull }, BY_BASE, 7],
    ['that of another branch is another', { 7: { ...pull, headRef: 'x' } }, BY_FOLDER, undefined],
    ['that of another owner is another', { 7: { ...pull, owner: 'x' } }, BY_FOLDER, undefined],
    ['one that has moved on is none', { 7: { ...pull, head: BASE } }, BY_FOLDER, undefined],
    ['the base of one among several is not chosen', { 7: { ...pull, base: 'lax' }, 8: pull }, BY_FOLDER, 7],
  ])('%s', async (_, pulls, status, number) => {
    // What the workflow runs on allows everything here, and the base of the pull request nothing.
    const world = makeWorld(lax, { pulls })
    world.commits[BRANCHED] = { parents: [], files: strict }
    world.refs['refs/heads/stable'] = BRANCHED
    await using github = await startGitHub(world)
    const run = await runOn(github, 'workflow_run', payload, {
      files: { ...lax, ...checkOut(HEAD) },
      inputs: { 'comment-in-pr': 'always' },
      env: { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: BASE },
    })
    expect(run.status, run.stdout).toBe(status)
    expect(github.world.comments[0]?.number).toBe(number)
    if (number === undefined) expect(run.log).toContain('the workflow run has no open pull request here')
  })
})
