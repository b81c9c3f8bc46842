import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { lax, open, strict } from '../github/open-port.ts'
import {
  BASE,
  exampleOf,
  HEAD,
  makeWorld,
  POLICY,
  PULL_NUMBER,
  runOn,
  runOnPull,
} from '../github/scenario.ts'
import { startGitHub } from '../github/stand-in.ts'
import { makeRepository, type TestRepository } from './repository.ts'

/** The exit status by each policy: what GitHub has for a commit is always strict here, and what the folder has is lax. */
const [BY_BASE, BY_FOLDER] = [1, 0]

const repository = { id: 1, default_branch: 'main' }

/** A comment on a pull request: its code may be checked out, or laid over the default branch. */
function commented() {
  const payload = exampleOf<{ issue: object; repository: object }>('issue_comment', 'created')
  Object.assign(payload.issue, { number: 7, pull_request: {} })
  return { ...payload, repository }
}

/** Runs on a copy of a repository whose commit is the workflow's own. */
async function runOver(
  source: TestRepository,
  sha: string,
  {
    name = 'issue_comment',
    payload = commented(),
    script = '',
    inputs = {},
    env = {},
  }: {
    name?: string
    payload?: object
    script?: string
    inputs?: Record<string, string>
    env?: NodeJS.ProcessEnv
  },
) {
  const world = makeWorld(strict, { pulls: { 7: { head: HEAD, isFromFork: true, base: 'main' } } })
  world.commits[sha] = { parents: [], files: strict }
  await using github = await startGitHub(world)
  return await runOn(github, name, payload, {
    inputs,
    script: `cp -R ${source.folder}/. .\n${script}`,
    env: { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: sha, ...env },
  })
}

const SAID = "The checked-out code counts as a fork's: "

describe.concurrent('the commit’s own policy judges where a fork’s files may have been laid over it', () => {
  test.each<[what: string, script: string, inputs?: Record<string, string>]>([
    ['as it is', ''],
    ['with other line ends', `sed -i 's/$/\\r/' ${POLICY}`],
    ['packed', 'git gc --quiet && test ! -e .git/refs/heads/main'],
    ['another owner', 'test "$(id -u)" != 0 || chown 4711 . .git'],
    ['in a folder', 'mkdir app && mv .git .github app', { policy: `app/${POLICY}` }],
    ['a shallow clone', 'git clone --quiet --depth 1 "file://$PWD" c && rm -r .git .github && mv c/.g* .'],
    [
      'a filter that is a program',
      `git config filter.x.clean 'touch ran' && echo '* filter=x' >.gitattributes`,
    ],
  ])('%s', async (_, script, inputs = {}) => {
    await using source = await makeRepository()
    const sha = await source.commit(lax)
    const run = await runOver(source, sha, { script: `${script}\ntest ! -e ran`, inputs })
    expect(run.status, run.stdout).toBe(BY_FOLDER)
    expect(run.log).not.toContain(SAID)
    await expect(rm(join(run.folder, 'ran'))).rejects.toThrow('ENOENT')
  })

  test('a work tree', async () => {
    await using source = await makeRepository()
    const sha = await source.commit(lax)
    await source.git('worktree', 'add', '--quiet', '--detach', 'w')
    const script = `rm -r .git .github && mv w/.git w/.github .`
    const run = await runOver(source, sha, { script })
    expect(run.status, run.stdout).toBe(BY_FOLDER)
  })

  test('a link of the commit, and a catalogue', async () => {
    await using source = await makeRepository()
    await source.write({
      'policies/ports.yml': `${lax[POLICY]}catalogue: policies/catalogue.yml\n`,
      'policies/catalogue.yml': '8080: { service: x, severity: low }\n',
      '.github/.keep': '',
    })
    await source.link(POLICY, '../policies/ports.yml')
    const sha = await source.commit()
    const inFolder = {
      script: 'mkdir app && mv .git .github policies app',
      inputs: { policy: `app/${POLICY}` },
    }
    for (const options of [{}, inFolder]) {
      const run = await runOver(source, sha, options)
      expect(run.status, run.stdout).toBe(BY_FOLDER)
    }
  })

  test('objects with names of SHA-256', async () => {
    await using source = await makeRepository()
    await rm(join(source.folder, '.git'), { recursive: true })
    await source.git('init', '--quiet', '--initial-branch', 'main', '--object-format', 'sha256')
    const sha = await source.commit(lax)
    expect(sha).toHaveLength(64)
    const run = await runOver(source, sha, {})
    expect(run.status, run.stdout).toBe(BY_FOLDER)
  })

  test('a submodule', async () => {
    await using shared = await makeRepository()
    await shared.commit({ 'ports.yml': lax[POLICY] ?? '' })
    await using source = await makeRepository()
    const allowed = ['-c', 'protocol.file.allow=always']
    await source.git(...allowed, 'submodule', '--quiet', 'add', shared.folder, 'policies')
    const inputs = { policy: 'policies/ports.yml' }
    const sha = await source.commit()
    expect((await runOver(source, sha, { inputs })).status).toBe(BY_FOLDER)
    // GitHub shows nothing of a submodule: nothing is judged.
    const laid = await runOver(source, sha, { inputs, script: 'echo "# x" >>policies/ports.yml' })
    expect([laid.status === BY_FOLDER, laid.log.includes(SAID)], laid.stdout).toEqual([false, true])
  })

  test('the head of a pull request from a branch, and the tip of a branch', async () => {
    await using source = await makeRepository()
    const sha = await source.commit(lax)
    for (const [name, payload, changes] of [
      ['issue_comment', commented(), { pulls: { 7: { head: sha, isFromFork: false, base: 'main' } } }],
      ['check_run', { repository }, {}],
    ] as const) {
      const world = makeWorld(strict, changes)
      world.commits[sha] = { parents: [], files: strict }
      if (name === 'check_run') world.refs['refs/heads/x'] = sha
      await using github = await startGitHub(world)
      const run = await runOn(github, name, payload, {
        script: `cp -R ${source.folder}/. .`,
        env: { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: BASE },
      })
      expect(run.status, run.stdout).toBe(BY_FOLDER)
    }
  })
})

