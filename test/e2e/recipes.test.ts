import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { makeFolder, runAction, runBundle } from './bundle.ts'

const ROOT = new URL('../../', import.meta.url)
const FOLDER = new URL('docs/recipes/', ROOT)

interface Step {
  id?: string
  uses?: string
  run?: string
  env?: Record<string, string>
  if?: string
  with?: Record<string, string | number | boolean>
}

interface Job {
  'timeout-minutes'?: number
  permissions?: Record<string, string>
  if?: string
  steps: Step[]
}

interface Workflow {
  permissions: Record<string, string>
  on: Record<string, unknown>
  concurrency?: Record<string, unknown>
  jobs: Record<string, Job>
}

const read = (name: string, folder = FOLDER) => readFileSync(new URL(name, folder), 'utf8')
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.yml'))
const workflows = new Map(names.map((name) => [name, parse(read(name)) as Workflow]))
const page = read('README.md')
const isGate = ({ uses, with: inputs = {} }: Step) =>
  uses === 'OWNER/portgate@v1' && !('command' in inputs) && !('plan' in inputs)

function listSteps({ jobs }: Workflow): Step[] {
  return Object.values(jobs).flatMap(({ steps }) => steps)
}

/** Every use of Portgate that is a gate by itself, with the recipe and the job that it is in. Those of shards have tests of their own. */
const gates = [...workflows].flatMap(([name, { jobs }]) =>
  Object.entries(jobs).flatMap(([job, { steps }]) =>
    steps.filter(isGate).map((step) => ({ name: `${name}, ${job}`, file: name, step })),
  ),
)

describe('each recipe', () => {
  test('is on the page, and the page has no other', () => {
    const linked = [...page.matchAll(/^\| \[.*\]\(#.*\) +\| \[(.*)\]\((.*)\) +\|$/gm)].map(
      ([, , file]) => file,
    )
    expect(linked.sort()).toEqual(
      readdirSync(FOLDER)
        .filter((name) => name !== 'README.md')
        .sort(),
    )
  })

  test('names inputs and outputs that there are', () => {
    const { inputs, outputs } = parse(read('action.yml', ROOT))
    const used = gates.flatMap(({ step }) => Object.keys(step.with ?? {}))
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(used))
    const wanted = names.flatMap((name) =>
      [...read(name).matchAll(/steps\.gate\.outputs\.([\w-]+)/g)].map(([, output]) => output),
    )
    expect(wanted.length).toBeGreaterThan(1)
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(wanted))
  })

  test.each(names)('%s asks for no more than it needs', (name) => {
    const workflow = workflows.get(name) as Workflow
    expect(workflow.permissions).toEqual({})
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target')
    for (const { permissions, steps, 'timeout-minutes': minutes } of Object.values(workflow.jobs)) {
      // A job without a checkout needs none.
      const checksOut = steps.some(({ uses }) => uses?.startsWith('actions/checkout@'))
      expect(checksOut ? ['read'] : ['read', undefined]).toContain(permissions?.contents)
      expect(minutes).toBeGreaterThan(0)
    }
    const uses = listSteps(workflow).filter(({ uses }) => uses)
    for (const step of uses) {
      expect(step.uses).toMatch(/^[\w-]+\/[\w/-]+@v\d+$/)
      if (step.uses?.startsWith('actions/checkout@')) expect(step.with?.['persist-credentials']).toBe(false)
    }
  })

  test.each(names)('%s cancels no run for one that does nothing', (name) => {
    const { concurrency, jobs } = workflows.get(name) as Workflow
    if (concurrency?.['cancel-in-progress'] === true)
      expect(Object.values(jobs).filter((job) => job.if !== undefined)).toEqual([])
  })
})

