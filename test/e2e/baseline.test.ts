/** Runs held against an earlier one: the bundles, on listeners that come and go between two of them. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkOut, HEAD, MERGE, makeWorld, runOn, runOnPull } from '../github/scenario.ts'
import { startGitHub } from '../github/stand-in.ts'
import { listen, makeFolder, redis, runAction, runBundle, ssh } from './bundle.ts'

const POLICY = '.github/port-policy.yml'

/** Three services on loopback: the first is allowed, the second is there from the beginning, the third comes later. */
async function startServices() {
  const [web, old, late] = [await listen(ssh), await listen(ssh), await listen(redis)]
  await late[Symbol.asyncDispose]()
  const ports = [web.port, old.port, late.port]
  return {
    policy: `version: 1\nscan: { ports: [${ports}] }\nhosts:\n  127.0.0.1: [${web.port}]\n`,
    old: old.port,
    late: late.port,
    openLate: () => relisten(late.port),
    async [Symbol.asyncDispose]() {
      await web[Symbol.asyncDispose]()
      await old[Symbol.asyncDispose]()
    },
  }
}

async function relisten(port: number): Promise<AsyncDisposable> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    redis(socket)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}

describe('the command line', () => {
  test('names in its first line the port that was opened, and lets be what was there', async () => {
    await using services = await startServices()
    const cwd = await makeFolder({ [POLICY]: services.policy })
    const check = (...args: string[]) => runBundle('cli', ['check', ...args], { cwd })

    const first = await check('--output-directory', 'first')
    expect(first.status, first.stdout).toBe(1)
    const warn = ['--known-violations', 'warn']
    const same = await check('--baseline', 'first/report.json', ...warn, '--output-directory', 'second')
    expect(same.status, same.stdout).toBe(0)
    expect(same.stdout).toMatch(
      /^PASS: nothing new since \d{4}-\d\d-\d\d; 1 known violation does not fail \(1 medium\)\n/,
    )

    await using _late = await services.openLate()
    const after = await check('--baseline', 'second/report.json', ...warn, '--output-directory', 'third')
    expect(after.status, after.stdout).toBe(1)
    expect(after.stdout).toMatch(
      new RegExp(
        `^FAIL: new since \\S+: redis open on 127\\.0\\.0\\.1:${services.late}\\n1 violation fails the check `,
      ),
    )
    const [before, now] = await Promise.all(
      ['first', 'third'].map(async (folder) =>
        JSON.parse(await readFile(join(cwd, folder, 'report.json'), 'utf8')),
      ),
    )
    expect(now.drift).toMatchObject({
      opened: [{ endpoint: '127.0.0.1', address: '127.0.0.1', port: services.late, after: 'redis' }],
      closed: [],
      notSeenBefore: [],
      resolved: 0,
    })
    const violations = now.findings.filter(({ kind }: { kind: string }) => kind === 'violation')
    expect(violations).toMatchObject([
      { port: services.late, novelty: 'new', since: now.startedAt, fails: true },
      // Two reports later: still since the first.
      { port: services.old, novelty: 'known', since: before.startedAt, fails: false },
    ])
    expect(now.findings.map(({ id }: { id: string }) => id)).toContain('opened-since-baseline')
    expect((await check('--baseline', 'third/report.json')).status).toBe(1)
  })

  test.each<[what: string, text: string | undefined, said: string]>([
    [
      'that is not there',
      undefined,
      'The baseline `old.json` cannot be read: it does not exist (for a first run, leave `baseline` empty).',
    ],
    ['of another tool', '<nmaprun/>', 'old.json:1:1: this is no JSON, or not all of it'],
    [
      'of another schema version',
      '{\n  "schemaVersion": 2\n}\n',
      'old.json:1:1: this is not a Portgate report of `schemaVersion` 1',
    ],
    ['that is cut off', '{"schemaVersion": 1, "hosts": [', 'old.json:1:32: the file ends here'],
  ])('refuses a baseline %s, and scans nothing', async (_, text, said) => {
    const cwd = await makeFolder({
      [POLICY]: 'version: 1\nhosts: { portgate.invalid: [] }\n',
      ...(text === undefined ? {} : { 'old.json': text }),
    })
    const run = await runBundle('cli', ['check', '--baseline', 'old.json'], { cwd })
    expect([run.status, run.stdout]).toEqual([2, ''])
    expect(run.stderr).toContain(said)
  })

  test('refuses an empty flag, another value than fail or warn, and warn without a baseline', async () => {
    const cwd = await makeFolder({ [POLICY]: 'version: 1\nhosts: { portgate.invalid: [] }\n' })
    const empty = await runBundle('cli', ['check', '--baseline', ''], { cwd })
    expect([empty.status, empty.stderr]).toEqual([
      2,
      expect.stringContaining('--baseline: the value is empty'),
    ])
    const wrong = await runBundle('cli', ['check', '--known-violations', 'pass'], { cwd })
    expect(wrong.stderr).toContain('known-violations: invalid value `pass` (expected one of fail, warn)')
    const alone = await runBundle('cli', ['check', '--known-violations', 'warn'], { cwd })
    expect([alone.status, alone.stdout, alone.stderr]).toEqual([
      2,
      '',
      expect.stringContaining('known-violations: `warn` has no effect without `baseline`'),
    ])
  })
})