describe.concurrent('files that are not the commit’s may be a fork’s', () => {
  test.each<[what: string, said: string, script: (lax: string) => string]>([
    ['another policy', `\`${POLICY}\` differs from the checked-out commit`, (file) => `cp ${file} ${POLICY}`],
    [
      'another policy, which the index calls unchanged',
      'differs from the checked-out commit',
      (file) => `cp ${file} ${POLICY} && git update-index --assume-unchanged --skip-worktree ${POLICY}`,
    ],
    [
      'another policy that is staged',
      'differs from the checked-out commit',
      (file) => `cp ${file} ${POLICY} && git add .`,
    ],
    [
      'a link to another policy of the commit',
      'differs from the checked-out commit',
      () => `ln -sf ../examples/lax.yml ${POLICY}`,
    ],
    [
      'a link for its folder',
      'differs from the checked-out commit',
      () => 'rm -r .github && ln -s examples .github',
    ],
    [
      'a policy by the other name',
      'is in the checked-out commit, but not in the folder',
      (file) => `rm ${POLICY} && cp ${file} .github/port-policy.yaml`,
    ],
    [
      'none: as in a sparse checkout',
      'is in the checked-out commit, but not in the folder',
      () => 'git update-index -q --refresh && git sparse-checkout set examples',
    ],
    [
      'another policy, and no objects',
      'cannot be compared with the checked-out commit',
      (file) => `cp ${file} ${POLICY} && rm -r .git/objects/* .git/index`,
    ],
    [
      'a replaced commit',
      'differs from the checked-out commit',
      (file) =>
        `cp ${file} ${POLICY} && git -c user.name=a -c user.email=a@example.com commit -qam x && new=$(git rev-parse HEAD) && git reset --soft -q HEAD~1 && git replace HEAD $new`,
    ],
  ])('%s', async (_, said, script) => {
    await using source = await makeRepository()
    const policies = { 'examples/lax.yml': lax[POLICY] ?? '', 'examples/port-policy.yml': lax[POLICY] ?? '' }
    const sha = await source.commit({ ...strict, ...policies })
    const run = await runOver(source, sha, { script: script('examples/lax.yml') })
    expect(run.status, run.stdout).toBe(BY_BASE)
    expect(run.log).toContain(SAID)
    expect(run.log).toContain(said)
  })

  test.each<[what: string, script: (file: string) => string, policy?: string]>([
    ['another catalogue', (file) => `cp ${file} ports.yml`],
    ['a link to another catalogue', (file) => `ln -sf ${file} ports.yml`],
    [
      'another catalogue in a checkout within one that has its own',
      (file) => `git clone -q . app && cp ${file} app/ports.yml`,
      `app/${POLICY}`,
    ],
  ])('%s', async (_, script, named = '') => {
    await using source = await makeRepository()
    const catalogue = (severity: string) => `${open.port}: { service: x, severity: ${severity} }\n`
    const policy = `${strict[POLICY]}fail-on: high\ncatalogue: ports.yml\n`
    const files = { [POLICY]: policy, 'ports.yml': catalogue('critical'), 'low.yml': catalogue('low') }
    const sha = await source.commit(files)
    const run = await runOver(source, sha, {
      script: script('low.yml'),
      inputs: { policy: named },
    })
    expect(run.status, run.stdout).toBe(BY_BASE)
    expect(run.log).toContain(`${SAID}\`ports.yml\` differs`)
  })

  test('another floor', async () => {
    await using source = await makeRepository()
    const floor = 'version: 1\nscan: { identify: false }\n'
    const denying = `${floor}hosts: { 127.0.0.0/8: { deny: [23] } }\n`
    const policy = `${lax[POLICY]}extends: floor.yml\n`
    const sha = await source.commit({ [POLICY]: policy, 'floor.yml': denying, 'silent.yml': floor })
    const run = await runOver(source, sha, { script: 'cp silent.yml floor.yml' })
    expect(run.status, run.stdout).toBe(BY_BASE)
    expect(run.log).toContain(`${SAID}\`floor.yml\` differs`)
  })

  test.each(['check_run', 'push'])(
    'another file of the commit, in a repository in place of its folder: on %s',
    async (name) => {
      await using source = await makeRepository()
      const files = { ...strict, 'port-policy.yml': lax[POLICY] ?? '' }
      const sha = await source.commit(files)
      const world = makeWorld(strict)
      world.commits[sha] = { parents: [], files }
      await using github = await startGitHub(world)
      const plant = `git clone -q . c && mv c/.git .github && rm -r c && cp port-policy.yml ${POLICY}`
      const run = await runOn(
        github,
        name,
        { repository },
        {
          script: `cp -R ${source.folder}/. .\n${plant}`,
          env: { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: sha },
        },
      )
      expect(run.status, run.stdout).toBe(BY_BASE)
      expect(run.log).toContain('takes the place of a folder in the repository around it')
    },
  )

  test.each([
    ['the file', `HEAD:${POLICY}`, 'blob'],
    ['its folder', 'HEAD:.github', 'tree'],
    ['the commit', 'HEAD', 'commit'],
  ])('objects that are not what their names say: %s', async (_, name, kind) => {
    await using source = await makeRepository()
    await source.commit(lax)
    const content = await source.raw('cat-file', kind, name)
    const sha = await source.commit(strict)
    const real = await source.git('rev-parse', name)
    const object = join(source.folder, '.git/objects', real.slice(0, 2), real.slice(2))
    await chmod(object, 0o644)
    const header = Buffer.from(`${kind} ${content.length}\0`)
    await writeFile(object, deflateSync(Buffer.concat([header, content])))
    await source.write(lax)
    const { status, stdout, log } = await runOver(source, sha, {})
    expect(status, stdout).toBe(BY_BASE)
    expect(log).toContain(`object ${real.slice(0, 7)} does not match its name`)
  })

  const following = (event: string) => ({
    workflow_run: { event, head_sha: HEAD, head_repository: { id: 1 } },
    repository,
  })

  test.each<[name: string, payload: object]>([
    ['check_run', { repository }],
    ['check_suite', { repository }],
    ['commit_comment', { repository }],
    ['status', { repository }],
    ['workflow_run', following('issue_comment')],
    ['workflow_run', following('pull_request_target')],
    ['an_event_of_tomorrow', { repository }],
  ])('on %s', async (name, payload) => {
    await using source = await makeRepository()
    const sha = await source.commit(strict)
    const script = `printf '%s' "$LAX" >${POLICY}`
    const run = await runOver(source, sha, { name, payload, script, env: { LAX: lax[POLICY] } })
    expect(run.status, run.stdout).toBe(BY_BASE)
    expect(run.log).toContain(`and on \`${name}\` that may be a fork's`)
  })
})

