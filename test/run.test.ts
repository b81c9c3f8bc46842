import { describe, expect, test } from 'vitest'
import type { Options } from '../src/prepare/options.ts'
import { type ReportJson, toReportJson } from '../src/report/report-json.ts'
import { reportSchema } from '../src/report/report-schema.ts'
import type { Tree } from '../src/repository/tree.ts'
import { type RunContext, run } from '../src/run.ts'
import { Unusable } from '../src/unusable.ts'
import { listen, redis } from './e2e/bundle.ts'

const FILE = '.github/port-policy.yml'

/** A state of a repository: its policy under the default name, or files by path; an error where it cannot be read. */
function tree(files: string | Record<string, string> | Error, ref?: string): Tree {
  const byPath = new Map(
    files instanceof Error ? [] : Object.entries(typeof files === 'string' ? { [FILE]: files } : files),
  )
  return {
    ref,
    read: async (path, limit) => {
      if (files instanceof Error) throw files
      const text = byPath.get(path)
      return text === undefined ? undefined : Buffer.from(text).subarray(0, limit)
    },
  }
}

/** A policy that scans one port of this machine, and allows what is given. */
function policy(port: number, allow: number[]): string {
  return `version: 1\nscan: { ports: ${port} }\nhosts:\n  127.0.0.1: ${JSON.stringify(allow)}\n`
}

async function runOn(
  context: Pick<RunContext, 'tree' | 'review'>,
  options: Options = {},
): Promise<ReportJson> {
  return toReportJson(
    await run(options, { ...context, root: '/nowhere', env: {}, signal: new AbortController().signal }),
  )
}

/** A pull request within the repository: the head's policy is scanned. */
function runPull(from: Tree, to: Tree, options?: Options): Promise<ReportJson> {
  return runOn({ tree: to, review: { from, to, judgedBy: 'to' } }, options)
}

/** A pull request from a fork: the base's policy is scanned. */
function runFork(from: Tree, to: Tree, options?: Options): Promise<ReportJson> {
  return runOn({ tree: from, review: { from, to, judgedBy: 'from' } }, options)
}

/** Findings as `kind id`, with `!` in front of what fails the check. */
function listFindings({ findings }: ReportJson): string[] {
  return findings.map(({ kind, id, fails }) => `${fails ? '!' : ''}${kind} ${id}`)
}