describe('the action', () => {
  test('counts new violations, and has no baseline on a first run', async () => {
    await using services = await startServices()
    const files = { [POLICY]: services.policy }
    const inputs = { baseline: '', 'known-violations': 'warn' }
    const first = await runAction(inputs, { files })
    expect([first.status, first.outputs['new-violations']], first.stdout).toEqual([1, '1'])
    expect(JSON.parse(await readFile(first.outputs.report ?? '', 'utf8'))).not.toHaveProperty('drift')
    const without = '`known-violations: warn` has no effect: `baseline` is empty'
    expect(first.log).toContain(without)

    await using _late = await services.openLate()
    const second = await runAction({ ...inputs, baseline: first.outputs.report ?? '' }, { files })
    const { violations, verdict, 'new-violations': fresh } = second.outputs
    expect([second.status, verdict, violations, fresh], second.stdout).toEqual([1, 'fail', '2', '1'])
    expect(second.log).not.toContain(without)
    expect(second.summary).toContain('**critical**<br>new |')
    expect(second.summary.split('\n')[0]).toContain(`redis open on 127.0.0.1:${services.late}`)
  })

  describe('on a pull request', () => {
    const text = 'version: 1\nscan: { ports: 1, ip: 4 }\nhosts: { 127.0.0.1: [] }\n'
    const policy = { [POLICY]: text }

    /** A report of the same policy, as a nightly run would have left it. */
    async function makeReport(): Promise<string> {
      const run = await runAction({}, { files: policy })
      return readFile(run.outputs.report ?? '', 'utf8')
    }

    test('of a fork, a baseline in the checkout is refused, with git or without', async () => {
      const report = await makeReport()
      for (const git of [{}, checkOut(MERGE)]) {
        await using github = await startGitHub(makeWorld(policy))
        const files = { ...policy, ...git, 'old/report.json': report }
        const run = await runOnPull(github, 'fork', { files, inputs: { baseline: 'old/report.json' } })
        expect([run.status, run.outputs.verdict], run.stdout).toEqual([2, undefined])
        expect(run.log).toContain(
          'The baseline `old/report.json` is in a checkout, and the pull request is from a fork. A fork could supply a baseline that excuses its own violations: keep the baseline outside of the checkout, for example under `$',
        )
        expect(run.summary).toContain("The baseline may be a fork's")
      }
    })

    test('of a fork, one outside of the checkout holds', async () => {
      const folder = await makeFolder({ 'report.json': await makeReport() })
      await using github = await startGitHub(makeWorld(policy))
      const inputs = { baseline: join(folder, 'report.json') }
      const run = await runOnPull(github, 'fork', { files: policy, inputs })
      expect([run.status, run.outputs.verdict], run.stdout).toEqual([0, 'pass'])
      expect(run.log).toContain('PASS: nothing new since ')
    })

    test.skipIf(process.platform === 'win32')(
      'of a fork, a link that leads into the checkout leads nowhere',
      async () => {
        const report = await makeReport()
        await using github = await startGitHub(makeWorld(policy))
        const files = { ...policy, ...checkOut(MERGE), 'old/report.json': report }
        const script =
          'ln -s "$PWD/old/report.json" "$RUNNER_TEMP/link.json"; export INPUT_BASELINE="$RUNNER_TEMP/link.json"'
        const run = await runOnPull(github, 'fork', { files, script })
        expect(run.status, run.stdout).toBe(2)
        expect(run.log).toContain('is in a checkout, and the pull request is from a fork')
      },
    )

    test('of the repository itself, one in the checkout holds', async () => {
      await using github = await startGitHub(makeWorld(policy))
      const files = { ...policy, ...checkOut(HEAD), 'old.json': await makeReport() }
      const run = await runOnPull(github, 'same', { files, inputs: { baseline: 'old.json' } })
      expect([run.status, run.outputs.verdict], run.stdout).toEqual([0, 'pass'])
    })

    test('where a comment has started the run, the checkout may hold anything', async () => {
      await using github = await startGitHub(makeWorld(policy))
      const files = { ...policy, 'old.json': await makeReport() }
      const payload = { issue: { number: 1, pull_request: {} } }
      const env = { GITHUB_REF: 'refs/heads/main' }
      const run = await runOn(github, 'issue_comment', payload, {
        files,
        inputs: { baseline: 'old.json' },
        env,
      })
      expect(run.status, run.stdout).toBe(2)
      expect(run.log).toContain("on `issue_comment` a fork's files may lie there")
    })

    test('a baseline that is called otherwise makes another gate', async () => {
      const report = await makeReport()
      const folder = await makeFolder({ 'a.json': report, 'b.json': report })
      await using github = await startGitHub(makeWorld(policy))
      for (const name of ['a.json', 'b.json', 'a.json']) {
        const inputs = { 'comment-in-pr': 'always', baseline: join(folder, name) }
        await runOnPull(github, 'same', { files: policy, inputs })
      }
      expect(github.world.comments).toHaveLength(2)
    })
  })
})