describe.concurrent('where nothing but the repository’s own code is served, a workflow may write the policy', () => {
  test.each<[name: string, payload: object]>([
    ['push', { repository }],
    ['schedule', { schedule: '0 0 * * *' }],
    ['workflow_dispatch', { repository }],
    ['deployment', { repository }],
    ['issue_comment', { ...exampleOf<object>('issue_comment', 'created'), repository }],
    [
      'workflow_run',
      { workflow_run: { event: 'push', head_sha: HEAD, head_repository: { id: 1 } }, repository },
    ],
  ])('on %s', async (name, payload) => {
    await using source = await makeRepository()
    const sha = await source.commit(strict)
    const script = `printf '%s' "$LAX" >${POLICY}`
    const run = await runOver(source, sha, { name, payload, script, env: { LAX: lax[POLICY] } })
    expect(run.status, run.stdout).toBe(BY_FOLDER)
  })

  test('on the pull request of a branch', async () => {
    await using source = await makeRepository()
    const sha = await source.commit(strict)
    const world = makeWorld(strict, {
      pulls: { [PULL_NUMBER]: { head: sha, isFromFork: false, base: 'master' } },
    })
    world.commits[sha] = { parents: [], files: strict }
    await using github = await startGitHub(world)
    const run = await runOnPull(github, 'same', {
      script: `cp -R ${source.folder}/. .\nprintf '%s' "$LAX" >${POLICY}`,
      env: { LAX: lax[POLICY], GITHUB_SHA: sha },
    })
    expect(run.status, run.stdout).toBe(BY_FOLDER)
  })
})
