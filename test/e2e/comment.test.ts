import { describe, expect, test } from 'vitest'
import { type Answer, exampleOf, readCall } from '../github/description.ts'
import { lax, open, strict } from '../github/open-port.ts'
import {
  BASE,
  checkOut,
  type Files,
  HEAD,
  listRemarks,
  makeComments,
  makeWorld,
  POLICY,
  PULL_NUMBER,
  type PullKind,
  runOnPull,
} from '../github/scenario.ts'
import { type StandIn, startGitHub, type Trouble } from '../github/stand-in.ts'
import type { World } from '../github/world.ts'
import { listen, ssh } from './bundle.ts'

const always = { 'comment-in-pr': 'always' }
/** A comment as GitHub shows it. */
const [COMMENT = {}] = exampleOf<object[]>(
  readCall({
    method: 'GET',
    path: '/repos/o/r/issues/1/comments',
    query: new URLSearchParams(),
    headers: { accept: 'application/vnd.github+json' },
    body: '',
  }).operation,
  200,
)

const onFailure = { 'comment-in-pr': 'on-failure' }

/** What goes wrong with the comment, and what is said of it; the verdict stays. */
async function comment(
  github: StandIn,
  kind: PullKind,
  inputs: Record<string, string> = {},
): Promise<string[]> {
  const run = await runOnPull(github, kind, { files: strict, inputs: { ...always, ...inputs } })
  expect([run.status, run.outputs.verdict], run.stdout).toEqual([1, 'fail'])
  return listRemarks(run)
}

describe.concurrent('a comment that cannot be written is named once, and the verdict stays', () => {
  test.each<[what: string, kind: PullKind, token: string, said: string]>([
    [
      'a fork',
      'fork',
      'read-only',
      'notice: There is no comment: on a pull request from a fork the token may only read.',
    ],
    [
      'Dependabot',
      'dependabot',
      'read-only',
      'from Dependabot the token may only read unless the workflow grants `pull-requests: write`.',
    ],
    [
      'a missing permission',
      'same',
      'no pull-requests',
      'the token lacks the permission `pull-requests: write` (403)',
    ],
    ['no token', 'same', '', 'Could not write the comment: there is no `github-token`'],
    ['a wrong token', 'same', 'wrong', 'GitHub does not accept the token (401)'],
  ])('%s', async (_, kind, token, said) => {
    await using github = await startGitHub(makeWorld(strict))
    expect(await comment(github, kind, { 'github-token': token })).toEqual([expect.stringContaining(said)])
    expect(github.world.comments).toEqual([])
  })

  test.each<[what: string, answer: Answer | 'silence', said: string]>([
    [
      '422',
      { status: 422, body: { message: 'Validation Failed', documentation_url: '', errors: [] } },
      'GitHub answered 422: Validation Failed',
    ],
    ['500', { status: 500, body: { message: 'Server Error' } }, 'GitHub answered 500: Server Error'],
    [
      'a conversation that is locked',
      { status: 403, body: { message: 'Unable to create comment because issue is locked.' } },
      'the conversation is locked, so only people with write access can comment (403)',
    ],
    [
      'a rate limit that lasts',
      {
        status: 403,
        body: { message: 'API rate limit exceeded' },
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2145916800' },
      },
      'rate limit is used up until 2038-01-01 00:00 UTC',
    ],
    [
      'a secondary rate limit that lasts',
      {
        status: 429,
        body: { message: 'You have exceeded a secondary rate limit' },
        headers: { 'retry-after': '3600' },
      },
      'rate limit asks for a wait of 3600 s',
    ],
    ['silence', 'silence', 'API does not answer: no answer in time'],
  ])('%s', async (_, answer, said) => {
    const trouble: Trouble = (call) => (call === 'issues/create-comment' ? answer : undefined)
    await using github = await startGitHub(makeWorld(strict), { trouble })
    const remarks = await comment(github, 'same')
    expect(remarks).toEqual([
      expect.stringMatching(/^warning: Could not write the comment: .*not affected\.$/),
    ])
    expect(remarks[0]).toContain(said)
  })
})