/** The policy of each recipe: that of its section, or the one above; where the page shows none, the first of the README. */
function findPolicies(): Map<string, string> {
  const [, first = ''] = /^```yaml\n(version: 1\n.*?)^```/ms.exec(read('README.md', ROOT)) ?? []
  const policies = new Map<string, string>()
  let above = ''
  for (const section of page.split(/^## /m)) {
    const [, file = ''] = /\[[\w-]+\.yml\]\(([\w-]+\.yml)\)/.exec(section) ?? []
    const [, own] = /^```yaml\n(version: 1\n.*?)^```/ms.exec(section) ?? []
    above = own ?? above
    if (names.includes(file)) policies.set(file, /is the one above/.test(section) ? above : (own ?? first))
  }
  return policies
}

const policies = findPolicies()

test('the page shows three policies, and one of them for two recipes', () => {
  expect([...policies.keys()].sort()).toEqual(names.toSorted())
  expect(new Set(policies.values()).size).toBe(4)
  expect(policies.get('roll-back.yml')).toBe(policies.get('promote.yml'))
})

describe.concurrent.each(gates)('the policy of $name', ({ file, step }) => {
  test('is valid with the environment, the endpoints and the scope of the step, and nothing is to be noted', async () => {
    const url = 'https://pr-1.preview.example.com'
    const context = makeContext({ deployment_status: { environment_url: url } })
    const { environment, endpoints, scope } = step.with ?? {}
    const args = [
      ...(endpoints === undefined ? [] : [fillIn(String(endpoints), context)]),
      ...(environment === undefined ? [] : ['--environment', String(environment)]),
      ...['--scope', String(scope), '--format', 'json'],
    ]
    const cwd = await makeFolder({ '.github/port-policy.yml': policies.get(file) ?? '' })
    const run = await runBundle('cli', ['validate', ...args], { cwd })
    expect([run.status, JSON.parse(run.stdout)], run.stdout).toEqual([
      0,
      { valid: true, endpoints: expect.any(Number), floors: [], notes: [] },
    ])
    expect(JSON.parse(run.stdout).endpoints).toBeGreaterThan(0)
  })
})

/** What GitHub would put into a recipe's expressions. */
function makeContext(
  event: object,
  { failed = false, outputs = {} }: { failed?: boolean; outputs?: object } = {},
) {
  return {
    github: { event, event_name: 'schedule', ref: 'refs/heads/main' },
    runner: { temp: '/tmp' },
    steps: { gate: { outputs }, changes: { outputs }, last: { outputs } },
    always: () => true,
    failure: () => failed,
    startsWith: (text: string, start: string) => text.toLowerCase().startsWith(start.toLowerCase()),
  }
}

type Context = ReturnType<typeof makeContext>

/** Works an expression out; what the recipes use of GitHub's language means the same in JavaScript, but for `-` in names. */
function evaluate(expression: string, context: Context): unknown {
  return runInNewContext(expression.replace(/\.(\w+(?:-\w+)+)/g, '["$1"]'), { ...context })
}

function fillIn(text: string, context: Context): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression) => String(evaluate(expression, context) ?? ''))
}

/** Whether a step runs: one without a condition does as long as nothing has failed. */
function runs({ if: condition = 'true' }: Step, context: Context): boolean {
  const isAfterFailure = /\b(always|failure)\(\)/.test(condition)
  return (isAfterFailure || !context.failure()) && Boolean(evaluate(condition, context))
}

/** A web server on loopback, for as long as it is used. */
async function serve() {
  const server = createServer((_, response) => response.end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  }
}

/** A policy with all environments that the recipes name, each this machine: one port must be open, and no other may. */
function writePolicy(required: number): string {
  const environments = ['staging', 'production', 'outside', 'inside'].map(
    (name) => `  ${name}: { endpoints: [127.0.0.1] }\n`,
  )
  const hosts = `hosts:\n  "*": { require: [${required}] }\n  127.0.0.1: { require: [${required}] }\n`
  return `version: 1\n${hosts}environments:\n${environments.join('')}`
}

/** What nmap would write of this machine, where some ports were scanned and some are open. */
async function writeResults(scanned: number[], open: number[]): Promise<string> {
  const ports = [...new Set([...scanned, ...open])].sort((a, b) => a - b)
  const elements = ports.map((port) => {
    const state = open.includes(port) ? 'open' : 'closed'
    return `<port protocol="tcp" portid="${port}"><state state="${state}"/></port>`
  })
  const now = Math.floor(Date.now() / 1000)
  const text = `<nmaprun scanner="nmap" start="${now}">
<scaninfo protocol="tcp" numservices="${ports.length}" services="${ports}"/>
<host><status state="up"/><address addr="127.0.0.1" addrtype="ipv4"/><ports>${elements.join('')}</ports></host>
<runstats><finished time="${now}" exit="success"/><hosts up="1" down="0"/></runstats></nmaprun>`
  return join(await makeFolder({ 'scan.xml': text }), 'scan.xml')
}

