import { readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { reportSchema } from '../../src/report/report-schema.ts'
import { listen, makeFolder, redis, runAction, ssh } from './bundle.ts'

const POLICY = '.github/port-policy.yml'

/** A policy file, with the version in front. */
function policy(yaml: string): Record<string, string> {
  return { [POLICY]: `version: 1\n${yaml}` }
}

describe('a violation', () => {
  test('is annotated on the line that governs it, summarised, output, and fails', async () => {
    await using server = await listen(redis)
    const { port } = server
    const run = await runAction(
      {},
      { files: policy(`scan: { ports: [${port}, 1] }\nhosts:\n  127.0.0.1: []\n`) },
    )
    expect(run.status, run.stdout).toBe(1)
    expect(run.commands).toMatchObject([
      {
        name: 'error',
        properties: { file: POLICY, line: '4', col: '3' },
        message: expect.stringContaining(`redis on 127.0.0.1:${port} is open, and no allowance covers it.`),
      },
    ])
    expect(run.summary.split('\n').slice(0, 3)).toEqual([
      `### ❌ FAIL: redis open on 127.0.0.1:${port}`,
      '**1 violation fails the check (1 critical)**<br>',
      'Saw 1 endpoint, 1 address, 2 of 65,535 ports; nothing stayed unknown',
    ])
    expect(run.outputs).toMatchObject({
      verdict: 'fail',
      violations: '1',
      doubts: '0',
      critical: '1',
      low: '0',
    })
    expect(JSON.parse(run.outputs['open-ports'] ?? '')).toEqual([
      { endpoint: '127.0.0.1', address: '127.0.0.1', port, service: 'redis' },
    ])
    const report = reportSchema.parse(JSON.parse(await readFile(run.outputs.report ?? '', 'utf8')))
    expect(report).toMatchObject({ verdict: 'fail', coverage: JSON.parse(run.outputs.coverage ?? '') })
    expect(run.log).toContain('CRITICAL  unexpected-open-port')
  })

  test('does not fail in audit mode, and is reported all the same', async () => {
    await using server = await listen(redis)
    const files = policy(`scan: { ports: ${server.port} }\nhosts: { 127.0.0.1: [] }`)
    const run = await runAction({ mode: 'audit' }, { files })
    expect(run.status).toBe(0)
    expect(run.outputs).toMatchObject({ verdict: 'fail', critical: '1' })
    expect(run.summary).toMatch(
      /FAIL \(audit mode\): redis open on 127\.0\.0\.1:\d+\n\*\*1 violation would fail /,
    )
    expect(run.commands.map(({ name }) => name)).toEqual(['warning'])
  })

  test('below fail-on passes', async () => {
    await using server = await listen(ssh)
    const files = policy(`scan: { ports: ${server.port} }\nhosts: { 127.0.0.1: [] }`)
    const run = await runAction({ 'fail-on': 'high' }, { files })
    expect([run.status, run.outputs.verdict, run.outputs.medium]).toEqual([0, 'pass', '1'])
  })
})

test('a host that is as the policy says passes', async () => {
  await using server = await listen(ssh)
  const { port } = server
  const files = policy(`scan: { ports: [${port}, 1] }
hosts: { 127.0.0.1: { require: [{ port: ${port}, service: ssh }] } }`)
  const run = await runAction({}, { files })
  expect([run.status, run.outputs.verdict, run.commands], run.stdout).toEqual([0, 'pass', []])
})

describe('a doubt', () => {
  const files = policy('scan: { time-limit: 8s }\nhosts: { portgate.invalid: [] }')

  test('is inconclusive, with an exit status of its own', async () => {
    const run = await runAction({}, { files })
    expect([run.status, run.outputs.verdict, run.outputs.doubts], run.stdout).toEqual([
      3,
      'inconclusive',
      '1',
    ])
    expect(run.commands).toMatchObject([{ name: 'error', properties: { line: '3' } }])
  })

  test('passes where on-doubt is warn, and still is one', async () => {
    const run = await runAction({ 'on-doubt': 'warn' }, { files })
    expect([run.status, run.outputs.verdict, run.outputs.doubts]).toEqual([0, 'inconclusive', '1'])
    expect(run.commands).toMatchObject([{ name: 'warning' }])
  })
})

describe('what cannot be used', () => {
  test('every mistake of the policy is annotated on its line, and nothing is judged', async () => {
    const run = await runAction(
      {},
      { files: policy('host:\n  127.0.0.1: [80]\nhosts:\n  127.0.0.1: [0, 30-20]\n') },
    )
    expect(run.status).toBe(2)
    expect(
      run.commands.map(({ name, properties }) => [name, properties.file, properties.line, properties.title]),
    ).toEqual([
      ['error', POLICY, '2', 'policy: unknown-key'],
      ['error', POLICY, '5', 'policy: bad-port'],
      ['error', POLICY, '5', 'policy: reversed-range'],
    ])
    expect(run.summary).toContain('UNUSABLE: 3 problems in the policy')
    expect(run.outputs).toEqual({})
  })

  test.each<[what: string, inputs: Record<string, string>, said: string]>([
    ['no policy and no endpoints', {}, 'hosts:\n    www.example.com: [80, 443]'],
    ['a policy that is not there', { policy: 'ports.yml' }, '`ports.yml` cannot be read: it does not exist'],
    [
      'a wrong choice',
      { 'fail-on': 'hihg', endpoints: '127.0.0.1' },
      'fail-on: invalid value `hihg` (did you mean `high`?)',
    ],
    [
      'all that is wrong, at once',
      { command: 'chekc', 'comment-in-pr': 'sometimes', ip: '5', 'fail-on': 'hihg' },
      'did you mean `check`?)\ncomment-in-pr: invalid value `sometimes` (expected one of never, on-failure, always)\nip: invalid value `5` (expected one of auto, both, 4, 6)\nfail-on: invalid value `hihg`',
    ],
    ['an empty workspace', {}, 'The workspace is empty: is actions/checkout before this step?'],
    ['a wrong command', { command: 'chekc' }, 'did you mean `check`?'],
    ['a wrong endpoint', { endpoints: '127.0.0.1:80' }, 'is a host with a port'],
    ['endpoints that are none', { endpoints: ' ,\n' }, 'endpoints: `,` is not a host name'],
    ['a scope that is none', { scope: ',' }, 'scope: `,` is not a host name'],
    ['a scope of white space', { scope: '\n' }, 'scope: `\\u{a}` is not a host name'],
    ['endpoints of white space', { endpoints: ' \u00a0' }, 'holds a character (U+00A0)'],
    [
      'a URL that may be two hosts',
      { endpoints: 'https://127.0.0.1/,127.0.0.9' },
      'is a URL with a comma in it, or more than one endpoint',
    ],
    ['a wrong port', { endpoints: '127.0.0.1', ports: '70000' }, '`70000` is not a TCP port'],
  ])('%s: the error says what to do', async (_, inputs, said) => {
    const run = await runAction(inputs)
    expect(run.status, run.stdout).toBe(2)
    expect(run.log).toContain(said)
    expect(run.log).not.toMatch(/^\s+at /m)
    expect(run.commands.map(({ name }) => name)).toEqual(['error'])
  })
})

const GOOD = 'version: 1\nhosts: { 127.0.0.1: [] }\n'

/** Every ending without a verdict: the heading of the summary, which is the title of the annotation where no line has one. */
test.each<[heading: string, inputs: Record<string, string>, files: Record<string, string>]>([
  ['UNUSABLE: The workspace is empty', {}, {}],
  ['UNUSABLE: The workspace is empty', { policy: 'ports.yml', 'output-directory': 'out' }, {}],
  ['UNUSABLE: The workspace is empty', { command: 'validate' }, {}],
  ['UNUSABLE: There is no policy', {}, { 'README.md': '' }],
  ['UNUSABLE: The policy does not exist', { policy: 'ports.yml' }, { 'README.md': '' }],
  ['UNUSABLE: There are two policies', {}, { [POLICY]: GOOD, '.github/port-policy.yaml': GOOD }],
  ['NOT RUN: The policy cannot be read', { policy: '.github' }, { [POLICY]: GOOD }],
  ['UNUSABLE: 1 problem in the policy', {}, { [POLICY]: 'version: 2\n' }],
  ['UNUSABLE: The catalogue does not exist', {}, { [POLICY]: `${GOOD}catalogue: c.yml\n` }],
  ['NOT RUN: The catalogue cannot be read', {}, { [POLICY]: `${GOOD}catalogue: .github\n` }],
  [
    'UNUSABLE: 1 problem in the catalogue',
    {},
    { [POLICY]: `${GOOD}catalogue: c.yml\n`, 'c.yml': '22: { severity: hihg }\n' },
  ],
  ['UNUSABLE: The policy names nothing to scan', {}, { [POLICY]: 'version: 1\nhosts: { "*": [] }\n' }],
  ['UNUSABLE: The policy has no such environment', { environment: 'x' }, { [POLICY]: GOOD }],
  ['UNUSABLE: The run would be too large', { endpoints: '10.0.0.0/8' }, { [POLICY]: GOOD }],
  ['UNUSABLE: 1 host may not be probed', { scope: '10.0.0.0/8' }, { [POLICY]: GOOD }],
  ['UNUSABLE: 1 input cannot be used', { 'fail-on': 'hihg' }, { [POLICY]: GOOD }],
  ['UNUSABLE: 3 inputs cannot be used', { command: 'chekc', ip: '5', mode: 'on' }, { [POLICY]: GOOD }],
  ['UNUSABLE: 1 input cannot be used', { 'policy-ref': 'base' }, { [POLICY]: GOOD }],
  ['NOT RUN: output-directory cannot be written', { 'output-directory': `${POLICY}/x` }, { [POLICY]: GOOD }],
])('%s: %j', async (heading, inputs, files) => {
  const run = await runAction(inputs, { files })
  expect([run.status, run.summary.split('\n')[0]], run.stdout).toEqual([2, `### ❌ ${heading}`])
  const { properties } = run.commands[0] ?? {}
  if (properties?.file === undefined) expect(properties?.title).toBe(heading)
})

test('an event that nobody can read is no unusable input', async () => {
  const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: 'event.json' }
  const run = await runAction({}, { files: { [POLICY]: GOOD, 'event.json': '{' }, env })
  expect([run.status, run.commands[0]?.properties.title]).toEqual([2, 'NOT RUN: The event cannot be read'])
})

