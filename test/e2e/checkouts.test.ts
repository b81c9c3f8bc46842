import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { ReportJson } from '../../src/report/report-json.ts'
import { lax, strict } from '../github/open-port.ts'
import {
  BASE,
  checkOut,
  type Files,
  HEAD,
  MERGE,
  makeWorld,
  POLICY,
  runOn,
  runOnPull,
} from '../github/scenario.ts'
import { startGitHub } from '../github/stand-in.ts'
import { refuse } from '../github/world.ts'
import type { ActionRun } from './bundle.ts'
import { makeRepository } from './repository.ts'

/** The exit status by each policy. */
const [BY_BASE, BY_FOLDER] = [1, 0]

const repository = { id: 1, default_branch: 'main' }

const env = { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: BASE }

const below = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]))

describe.concurrent('a checkout that does not tell its commit may be a fork’s', () => {
  test.each<[what: string, files: Files]>([
    ['it has no commit', { '.git/HEAD': 'ref: refs/heads/main\n' }],
    ['its repository is gone', { '.git/HEAD': '' }],
    ['its references are of another kind', { '.git/HEAD': 'ref: refs/heads/.invalid\n' }],
  ])('%s', async (_, files) => {
    await using github = await startGitHub(makeWorld(strict))
    const run = await runOn(
      github,
      'workflow_dispatch',
      { repository },
      { files: { ...lax, ...checkOut(HEAD), ...files }, env },
    )
    expect(run.status, run.stdout).toBe(BY_BASE)
    expect(run.log).toContain('the checked-out commit is unknown: ')
  })

  const { '.git/HEAD': HEAD_ONLY = '' } = checkOut(HEAD)

  test.each<[what: string, files: Files, env: NodeJS.ProcessEnv]>([
    ['its configuration is none', { ...checkOut(HEAD), '.git/config': '[core' }, {}],
    [
      'it is of another format',
      { ...checkOut(HEAD), '.git/config': '[core]\nrepositoryformatversion = 99\n' },
      {},
    ],
    ['there is no git', checkOut(HEAD), { PATH: '' }],
    ['it has nothing but its HEAD', { '.git/HEAD': HEAD_ONLY }, {}],
  ])('git does not tell it, but its files do: %s', async (_, files, variables) => {
    for (const [sha, status] of [
      [BASE, BY_BASE],
      [HEAD, BY_FOLDER],
    ] as const) {
      await using github = await startGitHub(makeWorld(strict))
      const run = await runOn(
        github,
        'workflow_dispatch',
        { repository },
        { files: { ...lax, ...files }, env: { ...env, GITHUB_SHA: sha, ...variables } },
      )
      expect(run.status, run.stdout).toBe(status)
    }
  })

  /** As in the container of a job. */
  test.skipIf(process.getuid?.() !== 0)("another user's tells it all the same", async () => {
    const script = 'chown 4711 . .git'
    for (const [name, payload, head, status] of [
      ['workflow_dispatch', { repository }, HEAD, BY_BASE],
      ['push', { repository }, BASE, BY_FOLDER],
    ] as const) {
      await using github = await startGitHub(makeWorld(strict))
      const run = await runOn(github, name, payload, { files: { ...lax, ...checkOut(head) }, env, script })
      expect(run.status, run.stdout).toBe(status)
      if (name === 'push') expect(github.calls).toEqual([])
    }
  })

  test.skipIf(process.getuid?.() !== 0)("another user's tells which files it tracks", async () => {
    await using source = await makeRepository()
    const sha = await source.commit({
      [POLICY]: `${lax[POLICY]}catalogue: ports.yml\n`,
      'ports.yml': '8080: { service: x, severity: low }\n',
    })
    await using github = await startGitHub(makeWorld(strict))
    const script = `cp -R ${source.folder}/. .\nchown 4711 . .git`
    const run = await runOn(github, 'push', { repository }, { env: { ...env, GITHUB_SHA: sha }, script })
    expect(run.status, run.stdout).toBe(BY_FOLDER)
  })
})