describe('a pull request within the repository', () => {
  test('is judged by its own policy, and every loosening is a note', async () => {
    await using server = await listen(redis)
    const { port } = server
    const report = await runPull(tree(policy(port, []), 'main'), tree(policy(port, [port])))
    expect([report.verdict, listFindings(report)]).toEqual(['pass', ['note policy-loosened']])
    expect(report.policyChanges).toMatchObject([
      { direction: 'loosened', part: 'allow', hosts: ['127.0.0.1'], ports: String(port), place: { line: 4 } },
    ])
    expect(report.findings[0]).toMatchObject({
      severity: 'critical',
      message: `This change allows ${port} on \`127.0.0.1\`; redis answers on 127.0.0.1:${port}, which is critical.`,
      place: { file: FILE, line: 4, column: 15 },
    })
    expect(report.policy).toEqual({ file: FILE, hash: expect.any(String) })
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toMatchObject({ verdict: 'pass' })
  })

  test.each([
    ['medium', '!violation policy-loosened', 'fail'],
    ['high', 'note policy-loosened', 'pass'],
  ])('with fail-on-loosening %s it is a %s', async (failOn, finding, verdict) => {
    const [from, to] = [tree(policy(1, []), 'main'), tree(policy(1, [60_000]))]
    const report = await runPull(from, to, { 'fail-on-loosening': failOn, 'fail-on': 'never' })
    expect([listFindings(report).slice(0, 1), report.verdict]).toEqual([[finding], verdict])
  })

  test('what was taken out is told by the line in which it stood, at the top of the policy', async () => {
    const deny = 'version: 1\nscan: { ports: 1 }\nhosts:\n  127.0.0.1:\n    deny: [23]\n'
    const { findings } = await runPull(tree(deny, 'main'), tree(policy(1, [])))
    expect(findings.find(({ id }) => id === 'policy-loosened')).toMatchObject({
      message: `This change no longer denies 23 (Telnet, critical) on \`127.0.0.1\`. It was on line 5 of ${FILE}.`,
      place: { file: FILE, line: 1, column: 1 },
    })
  })

  test('finds nothing to say where the policy means the same', async () => {
    const report = await runPull(tree(policy(1, []), 'main'), tree(`# words\n${policy(1, [])}`))
    expect([report.policyChanges, listFindings(report)]).toEqual([[], []])
  })

  test('that brings the first policy tightens', async () => {
    const report = await runPull(tree({}, 'main'), tree(policy(1, [])))
    expect(report.policyChanges).toMatchObject([
      { direction: 'tightened', part: 'policy', place: { line: 1 } },
    ])
    expect(listFindings(report)).toEqual([])
  })

  test('that brings the first policy for given endpoints is held against the built-in baseline', async () => {
    // Of a host that the workflow does not name, nothing was judged before.
    const to = tree(
      'version: 1\nhosts: { 127.0.0.1: [80, 6379], db.example.com: [22], "*.example.com": [22] }',
    )
    const report = await runPull(tree({}, 'main'), to, { endpoints: ['127.0.0.1'], ports: '1' })
    expect(report.policyChanges.map(({ message }) => message)).toEqual([
      'allows 6379 (Redis or Valkey, critical) on `127.0.0.1`',
      'adds a policy where there was none that could be used',
    ])
  })

  test('is rated by what the workflow says of doubts', async () => {
    const slow = `${policy(1, [])}on-doubt: fail\n`.replace('ports: 1', 'ports: 1, max-rate: 1')
    const [from, to] = [tree(policy(1, []), 'main'), tree(slow)]
    const severities = await Promise.all(
      [{}, { 'on-doubt': 'fail' }, { 'on-doubt': 'warn' }].map(async (options) => {
        const { policyChanges } = await runPull(from, to, options)
        return policyChanges.map(({ part, severity }) => `${part} ${severity}`)
      }),
    )
    expect(severities).toEqual([['max-rate info'], ['max-rate info'], ['max-rate high']])
  })

  test('that removes the policy, where endpoints are given', async () => {
    const report = await runPull(tree(policy(1, []), 'main'), tree({}), {
      endpoints: ['127.0.0.1'],
      ports: '1',
    })
    expect(report.policyChanges).toMatchObject([
      {
        severity: 'critical',
        part: 'policy',
        before: { file: FILE, line: 1 },
        message: expect.stringContaining('baseline'),
      },
    ])
    expect(listFindings(report)).toContain('note policy-loosened')
  })

  test('that renames the policy is held against the one before', async () => {
    const from = tree({ [FILE]: policy(1, []) }, 'main')
    const renamed = await runPull(from, tree({ '.github/port-policy.yaml': policy(1, []) }))
    const named = await runPull(from, tree({ 'ports.yml': policy(1, [80]) }), { policy: 'ports.yml' })
    expect([renamed, named].map(({ policyChanges }) => policyChanges.map(({ message }) => message))).toEqual([
      [],
      ['allows 80 (HTTP, low) on `127.0.0.1`'],
    ])
  })

  test.each<[what: string, files: Record<string, string>, options: Options]>([
    ['removes the policy', {}, {}],
    ['moves it to where it is not looked for', { 'ports.yml': policy(1, []) }, {}],
    ['has it elsewhere than the workflow looks', {}, { policy: 'ports.yml' }],
  ])('that %s is told what it does', async (_, files, options) => {
    const from = tree({ [FILE]: policy(1, []) }, 'main')
    const failure = await runPull(from, tree(files), options).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Unusable)
    expect((failure as Error).message).toContain(
      `This pull request removes or moves the policy of its base, \`${FILE}\` at \`main\``,
    )
  })

  test('that loosens one thing in several ways has a fingerprint for each', async () => {
    const write = (risky: string) => `${policy(1, [])}risky-allowances: ${risky}\n`
    const report = await runPull(
      tree(write('{ from: medium, need: [reason, owner], max-days: 30 }'), 'main'),
      tree(write('{ from: high, need: [reason], max-days: 90 }')),
    )
    expect(new Set(report.findings.map(({ fingerprint }) => fingerprint)).size).toBe(3)
  })

  test('that has no policy where the base has none is told how to begin', async () => {
    const failure = await runPull(tree({}, 'main'), tree({})).catch((error: unknown) => error)
    expect((failure as Error).message).toContain('To begin, write')
  })

  test('that mends a policy which could not be used loosens nothing', async () => {
    const report = await runPull(tree('version: 2', 'main'), tree(policy(1, [])))
    expect(report.policyChanges.map(({ direction }) => direction)).toEqual(['tightened'])
  })

  test.each([
    [{}, 'pass', 'note unreviewed-policy'],
    [{ 'fail-on-loosening': 'high' }, 'inconclusive', '!doubt unreviewed-policy'],
    [{ 'fail-on-loosening': 'high', 'on-doubt': 'warn' }, 'inconclusive', 'doubt unreviewed-policy'],
  ])('whose base cannot be read, with %j: %s', async (options: Options, verdict, finding) => {
    const report = await runPull(tree(new Error('the token may not'), 'main'), tree(policy(1, [])), options)
    expect([report.verdict, listFindings(report)]).toEqual([verdict, [finding]])
    expect(report.findings[0]?.message).toContain('cannot be read at `main`: the token may not.')
  })

  test('whose own policy lets doubts pass does not get past fail-on-loosening by what cannot be compared', async () => {
    const to = tree(`${policy(1, [])}on-doubt: warn\n`)
    const report = await runPull(tree(new Error('HTTP 502'), 'main'), to, { 'fail-on-loosening': 'high' })
    expect(listFindings(report)).toEqual(['!doubt unreviewed-policy'])
  })

  test.each<[what: string, keys: number, key: (letter: string, index: number) => string]>([
    ['that are too many', 9000, (letter, index) => `${letter}${index}-*.example.com`],
    [
      'that take long to tell apart',
      400,
      (letter, index) => `${'**.a.'.repeat(30)}${'a.'.repeat(40)}${letter}${index}`,
    ],
  ])('with patterns %s says so, and is judged', async (_, length, key) => {
    const write = (letter: string) => {
      const keys = Array.from({ length }, (_, index) => `  "${key(letter, index)}": [${index + 1}]`)
      return `version: 1\nscan: { ports: 1 }\nhosts:\n  127.0.0.1: []\n${keys.join('\n')}\n`
    }
    const report = await runPull(tree(write('a'), 'main'), tree(write('b')))
    expect(report.findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining(
        'The effect of this change to the policy is unknown: the policies are too large to be compared',
      ),
    )
    expect(report.verdict).toBe('pass')
  })
})

