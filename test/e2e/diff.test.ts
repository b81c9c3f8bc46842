import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, runBundle } from './bundle.ts'
import { makeRepository } from './repository.ts'

const FILE = '.github/port-policy.yml'

function policy(...lines: string[]): string {
  return `version: 1\nhosts:\n${lines.map((line) => `  ${line}\n`).join('')}`
}

const OLD = policy('"*.example.com": [80, 443]', '10.0.0.0/8: { deny: [23] }')
const NEW = policy('"*.example.com": [443, http, 6379]')

const LOOSENED = `Policy changes
  loosened   CRITICAL: allows 6379 (Redis or Valkey, critical) on every host under \`*.example.com\`
             ${FILE}:3:32
  loosened   CRITICAL: no longer denies 23 (Telnet, critical) on every address in \`10.0.0.0/8\`
             ${FILE}:4:24, removed
`

describe('diff', () => {
  test('compares commits, branches, files, and files in commits', async () => {
    await using repository = await makeRepository()
    const { portgate, commit, git } = repository
    await commit({ [FILE]: OLD, 'other/old.yml': OLD })
    await git('branch', 'before')
    await commit({ [FILE]: NEW })
    for (const [before, after] of [
      ['HEAD~1', 'HEAD'],
      ['before', 'main'],
      ['before', FILE],
      [`before:${FILE}`, `main:${FILE}`],
      ['other/old.yml', FILE],
    ] as const) {
      const run = await portgate(['diff', before, after])
      expect([run.status, run.stderr], `${before} ${after}`).toEqual([0, ''])
      const text =
        before === 'other/old.yml' ? LOOSENED.replace(`${FILE}:4:24`, 'other/old.yml:4:24') : LOOSENED
      expect(run.stdout, `${before} ${after}`).toBe(text)
    }
    const named = await portgate(['diff', 'before', 'main', '--policy', 'other/old.yml'])
    expect([named.status, named.stdout]).toEqual([0, 'The two policies mean the same.\n'])
  })

  test('reads what is committed, from any folder of the repository', async () => {
    await using repository = await makeRepository()
    const { folder, portgate, commit, write } = repository
    await commit({ [FILE]: OLD, [`service/${FILE}`]: NEW })
    await write({ [FILE]: 'version: 2' })
    const here = await portgate(['diff', `main:${FILE}`, 'main'], {
      cwd: join(folder, 'service'),
    })
    const text = LOOSENED.replace(`${FILE}:3:32`, `service/${FILE}:3:32`)
    expect([here.status, here.stdout, here.stderr]).toEqual([0, text, ''])
  })

  test.each([
    ['critical', 1],
    ['high', 1],
    ['never', 0],
  ])('exits with its status by --fail-on-loosening %s', async (failOn, status) => {
    const cwd = await makeFolder({ 'a.yml': OLD, 'b.yml': NEW })
    const run = await runBundle('cli', ['diff', 'a.yml', 'b.yml', '--fail-on-loosening', failOn], { cwd })
    expect(run.status).toBe(status)
    const back = await runBundle('cli', ['diff', 'b.yml', 'a.yml', '--fail-on-loosening', failOn], { cwd })
    expect(back.status).toBe(0)
  })

  test('prints JSON and Markdown', async () => {
    await using repository = await makeRepository()
    const { portgate, commit, write } = repository
    await commit({ [FILE]: OLD })
    await write({ [FILE]: NEW })
    const json = await portgate(['diff', 'main', FILE, '--format', 'json'])
    expect(JSON.parse(json.stdout)).toMatchObject({
      old: { file: FILE, ref: 'main', hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      new: { file: FILE, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      policyChanges: [
        { direction: 'loosened', part: 'allow', severity: 'critical', ports: '6379', place: { line: 3 } },
        { direction: 'loosened', part: 'deny', severity: 'critical', ports: '23', before: { line: 4 } },
      ],
    })
    const markdown = await portgate(['diff', 'main', FILE, '--format', 'markdown'])
    expect(markdown.stdout).toBe(`### Policy changes

- **loosened** (critical): allows 6379 (Redis or Valkey, critical) on every host under \`*.example.com\` \`${FILE}:3:32\`
- **loosened** (critical): no longer denies 23 (Telnet, critical) on every address in \`10.0.0.0/8\` \`${FILE}:4:24\`, removed
`)
  })

  test('tells of a policy that is new, and of one that is gone', async () => {
    await using repository = await makeRepository()
    const { portgate, commit } = repository
    await commit({ 'README.md': 'nothing yet' })
    await commit({ [FILE]: OLD })
    const [added, removed, neither] = await Promise.all([
      portgate(['diff', 'HEAD~1', 'HEAD']),
      portgate(['diff', 'HEAD', 'HEAD~1', '--fail-on-loosening', 'critical']),
      portgate(['diff', 'HEAD~1', 'HEAD~1']),
    ])
    expect([added?.status, added?.stdout]).toEqual([0, expect.stringContaining('tightened  adds a policy')])
    expect([removed?.status, removed?.stdout]).toEqual([
      1,
      expect.stringContaining('CRITICAL: removes the policy'),
    ])
    expect([neither?.status, neither?.stderr]).toEqual([2, 'Neither `HEAD~1` nor `HEAD~1` has a policy.\n'])
  })

  test('loosens nothing with a first policy, whatever it allows: nothing was judged before', async () => {
    await using repository = await makeRepository()
    const { portgate, commit } = repository
    await commit({ 'README.md': 'nothing yet' })
    await commit({ [FILE]: 'version: 1\nhosts: { "*.example.com": [443, 6379] }\n' })
    const run = await portgate(['diff', 'HEAD~1', 'HEAD', '--fail-on-loosening', 'info'])
    expect([run.status, run.stdout]).toEqual([0, expect.not.stringContaining('loosened')])
  })

  test('takes doubts to pass, since the workflow may say so', async () => {
    await using repository = await makeRepository()
    const { portgate, commit } = repository
    await commit({ [FILE]: OLD })
    await commit({ [FILE]: `${OLD}scan: { time-limit: 1ms }\n` })
    const run = await portgate(['diff', 'HEAD~1', 'HEAD', '--fail-on-loosening', 'high'])
    expect([run.status, run.stdout]).toEqual([1, expect.stringContaining('HIGH: changes `time-limit`')])
  })

  test("takes the catalogue of each side's own commit into account", async () => {
    await using repository = await makeRepository()
    const { portgate, commit } = repository
    const withCatalogue = `${OLD}catalogue: ports.yml\n`
    await commit({ [FILE]: withCatalogue, 'ports.yml': '9999: { severity: critical }' })
    await commit({ 'ports.yml': '9999: { severity: low }' })
    const run = await portgate(['diff', 'HEAD~1', 'HEAD', '--format', 'json'])
    expect(JSON.parse(run.stdout).policyChanges).toMatchObject([
      { direction: 'loosened', part: 'catalogue', severity: 'critical', ports: '9999', place: { line: 5 } },
    ])
  })

  test.each<[args: string[], said: string]>([
    [['nope', 'a.yml'], 'There is no file `nope`. As a commit, `nope` cannot be read'],
    [['--', '--output=x', 'a.yml'], 'There is no file `--output=x`. As a commit'],
    [['--', '-h', 'main'], 'There is no file `-h`. As a commit'],
    [['main:nope.yml', 'a.yml'], 'There is no `nope.yml` in `main`.'],
    [['main:..', 'a.yml'], 'The policy `..` cannot be read at `main`: it leads out of the repository.'],
    [['main:.github', 'a.yml'], 'The policy `.github` cannot be read at `main`: it is a folder.'],
    [
      ['main:out.yml', 'a.yml'],
      'The policy `out.yml` cannot be read at `main`: it leads out of the repository.',
    ],
    [['main:bad.yml', 'a.yml'], '`bad.yml` at `main` cannot be used:\nbad.yml:1:10: unknown-version'],
    [['out.yml', 'a.yml'], 'The file `out.yml` cannot be read: it leads out of the repository.'],
    [
      ['a.yml', 'a.yml', '--fail-on-loosening', 'hihg'],
      'fail-on-loosening: invalid value `hihg` (did you mean `high`?)',
    ],
    [['a.yml'], "missing required argument 'new'"],
  ])('refuses %j', async (args, said) => {
    await using repository = await makeRepository()
    const { folder, portgate, commit, write } = repository
    const outside = await makeFolder({ 'secret.yml': OLD })
    await symlink(join(outside, 'secret.yml'), join(folder, 'out.yml'))
    await commit({ [FILE]: OLD, 'bad.yml': 'version: 2' })
    await write({ 'a.yml': OLD })
    const run = await portgate(['diff', ...args])
    expect([run.status, run.stdout]).toEqual([2, ''])
    expect(run.stderr).toContain(said)
  })

  test('outside of a repository says what git says', async () => {
    const run = await runBundle('cli', ['diff', 'main', 'a.yml'], { cwd: await makeFolder({ 'a.yml': OLD }) })
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('not a git repository')])
  })
})