test('endpoints without a policy are held against the web baseline', async () => {
  await using server = await listen(redis)
  const run = await runAction({ endpoints: '127.0.0.1', ports: String(server.port) })
  expect([run.status, run.outputs.critical], run.stdout).toEqual([1, '1'])
  expect(run.log).toContain('built-in:web')
})

test('validate puts what it notes on its line', async () => {
  const run = await runAction({ command: 'validate' }, { files: policy('hosts: { "*.example.com": [80] }') })
  expect([run.status, run.commands]).toEqual([
    0,
    [
      {
        name: 'notice',
        properties: expect.objectContaining({ title: 'policy: no-endpoints', line: '2' }),
        message: expect.stringContaining('names nothing to scan'),
      },
    ],
  ])
})

test('validate scans nothing', async () => {
  const run = await runAction({ command: 'validate' }, { files: policy('hosts: { a.example.com: [80] }') })
  expect([run.status, run.outputs, run.summary]).toEqual([0, {}, ''])
  expect(run.log).toContain('The policy is valid; it names 1 endpoint.')
})

test.each([
  ['production', ['production']],
  ['elsewhere', ['production', 'staging']],
])('a deployment to %s scans %j', async (environment, scanned) => {
  const files = {
    ...policy(`scan: { ports: 1 }
hosts: {}
environments:
  production: { endpoints: [127.0.0.1] }
  staging: { endpoints: [127.0.0.1] }`),
    'event.json': JSON.stringify({ deployment: { environment } }),
  }
  const run = await runAction(
    {},
    {
      files,
      env: {
        GITHUB_EVENT_NAME: 'deployment',
        GITHUB_EVENT_PATH: 'event.json',
        GITHUB_REF: 'refs/heads/main',
      },
    },
  )
  const report = JSON.parse(await readFile(run.outputs.report ?? '', 'utf8'))
  expect(report.environments).toEqual(scanned)
})