describe('a pull request from a fork', () => {
  test("is judged by the base's policy, whatever its own allows", async () => {
    await using server = await listen(redis)
    const { port } = server
    const report = await runFork(tree(policy(port, []), 'main'), tree(policy(port, [port]), 'abc123'))
    expect([report.verdict, listFindings(report)]).toEqual([
      'fail',
      ['!violation unexpected-open-port', 'note policy-loosened'],
    ])
    expect(report.policy).toMatchObject({ file: FILE, ref: 'main' })
    expect(report.policyChanges).toMatchObject([{ part: 'allow', ports: String(port) }])
  })

  test.each<[what: string, to: Tree, said: string]>([
    [
      'a policy that cannot be used',
      tree('version: 1\nhosts: { a.com: [0] }', 'abc'),
      'leaves a policy that cannot be used: ',
    ],
    [
      'two policies',
      tree({ [FILE]: policy(1, []), '.github/port-policy.yaml': '' }, 'abc'),
      'There are two policies at `abc`',
    ],
    [
      'a catalogue that is not there',
      tree('version: 1\nhosts: {}\ncatalogue: x.yml', 'abc'),
      '`x.yml` cannot be read',
    ],
    ['no policy', tree({}, 'abc'), 'removes the policy: nothing is scanned without one'],
  ])('that has %s is told so, and scanned', async (_, to, said) => {
    const report = await runFork(tree(policy(1, []), 'main'), to, { 'fail-on-loosening': 'critical' })
    expect([report.verdict, listFindings(report)]).toEqual(['fail', ['!violation policy-loosened']])
    expect(report.policyChanges).toMatchObject([
      { direction: 'loosened', part: 'policy', severity: 'critical' },
    ])
    expect(report.findings[0]?.message).toContain(said)
    expect(report.coverage.pairs).toBe(1)
  })

  test('whose policy cannot be read is scanned', async () => {
    const report = await runFork(tree(policy(1, []), 'main'), tree(new Error('HTTP 502'), 'abc'))
    expect([report.verdict, listFindings(report)]).toEqual(['pass', ['note unreviewed-policy']])
  })

  test('is never judged by its own policy where the base has none', async () => {
    const failure = await runFork(tree({}, 'main'), tree(policy(1, []), 'abc')).catch(
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(Unusable)
    expect((failure as Error).message).toBe(
      `There is no policy: ${FILE} does not exist at \`main\`. The base's policy applies here, as for all code from a fork; the checked-out policy is reviewed, and applies once it is merged.`,
    )
  })

  test('is told so too where the base has moved on since, so that another commit of it is compared', async () => {
    const [tip, before, to] = [tree({}, 'main'), tree({}, 'main...abc'), tree(policy(1, []), 'abc')]
    const review = { from: before, to, judgedBy: 'from' } as const
    const failure = await runOn({ tree: tip, review }).catch((error: unknown) => error)
    expect((failure as Error).message).toContain("The base's policy applies here")
  })

  test('is judged by the built-in baseline where the base has no policy and endpoints are given', async () => {
    await using server = await listen(redis)
    const options = { endpoints: ['127.0.0.1'], ports: String(server.port) }
    const report = await runFork(tree({}, 'main'), tree(policy(server.port, [server.port]), 'abc'), options)
    expect([report.verdict, report.policy.file]).toEqual(['fail', 'built-in:web'])
  })
})