describe('--policy-ref', () => {
  test('judges by the policy of a commit, links within it followed, and says so', async () => {
    await using repository = await makeRepository()
    const { folder, portgate, commit, write } = repository
    await mkdir(join(folder, '.github'))
    await symlink('../ports.yml', join(folder, FILE))
    await commit({ 'ports.yml': 'version: 1\nscan: { ports: 1 }\nhosts: { 127.0.0.1: [] }\n' })
    await write({ 'ports.yml': 'version: 2' })
    const run = await portgate(['check', '--policy-ref', 'main', '--format', 'json'])
    expect([run.status, JSON.parse(run.stdout).policy]).toMatchObject([0, { file: FILE, ref: 'main' }])
    const valid = await portgate(['validate', '--policy-ref', 'HEAD'])
    expect([valid.status, valid.stdout]).toEqual([0, 'The policy is valid; it names 1 endpoint.\n'])
    const text = await portgate(['check', '--policy-ref', 'main'])
    expect(text.stdout).toContain(`policy    ${FILE} at main (SHA-256`)
  })

  test('head is the folder, as in the action, and base is for pull requests', async () => {
    const cwd = await makeFolder({ [FILE]: 'version: 1\nhosts: { 127.0.0.1: [] }\n' })
    const head = await runBundle('cli', ['validate', '--policy-ref', 'head'], { cwd })
    expect([head.status, head.stdout]).toEqual([0, 'The policy is valid; it names 1 endpoint.\n'])
    const base = await runBundle('cli', ['validate', '--policy-ref', 'base'], { cwd })
    expect([base.status, base.stderr]).toEqual([2, 'policy-ref: only a pull request has a base\n'])
  })

  test('of a commit that is not there is an error', async () => {
    await using repository = await makeRepository()
    const run = await repository.portgate(['check', '--policy-ref', 'v9'])
    expect([run.status, run.stderr]).toEqual([
      2,
      `\`v9\` cannot be read: git knows no such commit in \`${repository.folder}\`: if a remote has it, fetch it first.\n`,
    ])
  })
})