describe.concurrent('a checkout in a folder', () => {
  const options = () => ({
    files: below('app', { ...lax, ...checkOut(MERGE) }),
    inputs: { policy: `app/${POLICY}` },
  })

  test('has its base where the repository has it', async () => {
    await using github = await startGitHub(makeWorld(strict))
    const run = await runOnPull(github, 'fork', options())
    expect(run.status, run.stdout).toBe(BY_BASE)
  })

  test('hides no loosening', async () => {
    await using github = await startGitHub(makeWorld({ 'ports.yml': strict[POLICY] ?? '' }))
    const files = below('app', { 'ports.yml': lax[POLICY] ?? '', ...checkOut(MERGE) })
    const inputs = { policy: 'app/ports.yml', 'fail-on-loosening': 'info' }
    const run = await runOnPull(github, 'same', { files, inputs })
    expect(run.status, run.stdout).toBe(1)
    expect((await readReport(run)).policyChanges).toMatchObject([{ direction: 'loosened', part: 'allow' }])
  })
})

async function readReport({ outputs }: ActionRun): Promise<ReportJson> {
  return JSON.parse(await readFile(outputs.report ?? '', 'utf8'))
}

describe.concurrent('a link from one checkout to another', () => {
  test.each<[what: string, link: string, policy: string]>([
    ["a fork's, to a file of ours", 'ln -s ../examples/lax.yml pr/ports.yml', 'pr/ports.yml'],
    ["a fork's, to a folder of ours", 'ln -s ../examples pr/x', 'pr/x/lax.yml'],
    ["ours, to a fork's file", 'ln -s ../pr/lax.yml examples/ports.yml', 'examples/ports.yml'],
    [
      "ours, by way of a fork's, to a file of ours",
      'ln -s ../pr/x.yml examples/ports.yml; ln -s ../examples/lax.yml pr/x.yml',
      'examples/ports.yml',
    ],
    [
      "ours, by way of a fork's folder, to a file of ours",
      'ln -s pr/x/.. ports.yml; ln -sfT pr/x/lax.yml ports.yml; ln -s ../examples pr/x',
      'ports.yml',
    ],
  ])('%s: the base’s policy holds', async (_, link, policy) => {
    await using source = await makeRepository()
    const sha = await source.commit({ 'examples/lax.yml': lax[POLICY] ?? '' })
    const world = makeWorld({})
    world.commits[sha] = {
      parents: [],
      files: Object.fromEntries(
        ['ports.yml', 'x/lax.yml', 'examples/ports.yml'].map((path) => [path, strict[POLICY] ?? '']),
      ),
    }
    await using github = await startGitHub(world)
    const files = below('pr', { 'lax.yml': lax[POLICY] ?? '', ...checkOut(HEAD) })
    const script = `cp -R ${source.folder}/. .\n${link}`
    const run = await runOn(
      github,
      'workflow_dispatch',
      { repository },
      { files, inputs: { policy }, env: { ...env, GITHUB_SHA: sha }, script },
    )
    expect(run.status, run.stdout).toBe(BY_BASE)
    expect(run.log).toContain("The checked-out code counts as a fork's")
  })

  test('GIT_DIR names ours: the one that is there counts', async () => {
    await using source = await makeRepository()
    const sha = await source.commit(lax)
    await using github = await startGitHub(makeWorld({ 'x.yml': strict[POLICY] ?? '' }))
    const files = below('pr', { 'x.yml': lax[POLICY] ?? '', ...checkOut(HEAD) })
    const run = await runOn(
      github,
      'workflow_dispatch',
      { repository },
      {
        files,
        inputs: { policy: 'pr/x.yml', 'policy-ref': '' },
        env: { ...env, GITHUB_SHA: sha, GIT_DIR: `${source.folder}/.git` },
      },
    )
    expect(run.status, run.stdout).not.toBe(BY_FOLDER)
    expect(run.log).toContain("The checked-out code counts as a fork's")
  })

  test('without a repository around them: the one that is led to counts', async () => {
    await using github = await startGitHub(makeWorld(strict))
    const files = below('pr', { ...lax, ...checkOut(HEAD) })
    const run = await runOn(
      github,
      'workflow_dispatch',
      { repository },
      { files, env, script: 'ln -s pr/.github .github' },
    )
    expect(run.status, run.stdout).toBe(BY_BASE)
  })
})