test('nothing that a host says is a command to the runner', async () => {
  const banner = 'SSH-2.0-x\n::error::banner\r\n::set-output name=verdict::pass\n##[error]banner\n'
  await using server = await listen((socket) => socket.resume().write(`::error::first\n${banner}`))
  await using other = await listen((socket) => socket.resume().write(banner))
  const files = policy(`scan: { ports: [${server.port}, ${other.port}] }\nhosts: { 127.0.0.1: [] }`)
  const run = await runAction({}, { files })
  expect(run.status).toBe(1)
  expect(run.commands.filter(({ properties }) => properties.file !== POLICY)).toEqual([])
  expect(run.log).not.toContain('##[')
})

test('a channel that fails is named and does not change the verdict', async () => {
  const files = policy('scan: { ports: 1 }\nhosts: { 127.0.0.1: [] }')
  const run = await runAction({}, { files, env: { GITHUB_STEP_SUMMARY: '/nowhere/summary' } })
  expect([run.status, run.outputs.verdict]).toEqual([0, 'pass'])
  expect(run.commands).toMatchObject([
    { name: 'warning', message: expect.stringContaining('the job summary') },
  ])
})

test('the report goes to output-directory', async () => {
  const files = policy('scan: { ports: 1 }\nhosts: { 127.0.0.1: [] }')
  const run = await runAction({ 'output-directory': 'a/b' }, { files })
  expect(JSON.parse(await readFile(join(run.folder, 'a/b/report.json'), 'utf8')).verdict).toBe('pass')
  expect(run.outputs).toMatchObject({
    report: join(run.folder, 'a/b/report.json'),
    sarif: join(run.folder, 'a/b/report.sarif'),
    html: join(run.folder, 'a/b/report.html'),
    junit: join(run.folder, 'a/b/junit.xml'),
  })
})