/** Runs the step of a recipe with its inputs as they stand, but on loopback and on these ports. */
async function runGate(
  step: Step,
  {
    ports,
    required,
    open = [],
    ...inputs
  }: { ports: number[]; required: number; open?: number[]; wait?: string },
) {
  const url = `http://localhost:${required}/`
  const context = makeContext({
    deployment: { environment: 'Preview' },
    deployment_status: { state: 'success', environment: 'Preview', environment_url: url },
    repository: { default_branch: 'main' },
  })
  const written = Object.entries(step.with ?? {}).map(([name, value]) => [
    name,
    fillIn(String(value), context),
  ])
  const results = step.with?.results === undefined ? {} : { results: await writeResults(ports, open) }
  return runAction(
    {
      ...Object.fromEntries(written),
      ...results,
      ...inputs,
      ports: ports.join(),
      ip: '4',
      scope: 'localhost 127.0.0.1',
    },
    { files: { '.github/port-policy.yml': writePolicy(required) } },
  )
}

describe.concurrent.each(gates)('$name', ({ step }) => {
  test('passes where what is required is open and nothing else is', async () => {
    await using server = await serve()
    const { port } = server
    const run = await runGate(step, { ports: [1], required: port, open: [port] })
    expect([run.status, run.outputs.verdict], run.stdout).toEqual([0, 'pass'])
  })

  test('fails where something else is open', async () => {
    await using server = await serve()
    await using other = await serve()
    const open = [server.port, other.port]
    const run = await runGate(step, { ports: [other.port], required: server.port, open })
    expect([run.status, run.outputs.verdict], run.stdout).toEqual([1, 'fail'])
  })

  test('its own scope keeps it from this machine', async () => {
    const run = await runAction({ scope: String(step.with?.scope), endpoints: '127.0.0.1' })
    expect(run.status, run.stdout).toBe(2)
    expect(run.log).toContain('`127.0.0.1` is outside of `scope`')
  })
})

describe('roll-back.yml', () => {
  const gate = gates.find(({ file }) => file === 'roll-back.yml')?.step as Step
  const rollsBackFor = ({ status, outputs }: Awaited<ReturnType<typeof runGate>>) =>
    runs(rollBack, makeContext({}, { failed: status !== 0, outputs }))

  test('rolls back for a required port that is not open', async () => {
    const { port: required, ...gone } = await serve()
    await gone[Symbol.asyncDispose]()
    const run = await runGate(gate, { ports: [1], required, wait: '1s' })
    expect([run.status, run.outputs.high, rollsBackFor(run)], run.stdout).toEqual([1, '1', true])
  })

  test('fails for what is less, and the deployment stays', async () => {
    await using server = await serve()
    await using other = await serve()
    const run = await runGate(gate, { ports: [other.port], required: server.port })
    expect([run.status, run.outputs.violations, run.outputs.high, rollsBackFor(run)], run.stdout).toEqual([
      1,
      '1',
      '0',
      false,
    ])
  })

  const rollBack = listSteps(workflows.get('roll-back.yml') as Workflow).at(-1) as Step

  test.each([
    [{ verdict: 'fail', critical: '1', high: '0' }, true, true],
    [{ verdict: 'fail', critical: '0', high: '2' }, true, true],
    // A `low` finding is no reason to undo a deployment.
    [{ verdict: 'fail', critical: '0', high: '0' }, true, false],
    // Nor is what could not be seen, though there is a violation that the policy lets pass.
    [{ verdict: 'inconclusive', critical: '0', high: '1' }, true, false],
    // The policy could not be used.
    [{ verdict: '', critical: '', high: '' }, true, false],
    // In audit mode a `fail` is no failure.
    [{ verdict: 'fail', critical: '1', high: '0' }, false, false],
  ])('%j, failed %j: rolls back %j', (outputs, failed, expected) => {
    expect(rollBack.run).toContain('roll-back')
    expect(runs(rollBack, makeContext({}, { failed, outputs }))).toBe(expected)
  })
})

test.each([
  ['a report', { sarif: 'report.sarif', doubts: '0' }, true],
  // It would close the alerts of what could not be seen.
  ['a report of a run with doubts', { sarif: 'report.sarif', doubts: '1' }, false],
  ['none, because the policy could not be used', { sarif: '', doubts: '' }, false],
])('code-scanning.yml, after a failure with %s: uploads %j', (_, outputs, expected) => {
  const upload = listSteps(workflows.get('code-scanning.yml') as Workflow).at(-1) as Step
  const context = makeContext({}, { failed: true, outputs })
  expect(runs(upload, context)).toBe(expected)
  expect(fillIn(String(upload.with?.sarif_file), context)).toBe(outputs.sarif)
})