describe.concurrent('a submodule', () => {
  test.each<[what: string, move: boolean, status: number]>([
    ['at the commit that the repository names is part of it', false, BY_FOLDER],
    ['at any other is not', true, BY_BASE],
  ])('%s', async (_, move, status) => {
    await using shared = await makeRepository()
    await shared.commit({ 'ports.yml': lax[POLICY] ?? '' })
    await using source = await makeRepository()
    await source.git(
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      shared.folder,
      'policies',
    )
    const sha = await source.commit()
    const world = makeWorld({})
    // GitHub shows no file of a submodule; this one tells which policy was used.
    world.commits[sha] = { parents: [], files: { 'ports.yml': strict[POLICY] ?? '' } }
    await using github = await startGitHub(world)
    const commit = 'git -C policies -c user.name=a -c user.email=a@example.com commit -q --allow-empty -m x'
    const run = await runOn(
      github,
      'push',
      { repository },
      {
        inputs: { policy: 'policies/ports.yml' },
        env: { ...env, GITHUB_SHA: sha },
        script: `cp -R ${source.folder}/. .\n${move ? commit : ''}`,
      },
    )
    expect(run.status, run.stdout).toBe(status)
  })
})

describe.concurrent('a tag that is checked out', () => {
  test.each<[what: string, refs: (sha: string) => Record<string, string>, status: number]>([
    ['is of the repository where that has it', (sha) => ({ 'refs/tags/v1': sha }), BY_FOLDER],
    ['is a fork’s where the repository has none', () => ({}), BY_BASE],
    ['is a fork’s where the repository’s is another', () => ({ 'refs/tags/v1': BASE }), BY_BASE],
  ])('%s', async (_, refs, status) => {
    await using source = await makeRepository()
    const sha = await source.commit(lax)
    await source.git('tag', '--annotate', '--message', 'x', 'v1')
    const world = makeWorld(strict)
    world.commits[sha] = { parents: [], files: lax }
    Object.assign(world.refs, refs(sha))
    await using github = await startGitHub(world)
    const script = `cp -R ${source.folder}/. .`
    const run = await runOn(github, 'workflow_dispatch', { repository }, { env, script })
    expect(run.status, run.stdout).toBe(status)
  })
})