test.concurrent.each<[what: string, first: string, then: string, said: string]>([
  ['less than nothing, then for very long', '-1000000', '100000', 'asks for a wait of 100000 s'],
  ['for ever', 'Infinity', 'Infinity', 'asks for a wait of Infinity s'],
])('a limit that asks for a wait of %s is not waited for', async (_, first, then, said) => {
  const body = { message: 'You have exceeded a secondary rate limit' }
  const trouble: Trouble = (call, time) =>
    call === 'git/get-commit' || call === 'issues/list-comments'
      ? {
          status: 403,
          body,
          headers: { 'retry-after': call === 'git/get-commit' && time === 1 ? first : then },
        }
      : undefined
  await using github = await startGitHub(makeWorld(strict), { trouble })
  const run = await runOnPull(github, 'same', { files: lax, inputs: always })
  expect(run.status, run.stdout).toBe(0)
  expect(listRemarks(run)).toEqual([expect.stringContaining(said)])
})

describe.concurrent('where the list of comments does not come whole, none is written beside the one that may be there', () => {
  test.each([
    ['broken off', 'application/json; charset=utf-8', '[{ "id": 1, "body": "'],
    ['a page of a proxy', 'text/html', '<html></html>'],
    ['no list', 'application/json; charset=utf-8', 'null'],
    ['too large', 'application/json; charset=utf-8', `[${' '.repeat(40_000_000)}]`],
  ])('%s', async (_, type, body) => {
    const trouble: Trouble = (call) =>
      call === 'issues/list-comments' ? { status: 200, type, body } : undefined
    await using github = await startGitHub(makeWorld(strict), { trouble })
    const [remark] = await comment(github, 'same')
    expect(remark).toContain("Could not write the comment: GitHub's answer is not a list, or is incomplete.")
    expect(github.world.comments).toEqual([])
  })
})

/** A world in which our comment stands among others: it is written by a run, as any is. */
async function withComment(world: World, files: Files): Promise<World> {
  await using github = await startGitHub(world)
  await runOnPull(github, 'same', { files, inputs: always })
  return world
}