test('a policy behind a link is annotated where it really is', async () => {
  await using server = await listen(redis)
  const text = `version: 1\nscan: { ports: ${server.port} }\nhosts: { 127.0.0.1: [] }\n`
  const cwd = await makeFolder({ 'policies/ports.yml': text, '.github/x': '' })
  await symlink('../policies/ports.yml', join(cwd, POLICY))
  const run = await runAction({}, { cwd })
  expect(run.commands, run.stdout).toMatchObject([
    { name: 'error', properties: { file: 'policies/ports.yml', line: '3' } },
  ])
  const [{ results }] = JSON.parse(await readFile(run.outputs.sarif ?? '', 'utf8')).runs
  expect(results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('policies/ports.yml')
})

test('SARIF has the policy line, and links to where this action comes from', async () => {
  await using server = await listen(redis)
  const files = policy(`scan: { ports: ${server.port} }\nhosts: { 127.0.0.1: [] }`)
  const env = {
    GITHUB_SERVER_URL: 'https://ghe.example.com',
    GITHUB_ACTION_REPOSITORY: 'example/portgate',
    GITHUB_ACTION_REF: 'v1',
  }
  const run = await runAction({}, { files, env })
  const [{ tool, results }] = JSON.parse(await readFile(run.outputs.sarif ?? '', 'utf8')).runs
  expect(tool.driver.informationUri).toBe('https://ghe.example.com/example/portgate')
  expect(tool.driver.rules[0].helpUri).toBe(
    'https://ghe.example.com/example/portgate/blob/v1/docs/findings.md#unexpected-open-port',
  )
  expect(results).toMatchObject([
    {
      ruleId: 'unexpected-open-port',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: POLICY },
            region: { startLine: 3, startColumn: 10 },
          },
        },
      ],
    },
  ])
})

test('a file that cannot be written is named, keeps the others, and does not change the verdict', async () => {
  const files = { ...policy('scan: { ports: 1 }\nhosts: { 127.0.0.1: [] }'), 'out/report.json/x': '' }
  const run = await runAction({ 'output-directory': 'out' }, { files })
  expect([run.status, run.outputs.verdict, run.outputs.report]).toEqual([0, 'pass', ''])
  expect(run.commands).toMatchObject([
    { name: 'warning', message: expect.stringMatching(/^Could not write report\.json: /) },
  ])
  expect(JSON.parse(await readFile(run.outputs.sarif ?? '', 'utf8')).version).toBe('2.1.0')
})

// Windows has no signals that a process could answer.
test.skipIf(process.platform === 'win32')('a cancelled job says what it has seen', async () => {
  const files = policy('scan: { ports: "1-1000", max-rate: 20 }\nhosts: { 127.0.0.1: [] }')
  const run = await runAction(
    {},
    { files, onStart: (pid) => void sleep(4_000).then(() => process.kill(pid, 'SIGINT')) },
  )
  expect([run.status, run.outputs.verdict], run.stdout).toEqual([3, 'inconclusive'])
  const { hosts, findings } = JSON.parse(await readFile(run.outputs.report ?? '', 'utf8'))
  expect(hosts[0].ports.closed).not.toBe('')
  expect(hosts[0].ports.unknown).toMatchObject([{ reason: 'aborted' }])
  expect(findings).toMatchObject([{ id: 'incomplete-scan', reason: 'aborted' }])
})

test('action.yml declares what the action reads and writes, and nothing else', async () => {
  const declared = parse(await readFile(new URL('../../action.yml', import.meta.url), 'utf8'))
  const run = await runAction({}, { files: policy('scan: { ports: 1 }\nhosts: { 127.0.0.1: [] }') })
  const plan = await runAction(
    { command: 'plan', shards: '1' },
    { files: policy('hosts: { 127.0.0.1: [] }') },
  )
  const { 'suggested-policy': _, ...outputs } = declared.outputs
  expect(Object.keys({ ...run.outputs, ...plan.outputs }).sort()).toEqual(Object.keys(outputs).sort())
  const source = await readFile(new URL('../../src/github/inputs.ts', import.meta.url), 'utf8')
  const read = [...source.matchAll(/getInput\('([\w-]+)'/g)].map(([, name]) => name)
  expect(read.sort()).toEqual(Object.keys(declared.inputs).sort())
  expect(declared.runs).toEqual({ using: 'node24', main: 'dist/action/index.js' })
})
