import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lax, open, strict } from '../github/open-port.ts'
import {
  BASE,
  checkOut,
  type Files,
  HEAD,
  MERGE,
  makeWorld,
  POLICY,
  runAfterDeploy,
  runOn,
  runOnPull,
} from '../github/scenario.ts'
import { startGitHub } from '../github/stand-in.ts'
import { makeFolder } from './bundle.ts'

const always = { 'comment-in-pr': 'always' }
const issues = { 'issue-on-failure': 'true' }

describe.concurrent('a merge group', () => {
  const ref = `refs/heads/gh-readonly-queue/master/pr-7-${BASE}`
  const payload = {
    action: 'checks_requested',
    merge_group: { base_sha: BASE, base_ref: 'refs/heads/master', head_sha: MERGE, head_ref: ref },
  }
  const env = { GITHUB_REF: ref, GITHUB_SHA: MERGE }

  test.each([
    ['policy-ref', 'base', 1],
    ['fail-on-loosening', 'low', 1],
    ['fail-on-loosening', 'never', 0],
  ])('is held against its base: %s: %s ends with %i', async (name, value, status) => {
    await using github = await startGitHub(makeWorld(strict))
    const files = { ...lax, ...checkOut(MERGE) }
    const run = await runOn(github, 'merge_group', payload, { files, inputs: { [name]: value }, env })
    expect(run.status, run.stdout).toBe(status)
    expect(run.summary).toContain('**loosened** (medium)')
  })

  test('has no comment, and says so', async () => {
    await using github = await startGitHub(makeWorld(strict))
    const run = await runOn(github, 'merge_group', payload, { files: strict, inputs: always, env })
    expect(run.log).toContain('There is no comment: a merge group may hold several pull requests.')
    expect(github.world.comments).toEqual([])
  })
})

describe.concurrent('which gate it is follows from what it judges', () => {
  test.each([
    [{ endpoints: '127.0.0.1' }, { endpoints: '127.0.0.2' }],
    [{ ports: '1-2' }, { ports: '3' }],
    [{ ip: '4' }, { ip: 'auto' }],
    [{ scope: '127.0.0.0/8' }, { scope: '127.0.0.1' }],
  ] as Record<string, string>[][])('%j and %j are two', async (one, other) => {
    await using github = await startGitHub(makeWorld(strict))
    for (const inputs of [one, other])
      await runOnPull(github, 'same', { files: strict, inputs: { ...always, ...inputs } })
    expect(github.world.comments).toHaveLength(2)
  })

  test('the order of endpoints makes no other gate', async () => {
    await using github = await startGitHub(makeWorld(strict))
    for (const endpoints of ['127.0.0.1 127.0.0.2', '127.0.0.2,127.0.0.1'])
      await runOnPull(github, 'same', { files: strict, inputs: { ...always, endpoints } })
    expect(github.world.comments).toHaveLength(1)
  })

  test('the legs of a matrix keep issues of their own, night after night', async () => {
    await using github = await startGitHub(makeWorld(strict))
    const env = { GITHUB_REF: 'refs/heads/master', GITHUB_SHA: BASE }
    for (const night of ['1', '2']) {
      for (const endpoints of ['127.0.0.1', '127.0.0.2']) {
        const files = { ...strict, ...checkOut(BASE) }
        const inputs = { ...issues, endpoints }
        await runOn(github, 'schedule', {}, { files, inputs, env: { ...env, GITHUB_RUN_ID: night } })
      }
    }
    expect(github.world.issues).toMatchObject([{ state: 'open' }])
  })

  test('two steps of a composite action, which have no names, are two', async () => {
    await using github = await startGitHub(makeWorld(strict))
    const folder = await makeFolder({ env: '' })
    const GITHUB_ENV = join(folder, 'env')
    await runOnPull(github, 'same', { files: strict, inputs: always, env: { GITHUB_ENV } })
    const [, PORTGATE_POSTED = ''] =
      /^PORTGATE_POSTED<<\S+\n(.*)\n/m.exec(await readFile(GITHUB_ENV, 'utf8')) ?? []
    await runOnPull(github, 'same', { files: lax, inputs: always, env: { GITHUB_ENV, PORTGATE_POSTED } })
    expect(github.world.comments.map(({ body }) => /FAIL|PASS/.exec(body)?.[0])).toEqual(['FAIL', 'PASS'])
    // Their next run finds both again.
    const env = { GITHUB_RUN_ID: '4712' }
    await runOnPull(github, 'same', { files: lax, inputs: always, env })
    await runOnPull(github, 'same', { files: lax, inputs: always, env: { ...env, PORTGATE_POSTED } })
    expect(github.world.comments.map(({ body }) => /FAIL|PASS/.exec(body)?.[0])).toEqual(['PASS', 'PASS'])
  })
})