describe.concurrent('the comment', () => {
  test.each<[when: string, files: 'strict' | 'lax', count: number]>([
    ['never', 'strict', 0],
    ['on-failure', 'strict', 1],
    ['on-failure', 'lax', 0],
    ['always', 'lax', 1],
  ])('%s, under a policy that is %s', async (when, files, count) => {
    await using github = await startGitHub(makeWorld(strict))
    const run = await runOnPull(github, 'same', {
      files: files === 'strict' ? strict : lax,
      inputs: { 'comment-in-pr': when },
    })
    expect([run.status, listRemarks(run)], run.stdout).toEqual([files === 'strict' ? 1 : 0, []])
    expect(github.world.comments).toHaveLength(count)
    for (const { body, number } of github.world.comments) {
      expect(number).toBe(PULL_NUMBER)
      expect(body).toContain(
        '[this run](https://github.com/Codertocat/Hello-World/actions/runs/4711/attempts/2) of `portgate` at commit ec26c3e57c.',
      )
      expect(body).toContain(run.summary.split('\n')[0])
    }
  })

  test('is found on the second page and turns green', async () => {
    const world = await withComment(makeWorld(strict), strict)
    const [ours] = world.comments
    world.comments.unshift(...makeComments(149))
    await using github = await startGitHub(world)
    const run = await runOnPull(github, 'same', { files: lax, inputs: onFailure })
    expect([run.status, listRemarks(run)], run.stdout).toEqual([0, []])
    expect(world.comments).toHaveLength(150)
    expect(ours?.body).toContain('✅ PASS')
    expect(github.calls.filter((call) => call === 'issues/list-comments')).toHaveLength(2)
  })

  test('is not touched where it would say the same, though of another commit, and says what is new', async () => {
    await using github = await startGitHub(makeWorld(strict))
    await using other = await listen(ssh)
    const policy = (ports: number[]) => ({
      [POLICY]: `version: 1\nscan: { ports: [${ports}], identify: false }\nhosts: { 127.0.0.1: [] }\n`,
    })
    const bodies: (string | undefined)[] = []
    const says: boolean[] = []
    const runs = [[open.port], [open.port], [open.port, other.port], [other.port]]
    for (const [index, ports] of runs.entries()) {
      const files = { ...policy(ports), ...checkOut(index === 1 ? BASE : HEAD) }
      const run = await runOnPull(github, 'same', {
        files,
        inputs: always,
        env: { GITHUB_RUN_ID: `${5000 + index}` },
      })
      expect([run.status, listRemarks(run)], run.stdout).toEqual([1, []])
      says.push(run.log.includes('The comment is left as it is: nothing has changed since it was written.'))
      bodies.push(github.world.comments[0]?.body)
    }
    expect(says).toEqual([false, true, false, false])
    expect(bodies[1]).toBe(bodies[0])
    const news = bodies.map(
      (body) => /^\*\*New since this was last written:\*\* (.*)$/m.exec(body ?? '')?.[1],
    )
    expect(news).toEqual([undefined, undefined, `port ${other.port} open on 127.0.0.1`, undefined])
    expect(github.calls.filter((call) => /create|update|delete/.test(call))).toHaveLength(3)
  })

  test('is not written where it may stand beyond what is looked through', async () => {
    const world = makeWorld(strict, { comments: makeComments(3_100) })
    await using github = await startGitHub(world)
    const run = await runOnPull(github, 'same', { files: lax, inputs: always })
    expect([run.status, listRemarks(run)], run.stdout).toEqual([
      0,
      [
        'warning: Could not write the comment: it may be there already, but not among the 3,000 that are looked through. The verdict is not affected.',
      ],
    ])
    expect(github.calls.filter((call) => call === 'issues/list-comments')).toHaveLength(30)
    expect(world.comments).toHaveLength(3_100)
  })

  test('is written where pages repeat themselves, and no address of a next page is followed', async () => {
    let strangers = 0
    await using elsewhere = await listen(() => strangers++)
    const page = makeComments(100).map(({ id }) => ({ ...COMMENT, id }))
    const link = `<http://127.0.0.1:${elsewhere.port}/?page=2>; rel="next"`
    const trouble: Trouble = (call) =>
      call === 'issues/list-comments' ? { status: 200, body: page, headers: { link } } : undefined
    await using github = await startGitHub(makeWorld(strict), { trouble })
    const run = await runOnPull(github, 'same', { files: lax, inputs: always })
    expect([run.status, listRemarks(run), strangers], run.stdout).toEqual([0, [], 0])
    expect(github.calls.filter((call) => call === 'issues/list-comments')).toHaveLength(2)
    expect(github.world.comments).toHaveLength(1)
  })

  test('of somebody else is left alone, whatever it says', async () => {
    const world = await withComment(makeWorld(strict), strict)
    const forged = { ...world.comments[0], id: 7, login: 'octocat' }
    world.comments.splice(0, 1, forged as World['comments'][number])
    await using github = await startGitHub(world)
    const run = await runOnPull(github, 'same', { files: lax, inputs: always })
    expect([run.status, listRemarks(run)], run.stdout).toEqual([0, []])
    expect(world.comments).toEqual([forged, expect.objectContaining({ login: 'github-actions[bot]' })])
  })

  test('of another app’s token is its own', async () => {
    const world = await withComment(makeWorld(strict), strict)
    await using github = await startGitHub(world)
    for (const files of [strict, lax])
      await runOnPull(github, 'same', { files, inputs: { ...always, 'github-token': 'app' } })
    expect(world.comments.map(({ login, body }) => [login, body.includes('PASS')])).toEqual([
      ['github-actions[bot]', false],
      ['gatekeeper[bot]', true],
    ])
  })

  test.each<[what: string, env: NodeJS.ProcessEnv, inputs: Record<string, string>]>([
    ['job', { GITHUB_JOB: 'other' }, {}],
    ['step', { GITHUB_ACTION: '__self_2' }, {}],
    ['environment', {}, { environment: 'there' }],
    ['workflow', { GITHUB_WORKFLOW_REF: 'a/b/.github/workflows/c.yml@refs/heads/main' }, {}],
  ])('of another %s is its own', async (_, env, inputs) => {
    const world = await withComment(makeWorld(strict), strict)
    await using github = await startGitHub(world)
    const files = { [POLICY]: `${lax[POLICY]}environments: { there: { endpoints: [127.0.0.1] } }\n` }
    await runOnPull(github, 'same', { files, env, inputs: { ...always, ...inputs } })
    expect(world.comments.map(({ body }) => body.includes('PASS'))).toEqual([false, true])
  })

  test('that stands there twice stands there once', async () => {
    const world = await withComment(makeWorld(strict), strict)
    world.comments.push({ ...(world.comments[0] as World['comments'][number]), id: 7 })
    await using github = await startGitHub(world)
    await runOnPull(github, 'same', { files: lax, inputs: onFailure })
    expect(world.comments.map(({ body }) => body.includes('PASS'))).toEqual([true])
  })

  test('says so where the policy cannot be used', async () => {
    await using github = await startGitHub(makeWorld(strict))
    const run = await runOnPull(github, 'same', { inputs: onFailure })
    expect([run.status, run.outputs], run.stdout).toEqual([2, {}])
    expect(github.world.comments).toMatchObject([{ body: expect.stringContaining('There is no policy') }])
  })

  test('has at most 65,536 characters, the worst first', async () => {
    const names = Array.from({ length: 700 }, (_, i) => `${'a'.repeat(60)}${i}`)
    const environments = names.map((name) => `  ${name}: { endpoints: [127.0.0.1] }\n`)
    const files = { [POLICY]: `${strict[POLICY]}environments:\n${environments.join('')}` }
    await using github = await startGitHub(makeWorld(strict))
    const run = await runOnPull(github, 'same', { files, inputs: onFailure })
    expect(listRemarks(run), run.stdout).toEqual([])
    expect(run.summary.length).toBeGreaterThan(65_536)
    const [comment] = github.world.comments
    expect(comment?.body.length).toBeLessThanOrEqual(65_536)
    expect(comment?.body).toMatch(/FAIL: .* and 699 more\n\*\*700 violations fail .*left out.*\[this run\]/s)
  })
})