describe('baseline.yml', () => {
  const [keep, post] = listSteps(workflows.get('baseline.yml') as Workflow).slice(-2) as [Step, Step]

  test.each<[outputs: object, keeps: boolean, posts: boolean]>([
    [{ report: 'report.json', doubts: '0', 'new-violations': '2' }, true, true],
    [{ report: 'report.json', doubts: '0', 'new-violations': '0' }, true, false],
    // What a night could not see would be forgotten.
    [{ report: 'report.json', doubts: '1', 'new-violations': '1' }, false, true],
    // The policy could not be used.
    [{}, false, false],
  ])('%j: keeps the report %j, posts %j', (outputs, keeps, posts) => {
    const context = makeContext({}, { failed: true, outputs })
    expect([runs(keep, context), runs(post, context)]).toEqual([keeps, posts])
  })

  test('keeps what the other recipe fetches', () => {
    const fetches = ['baseline.yml', 'known-violations.yml'].map((name) => {
      const { run, env } = listSteps(workflows.get(name) as Workflow).find(({ id }) => id === 'last') as Step
      return { run, env }
    })
    expect(fetches[0]).toEqual(fetches[1])
    expect(fetches[0]?.run).toContain(`--name ${keep.with?.name} `)
  })
})

describe.skipIf(process.platform === 'win32')('the step that fetches the last report', () => {
  const { run = '' } = listSteps(workflows.get('baseline.yml') as Workflow).find(
    ({ id }) => id === 'last',
  ) as Step

  test.each<[what: string, runs: string, whole: string, expected: string]>([
    ['takes the newest run that has one', '30 20 10', '20 10', '20'],
    ['takes none where none has', '30 20', '', ''],
    ['takes none where there is no run', '', '', ''],
  ])('%s', async (_, list, whole, expected) => {
    const gh = `#!/bin/sh
if [ "$1 $2" = 'run list' ]; then for id in ${list}; do echo "$id"; done; exit; fi
case " ${whole} " in *" $3 "*) mkdir -p "$7"; echo "$3" > "$7/report.json" ;; *) exit 1 ;; esac
`
    const folder = await makeFolder({ 'bin/gh': gh, output: '' })
    const env = {
      ...{
        PATH: `${folder}/bin:${process.env.PATH}`,
        RUNNER_TEMP: folder,
        GITHUB_OUTPUT: join(folder, 'output'),
      },
      FOLDER: join(folder, 'baseline'),
    }
    await promisify(execFile)('chmod', ['+x', join(folder, 'bin/gh')])
    await promisify(execFile)('bash', ['-eo', 'pipefail', '-c', run], { cwd: folder, env })
    const output = (await readFile(env.GITHUB_OUTPUT, 'utf8')).trim()
    expect(output).toBe(expected && `report=${env.FOLDER}/report.json`)
    if (expected) expect(await readFile(`${env.FOLDER}/report.json`, 'utf8')).toBe(`${expected}\n`)
  })
})

describe('preview.yml', () => {
  const condition = workflows.get('preview.yml')?.jobs.portgate?.if ?? ''

  test.each([
    ['success', 'https://pr-1.preview.example.com', 'Preview', true],
    ['success', 'https://pr-1.preview.example.com', 'preview – pr-1', true],
    ['success', '', 'Preview', false],
    ['pending', 'https://pr-1.preview.example.com', 'Preview', false],
    ['success', 'https://www.example.com', 'Production', false],
  ])('state %s, URL %j, environment %s: runs %j', (state, environment_url, environment, expected) => {
    const event = { deployment: { environment }, deployment_status: { state, environment_url } }
    expect(Boolean(evaluate(condition, makeContext(event)))).toBe(expected)
  })
})