describe.concurrent('an older run', () => {
  test.each([
    ['of an older commit, run again', { GITHUB_RUN_ID: '4000', GITHUB_RUN_ATTEMPT: '9' }],
    ['an earlier attempt that ends late', { GITHUB_RUN_ATTEMPT: '1' }],
  ])('does not overwrite a comment: %s', async (_, env) => {
    await using github = await startGitHub(makeWorld(strict))
    await runOnPull(github, 'same', { files: strict, inputs: always })
    const before = structuredClone(github.world.comments)
    const run = await runOnPull(github, 'same', { files: lax, inputs: always, env })
    expect(run.log).toContain('The comment is left as it is: a later run wrote it.')
    expect(github.world.comments).toEqual(before)
  })

  test('does not close an issue', async () => {
    await using github = await startGitHub(makeWorld(strict))
    await runAfterDeploy(github, { files: strict, inputs: issues })
    await runAfterDeploy(github, { files: lax, inputs: issues, env: { GITHUB_RUN_ID: '4000' } })
    expect(github.world.issues).toMatchObject([{ state: 'open' }])
  })
})

test('comments and issues name the commit', async () => {
  await using github = await startGitHub(makeWorld(strict))
  await runOnPull(github, 'same', { files: { ...strict, ...checkOut(MERGE) }, inputs: always })
  await runAfterDeploy(github, { files: strict, inputs: issues })
  const { comments, issues: kept } = github.world
  expect(comments[0]?.body).toContain(` at commit ${HEAD.slice(0, 10)}.`)
  expect(kept[0]?.body).toContain(` at commit ${BASE.slice(0, 10)}.`)
})

test('in audit mode a gate that fails is commented on, and has its issue', async () => {
  await using github = await startGitHub(makeWorld(strict))
  const inputs = { ...issues, 'comment-in-pr': 'on-failure', mode: 'audit' }
  const runs = [
    await runOnPull(github, 'same', { files: strict, inputs }),
    await runAfterDeploy(github, { files: strict, inputs }),
  ]
  expect(runs.map(({ status }) => status)).toEqual([0, 0])
  expect(github.world.comments).toHaveLength(1)
  expect(github.world.issues).toMatchObject([{ state: 'open' }])
})

test('a repository in a subfolder is named from its own top, and so is the catalogue that its policy names', async () => {
  const policy = (allow: number | string, more = '') =>
    `version: 1\nscan: { ports: ${open.port}, identify: false }\nhosts:\n  127.0.0.1: [${allow}]\n${more}`
  const base = {
    'ops/ports.yml': policy('', 'catalogue: ops/catalogue.yml\n'),
    'ops/catalogue.yml': `${open.port}: { severity: critical }\n`,
  }
  await using github = await startGitHub(makeWorld(base))
  const git = Object.entries(checkOut(MERGE)).map(([path, text]) => [`src/${path}`, text])
  const files = { 'src/ops/ports.yml': policy(open.port), ...Object.fromEntries(git) }
  const inputs = { policy: 'src/ops/ports.yml', 'fail-on-loosening': 'low' }
  const own = await runOnPull(github, 'same', { files, inputs })
  // An allowance more, and a catalogue less.
  expect([own.status, own.outputs.violations], own.stdout).toEqual([1, '2'])
  const fork = await runOnPull(github, 'fork', { files, inputs: { policy: inputs.policy } })
  expect([fork.status, fork.outputs.critical], fork.stdout).toEqual([1, '1'])
  expect(fork.commands[0]?.properties).toMatchObject({ file: 'ops/ports.yml', line: '4' })
  const sarif = JSON.parse(await readFile(fork.outputs.sarif ?? '', 'utf8'))
  const [{ locations }] = sarif.runs[0].results
  expect(locations[0].physicalLocation.artifactLocation.uri).toBe('ops/ports.yml')
})

test('SARIF of a run with doubts is no whole analysis', async () => {
  await using github = await startGitHub(makeWorld(strict))
  const read = async (files: Files) => {
    const run = await runOn(github, 'push', {}, { files })
    return JSON.parse(await readFile(run.outputs.sarif ?? '', 'utf8')).runs[0].invocations[0]
  }
  expect(await read(strict)).toMatchObject({ executionSuccessful: true })
  const blind = { [POLICY]: 'version: 1\nhosts: { portgate.invalid: [] }\n' }
  expect(await read(blind)).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [{ message: { text: expect.stringContaining('could not see everything') } }],
  })
})

describe('an environment', () => {
  const policy = (name: string) =>
    `version: 1\nscan: { ports: ${open.port}, identify: false }\nhosts: { 127.0.0.1: [${open.port}], 127.0.0.2: [] }\nenvironments:\n  ${name}: { endpoints: [127.0.0.1] }\n`

  test('that is deployed to and that the policy does not have is told', async () => {
    await using github = await startGitHub(makeWorld(strict))
    const run = await runAfterDeploy(github, { files: { [POLICY]: policy('staging') } })
    expect(run.log).toContain(
      `The event deploys to \`production\`, an environment that ${POLICY} does not have: all of its environments are checked.`,
    )
  })

  test('is found whatever its case, as the event finds it', async () => {
    await using github = await startGitHub(makeWorld(strict))
    const inputs = { environment: 'production' }
    const run = await runOn(github, 'push', {}, { files: { [POLICY]: policy('Production') }, inputs })
    expect(run.status, run.stdout).toBe(0)
  })
})