describe.concurrent('what passes is waited for', () => {
  test.each<[what: string, answer: Answer]>([
    ['500', { status: 500, body: { message: 'Server Error' } }],
    [
      'a rate limit',
      {
        status: 403,
        body: { message: 'API rate limit exceeded' },
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0' },
      },
    ],
    [
      'a secondary rate limit',
      {
        status: 403,
        body: { message: 'You have exceeded a secondary rate limit' },
        headers: { 'retry-after': '1' },
      },
    ],
  ])('%s, then fine', async (_, answer) => {
    const calls = ['git/get-commit', 'issues/create-comment']
    const trouble: Trouble = (call, time) => (calls.includes(call) && time === 1 ? answer : undefined)
    await using github = await startGitHub(makeWorld(strict), { trouble })
    expect(await comment(github, 'same')).toEqual([])
    expect(github.world.comments).toHaveLength(1)
    for (const call of calls) expect(github.calls.filter((other) => other === call)).toHaveLength(2)
  })
})

test('an Enterprise Server is asked under its own address', async () => {
  const world = await withComment(makeWorld(strict), strict)
  await using github = await startGitHub(world, { prefix: '/api/v3' })
  const run = await runOnPull(github, 'same', { files: lax, inputs: onFailure })
  expect([run.status, listRemarks(run)], run.stdout).toEqual([0, []])
  expect(world.comments.map(({ body }) => body.includes('PASS'))).toEqual([true])
})

test.each([
  ['comment-in-pr', 'sometimes', 'expected one of never, on-failure, always'],
  ['issue-on-failure', 'yes', 'expected one of false, true'],
])('%s: %s is refused', async (name, value, hint) => {
  await using github = await startGitHub(makeWorld(strict))
  const run = await runOnPull(github, 'same', { files: lax, inputs: { [name]: value } })
  expect([run.status, github.calls], run.stdout).toEqual([2, []])
  expect(run.log).toContain(`${name}: invalid value \`${value}\` (${hint})`)
})