describe.skipIf(process.platform === 'win32')('policy-review.yml', () => {
  const changes = listSteps(workflows.get('policy-review.yml') as Workflow).find(({ id }) => id === 'changes')

  /** A repository whose last commit merges a pull request that has changed some files, as GitHub checks it out. */
  async function makeMerge(files: Record<string, string>): Promise<string> {
    const folder = await makeFolder({ '.github/port-policy.yml': 'version: 1\n', 'README.md': 'a\n' })
    const git = (...args: string[]) =>
      promisify(execFile)('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        cwd: folder,
      })
    await git('init', '--quiet', '--initial-branch=main')
    await git('add', '.')
    await git('commit', '--quiet', '--message=base')
    await git('switch', '--quiet', '--create=topic')
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    await git('add', '.')
    await git('commit', '--quiet', '--message=change')
    await git('switch', '--quiet', 'main')
    await git('commit', '--quiet', '--allow-empty', '--message=meanwhile')
    await git('merge', '--quiet', '--no-ff', '--message=merge', 'topic')
    return folder
  }

  /** What the step that looks for changes says, and whether the gate runs then. */
  async function look(folder: string, base_sha?: string): Promise<[said: string, runs: boolean]> {
    const base = fillIn(changes?.env?.BASE ?? '', makeContext({ merge_group: { base_sha } }))
    const output = join(folder, '.git', 'output')
    await writeFile(output, '')
    await promisify(execFile)('bash', ['-eo', 'pipefail', '-c', changes?.run ?? ''], {
      cwd: folder,
      env: { ...process.env, BASE: base, GITHUB_OUTPUT: output },
    })
    const said = (await readFile(output, 'utf8')).trim()
    const gate = gates.find(({ file }) => file === 'policy-review.yml')?.step as Step
    return [said, runs(gate, makeContext({}, { outputs: { policy: said.slice('policy='.length) } }))]
  }

  test('a merge queue that rebases: all commits since its base count', async () => {
    const folder = await makeMerge({ '.github/port-policy.yml': 'version: 1\nhosts: {}\n' })
    const git = async (...args: string[]) => {
      const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com']
      return (await promisify(execFile)('git', [...who, ...args], { cwd: folder })).stdout.trim()
    }
    const base = await git('rev-parse', 'HEAD^1')
    await git('commit', '--quiet', '--allow-empty', '--message=more')
    expect(await look(folder, base)).toEqual(['policy=true', true])
    expect(await look(folder, await git('rev-parse', 'HEAD^1'))).toEqual(['policy=false', false])
    // A shallow clone has no such commit.
    expect(await look(folder, '0123456789'.repeat(4))).toEqual(['policy=true', true])
  })

  test.each([
    ['the policy', { '.github/port-policy.yml': 'version: 1\nhosts: {}\n' }, true],
    ['its other name', { '.github/port-policy.yaml': 'version: 1\n' }, true],
    ['the catalogue', { '.github/port-catalogue.yml': '22: { severity: low }\n' }, true],
    ['something else', { 'README.md': 'b\n' }, false],
  ])('a change of %s', async (_, files, expected) => {
    expect(await look(await makeMerge(files))).toEqual([`policy=${expected}`, expected])
  })

  test('a base that is not there is no reason to skip the gate', async () => {
    const folder = await makeFolder({ 'README.md': 'a\n' })
    await promisify(execFile)('git', ['init', '--quiet'], { cwd: folder })
    expect(await look(folder)).toEqual(['policy=true', true])
  })
})

describe('the pre-commit hook', () => {
  const [hook] = parse(read('.pre-commit-hooks.yaml', ROOT)) as [Record<string, string>]

  test('is the one that the recipe names', () => {
    const config = parse(read('pre-commit-config.yaml'))
    expect(config.repos[0].hooks).toEqual([{ id: hook.id }])
  })

  test('starts a file that is there and may be executed', () => {
    const [program = ''] = hook.entry?.split(' ') ?? []
    expect(hook.language).toBe('script')
    const { mode } = statSync(new URL(program, ROOT))
    expect(mode & 0o111 || process.platform === 'win32').toBeTruthy()
    expect(read(program, ROOT)).toMatch(/^#!\/usr\/bin\/env node\n/)
  })

  test.each([
    ['.github/port-policy.yml', true],
    ['.github/port-policy.yaml', true],
    ['.github/port-catalogue.yml', true],
    ['docs/.github/port-policy.yml', false],
    ['.github/workflows/ports.yml', false],
  ])('looks at %s: %j', (file, expected) => {
    expect(new RegExp(hook.files ?? '').test(file)).toBe(expected)
  })

  test.each([
    ['version: 1\nhosts: { db.example.com: [80] }\n', 0],
    ['version: 1\nhosts: { "*.preview.example.com": [443] }\n', 0],
    ['version: 1\nhosts: { db.example.com: [0] }\n', 2],
  ])('%j ends with status %d', async (policy, status) => {
    const cwd = await makeFolder({ '.github/port-policy.yml': policy })
    const [, ...args] = hook.entry?.split(' ') ?? []
    expect((await runBundle('cli', args, { cwd })).status).toBe(status)
  })
})