describe.concurrent('a commit that a step has made is the repository’s own', () => {
  const commit = 'git -c user.name=a -c user.email=a@example.com commit -q --allow-empty -m x'
  const merge = 'git -c user.name=a -c user.email=a@example.com merge -q --no-ff -m x'

  /** Runs over a clone of `main`; a fork's head and the tip of another branch are there as well. */
  async function runOnMade(
    script: string,
    { name = 'push', trouble = {} as Parameters<typeof startGitHub>[1] } = {},
  ) {
    await using source = await makeRepository()
    const sha = await source.commit(lax)
    await source.git('checkout', '-q', '-b', 'topic')
    const topic = await source.commit()
    await source.git('checkout', '-q', '--detach', sha)
    const fork = await source.commit({ fork: '' })
    await source.git('tag', 'fork')
    await source.git('checkout', '-q', 'main')
    const world = makeWorld(strict)
    for (const known of [sha, topic, fork]) world.commits[known] = { parents: [], files: strict }
    Object.assign(world.refs, { 'refs/heads/main': sha, 'refs/heads/topic': topic })
    await using github = await startGitHub(world, trouble)
    const run = await runOn(
      github,
      name,
      { repository },
      {
        env: { ...env, GITHUB_SHA: sha },
        script: `git clone -q ${source.folder} c && mv c/.git c/.github .\n${script}`,
      },
    )
    return { ...run, calls: github.calls }
  }

  test.each<[what: string, script: string, name?: string]>([
    ['on the workflow’s own commit', commit],
    ['twice, on a schedule', `${commit}; ${commit}`, 'schedule'],
    [
      'in a shallow clone',
      `git clone -q --depth 1 "file://$PWD" s && rm -r .git && mv s/.git . && ${commit}`,
    ],
    ['on a branch of the repository', `git checkout -q origin/topic && ${commit}`],
    ['by merging a branch of the repository', `${commit}; ${merge} origin/topic`],
    ['in a repository of its own', `rm -r .git && git init -q && git add .github && ${commit}`],
  ])('%s', async (_, script, name) => {
    const run = await runOnMade(script, { name })
    expect(run.status, run.stdout).toBe(BY_FOLDER)
    expect(run.log).not.toContain("counts as a fork's")
  })

  test('on the pull request of a branch', async () => {
    await using source = await makeRepository()
    const sha = await source.commit(lax)
    await using github = await startGitHub(makeWorld(strict))
    const script = `cp -R ${source.folder}/. . && ${commit}`
    const run = await runOnPull(github, 'same', { script, env: { GITHUB_SHA: sha } })
    expect(run.status, run.stdout).toBe(BY_FOLDER)
  })

  const stranger = `git clone -q . s && (cd s && ${commit})`

  test.each<[what: string, script: string]>([
    ['by merging a fork’s head', `${commit}; ${merge} fork`],
    ['on a fork’s head', `git checkout -q fork && ${commit}`],
    ['by fetching what is on no fork', `${stranger} && git fetch -q s HEAD && git checkout -q FETCH_HEAD`],
    ['on the same', `${stranger} && git pull -q --ff-only s && git checkout -q HEAD && ${commit}`],
    ['by cloning it', `${stranger} && git clone -q s t && rm -r .git && mv t/.git .`],
    [
      'by amending a fork’s head in a shallow clone',
      `git checkout -q fork && git clone -q --depth 1 "file://$PWD" s && rm -r .git && mv s/.git . && ${commit} --amend`,
    ],
    ['more often than GitHub is asked', `for i in $(seq 21); do ${commit}; done`],
  ])('but not %s', async (_, script) => {
    const run = await runOnMade(script)
    expect(run.status, run.stdout).toBe(BY_BASE)
    expect(run.log).toContain("The checked-out code counts as a fork's")
    expect(run.calls.length).toBeLessThan(30)
  })

  test('but not where a fork’s code may be looked at', async () => {
    const run = await runOnMade(commit, { name: 'check_run' })
    expect(run.status, run.stdout).toBe(BY_BASE)
  })

  test('but not where GitHub answers 422 for another reason', async () => {
    const trouble = (call: string) =>
      call === 'repos/list-branches-for-head-commit' ? refuse(422, 'Validation Failed') : undefined
    const run = await runOnMade(commit, { trouble: { trouble } })
    expect(run.status, run.stdout).toBe(BY_BASE)
  })
})

test.each([
  ['has in its clone, and GitHub has, too', { 'refs/heads/stable': BASE }, BY_FOLDER],
  ['has in its clone, and GitHub has not', {}, BY_BASE],
  ['has in its clone, and GitHub has another of that name', { 'refs/heads/stable': HEAD }, BY_BASE],
])('an older commit of a branch that a workflow %s', async (_, refs, status) => {
  await using source = await makeRepository()
  const sha = await source.commit(lax)
  await source.git('update-ref', 'refs/remotes/origin/stable', await source.commit())
  await source.git('checkout', '-q', sha)
  const world = makeWorld(strict)
  world.commits[sha] = { parents: [], files: strict }
  world.commits[BASE]?.parents.push(sha)
  world.commits[MERGE] = { parents: [], files: strict }
  Object.assign(world.refs, { 'refs/heads/main': HEAD, ...refs })
  await using github = await startGitHub(world)
  const script = `cp -R ${source.folder}/. .`
  const run = await runOn(
    github,
    'workflow_dispatch',
    { repository },
    { env: { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: MERGE }, script },
  )
  expect(run.status, run.stdout).toBe(status)
})
