/** Plans, shards and merges, as a workflow, a pipeline, a Job and a shell run them. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { ReportJson } from '../../src/report/report-json.ts'
import { listen, makeFolder, redis, runAction, runBundle } from './bundle.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const RECIPES = new URL('../../docs/recipes/', import.meta.url)

/** Four hosts on loopback, of which one is allowed what is open there. */
function writePolicy(port: number): string {
  return `version: 1
scan: { ports: [${port}, 1, 2] }
hosts:
  127.0.0.1: [${port}]
  127.0.0.2: []
  127.0.0.3: []
  127.0.0.4: []
`
}

async function runPortgate(cwd: string, ...args: string[]) {
  return runBundle('cli', args, { cwd })
}

/** A folder with a plan of four shards, all of which have been scanned. */
async function scanShards(port: number): Promise<string> {
  const cwd = await makeFolder({ '.github/port-policy.yml': writePolicy(port) })
  const plan = await runPortgate(cwd, 'plan', '--shards', '4')
  expect(plan.status, plan.stderr).toBe(0)
  expect(plan.stdout).toContain('matrix      {"shard":["1/4","2/4","3/4","4/4"]}')
  const runs = await Promise.all(
    [1, 2, 3, 4].map((index) =>
      runPortgate(
        cwd,
        'check',
        '--plan',
        'plan.json',
        '--shard',
        `${index}/4`,
        '--output-directory',
        'shards',
      ),
    ),
  )
  expect(
    runs.map(({ status }) => status),
    runs.map(({ stderr }) => stderr).join(),
  ).toEqual([0, 0, 0, 0])
  return cwd
}

const listFindings = ({ findings }: ReportJson) =>
  findings.map(({ id, address, port, fingerprint }) => `${id} ${address}:${port} ${fingerprint}`).sort()

test('four shards in a shell find what one run finds, and one that is lost is named', async () => {
  await using server = await listen(redis)
  const cwd = await scanShards(server.port)
  const alone = await runPortgate(cwd, 'check', '--format', 'json')
  const merged = await runPortgate(cwd, 'merge', '--plan', 'plan.json', 'shards', '--format', 'json')
  expect(merged.status, merged.stderr).toBe(alone.status)
  const [one, many] = [alone, merged].map(({ stdout }) => JSON.parse(stdout) as ReportJson)
  expect(listFindings(many as ReportJson)).toEqual(listFindings(one as ReportJson))
  expect(many?.shards?.map(({ index }) => index)).toEqual([1, 2, 3, 4])
  const report = JSON.parse(await readFile(join(cwd, 'shards/shard-3-attempt-1.json'), 'utf8')) as ReportJson
  const [host] = report.hosts
  expect(report.verdict).toBe('inconclusive')
  await rm(join(cwd, 'shards/shard-3-attempt-1.json'))
  const less = await runPortgate(cwd, 'merge', '--plan', 'plan.json', 'shards')
  expect(less.status).toBe(3)
  expect(less.stdout).toMatch(/^INCONCLUSIVE: /)
  expect(less.stdout.replace(/\s+/g, ' ')).toContain(
    `Shard 3 of 4 is missing, so nothing is known about 3 ports on 1 host: ${host?.address}.`,
  )
})

test('without an output directory, the plan and the report of a shard go to the current folder', async () => {
  await using server = await listen(() => {})
  const cwd = await makeFolder({ '.github/port-policy.yml': writePolicy(server.port) })
  const plan = await runPortgate(cwd, 'plan', '--shards', '5')
  expect(plan.stdout).toContain('shards      5, with up to 3 probes each; 1 has nothing to do')
  for (const index of [1, 2, 3, 4])
    await runPortgate(cwd, 'check', '--plan', 'plan.json', '--shard', `${index}/5`)
  const merged = await runPortgate(cwd, 'merge', '--plan', 'plan.json', '.')
  expect([merged.status, merged.stdout.split(':')[0]], merged.stderr).toEqual([0, 'PASS'])
})

test('the policy and its catalogue are in the plan: nothing else is read afterwards', async () => {
  await using server = await listen(redis)
  const policy = `version: 1\ncatalogue: .github/c.yml\nscan: { ports: [${server.port}], identify: false }\nhosts: { 127.0.0.1: [] }\n`
  const catalogue = `${server.port}: { service: thing, severity: critical, why: so, remedy: none }\n`
  const cwd = await makeFolder({ '.github/port-policy.yml': policy, '.github/c.yml': catalogue })
  const plan = await runPortgate(
    cwd,
    'plan',
    '--shards',
    '1',
    '--output-directory',
    'out',
    '--format',
    'json',
  )
  expect([plan.status, JSON.parse(plan.stdout).matrix], plan.stderr).toEqual([0, { shard: ['1/1'] }])
  await rm(join(cwd, '.github'), { recursive: true })
  const check = await runPortgate(
    cwd,
    'check',
    '--plan',
    'out/plan.json',
    '--shard',
    '1/1',
    '--output-directory',
    'out',
  )
  expect([check.status, check.stdout.split('\n')[0]], check.stderr).toEqual([
    0,
    'SHARD 1 of 1: its part was scanned; `portgate merge` judges it with the others',
  ])
  const merged = await runPortgate(cwd, 'merge', '--plan', 'out/plan.json', 'out', '--format', 'json')
  const { findings } = JSON.parse(merged.stdout) as ReportJson
  expect([merged.status, findings.map(({ id, severity, place }) => [id, severity, place?.file])]).toEqual([
    1,
    [['unexpected-open-port', 'critical', '.github/port-policy.yml']],
  ])
})

describe('what a merge refuses', () => {
  let scanned = ''
  beforeAll(async () => {
    scanned = await scanShards(1)
  })

  test.each<[string, (cwd: string) => Promise<void>, string[], string]>([
    ['no plan', async () => {}, ['shards'], 'plan: name the file'],
    [
      'a plan that is not there',
      async () => {},
      ['--plan', 'p.json', 'shards'],
      '`p.json` cannot be used: it does not exist',
    ],
    [
      'a plan that was edited',
      async (cwd) => {
        const plan = JSON.parse(await readFile(join(cwd, 'plan.json'), 'utf8'))
        plan.policy.files[0].text = plan.policy.files[0].text.replace('127.0.0.2: []', '127.0.0.2: [1-9]')
        await writeFile(join(cwd, 'plan.json'), JSON.stringify(plan))
      },
      ['--plan', 'plan.json', 'shards'],
      'it was changed after it was written',
    ],
    [
      'reports of another plan',
      async (cwd) => {
        await runPortgate(cwd, 'plan', '--shards', '4')
      },
      ['--plan', 'plan.json', 'shards'],
      'is of another plan than `plan.json`',
    ],
  ])('%s', async (_, change, args, message) => {
    const cwd = await makeFolder()
    await cp(scanned, cwd, { recursive: true })
    await change(cwd)
    const merged = await runPortgate(cwd, 'merge', ...args)
    expect([merged.status, merged.stdout]).toEqual([2, ''])
    expect(merged.stderr).toContain(message)
  })
})

describe('what a shard refuses', () => {
  let cwd = ''
  beforeAll(async () => {
    cwd = await makeFolder({ '.github/port-policy.yml': writePolicy(1) })
    await runPortgate(cwd, 'plan', '--shards', '4')
  })

  test.each<[args: string[], message: string]>([
    [['--shard', '1/4'], 'plan: name the file'],
    [['--plan', 'plan.json'], 'shard: say which shard of the plan (`1/4` to `4/4`)'],
    [['--plan', 'plan.json', '--shard', '1/8'], '`1/8` is of 8 shards, and the plan has 4'],
    [['--plan', 'plan.json', '--shard', '0/4'], '`0/4` is not a shard of the plan'],
    [['--plan', 'plan.json', '--shard', '1/4', '--ports', '22'], 'ports: the plan says otherwise'],
    [['--plan', 'plan.json', '--shard', '1/4', '--wait', '5s'], 'wait: it cannot be combined with a plan'],
    [['--plan', 'plan.json', '--shard', '1/4', '--scope', '10.0.0.0/8'], '`127.0.0.1` is outside of `scope`'],
  ])('%j', async (args, message) => {
    const run = await runPortgate(cwd, 'check', ...args)
    expect([run.status, run.stdout], run.stderr).toEqual([2, ''])
    expect(run.stderr).toContain(message)
  })
})

test.each<[args: string[], message: string]>([
  [[], 'shards: give their number'],
  [['--shards', '300'], 'shards: "300" is not a number of shards (1 to 256)'],
  [['--shards', '2', '--max-time', '5m'], 'shards: give either'],
  [['--max-time', '1s'], 'max-time: even 256 shards take up to'],
])('a plan that cannot be cut: %j', async (args, message) => {
  const cwd = await makeFolder({ '.github/port-policy.yml': writePolicy(1) })
  const run = await runPortgate(cwd, 'plan', ...args)
  expect([run.status, run.stdout]).toEqual([2, ''])
  expect(run.stderr).toContain(message)
})

test('the help of a plan has the flags that it takes: not those of what comes after it, or instead', async () => {
  const cwd = await makeFolder()
  const helps = await Promise.all(['check', 'plan'].map((name) => runPortgate(cwd, 'help', name)))
  const [check = [], plan = []] = helps.map(({ stdout }) =>
    stdout.match(/^ +--[a-z-]+/gm)?.map((flag) => flag.trim()),
  )
  expect(check.filter((flag) => !plan.includes(flag))).toEqual([
    '--wait',
    '--results',
    '--results-cover',
    '--max-age',
    '--baseline',
    '--known-violations',
    '--plan',
    '--shard',
    '--debug',
  ])
})

interface Step {
  id?: string
  uses?: string
  if?: string
  with?: Record<string, string>
}

describe('shards.yml', () => {
  const { jobs } = parse(readFileSync(new URL('shards.yml', RECIPES), 'utf8')) as {
    jobs: Record<string, { if?: string; strategy?: Record<string, unknown>; steps: Step[] }>
  }
  const stepOf = (job: string, uses: string) =>
    jobs[job]?.steps.find((step) => step.uses?.startsWith(uses)) as Step
  const gate = (job: string) => stepOf(job, 'OWNER/portgate').with ?? {}
  const fill = (inputs: Record<string, string>, values: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [
        name,
        String(value).replace(/\$\{\{ *([\w.-]+) *\}\}/g, (_, path) => values[path] ?? `[${path}]`),
      ]),
    )

  test('goes on without a shard that has failed, and tells attempts apart', () => {
    expect(jobs.scan?.strategy?.['fail-fast']).toBe(false)
    expect(jobs.portgate?.if).toMatch(/^\$\{\{ !cancelled\(\) \}\}$/)
    const { name } = stepOf('scan', 'actions/upload-artifact').with ?? {}
    const download = jobs.portgate?.steps.at(1)?.with ?? {}
    const names = ['1', '2'].map((attempt) =>
      fill(
        { name: name ?? '' },
        { 'needs.plan.outputs.attempt': '1', 'strategy.job-index': '3', 'github.run_attempt': attempt },
      ),
    )
    expect(names).toEqual([{ name: 'shard-1-3-1' }, { name: 'shard-1-3-2' }])
    expect(fill(download, { 'needs.plan.outputs.attempt': '1' }).pattern).toBe('shard-1-*')
  })

  test('plans, scans each part and merges; a part that is run again takes the place of the first', async () => {
    await using server = await listen(redis)
    const temp = await makeFolder()
    const files = { '.github/port-policy.yml': writePolicy(server.port) }
    const ports = `${server.port},1,2`
    const plan = await runAction({ ...gate('plan'), ports, shards: '4', scope: '127.0.0.0/8' }, { files })
    expect(plan.status, plan.stdout).toBe(0)
    const matrix = JSON.parse(plan.outputs.matrix ?? '')
    expect(matrix).toEqual({ shard: ['1/4', '2/4', '3/4', '4/4'] })
    // What the artifacts do.
    await mkdir(join(temp, 'plan'))
    await mkdir(join(temp, 'shards'))
    await cp(plan.outputs.plan ?? '', join(temp, 'plan/plan.json'))
    const scan = async (shard: string, attempt: string) => {
      const inputs = fill(gate('scan'), { 'runner.temp': temp, 'matrix.shard': shard })
      const run = await runAction(
        { ...inputs, scope: '127.0.0.0/8' },
        { env: { GITHUB_RUN_ATTEMPT: attempt } },
      )
      expect([run.status, run.summary, run.commands], run.stdout).toEqual([0, '', []])
      const report = run.outputs.report ?? ''
      await cp(report, join(temp, 'shards', report.split('/').at(-1) ?? ''))
    }
    await Promise.all(matrix.shard.map((shard: string) => scan(shard, '1')))
    await scan('2/4', '2')
    expect((await readdir(join(temp, 'shards'))).length).toBe(5)
    const merge = await runAction(fill(gate('portgate'), { 'runner.temp': temp }))
    const alone = await runAction({ ports, scope: '127.0.0.0/8' }, { files })
    expect([merge.status, merge.outputs.verdict], merge.stdout).toEqual([alone.status, alone.outputs.verdict])
    expect(merge.summary).toContain('2 in attempt 2')
    const [one, many] = await Promise.all(
      [alone, merge].map(
        async ({ outputs }) => JSON.parse(await readFile(outputs.report ?? '', 'utf8')) as ReportJson,
      ),
    )
    expect(listFindings(many as ReportJson)).toEqual(listFindings(one as ReportJson))
    expect(many?.shards?.map(({ attempt }) => attempt)).toEqual([1, 2, 1, 1])
  })

  test('without a single report, the check is not green', async () => {
    const files = { '.github/port-policy.yml': writePolicy(1) }
    const plan = await runAction({ command: 'plan', shards: '2', scope: '127.0.0.0/8' }, { files })
    const run = await runAction({ command: 'merge', plan: plan.outputs.plan ?? '' })
    expect([run.status, run.outputs.verdict, run.outputs.doubts], run.stdout).toEqual([
      3,
      'inconclusive',
      '2',
    ])
  })
})

/** Runs the lines of a script, as a job with these variables does. */
async function runScript(lines: string, cwd: string, env: Record<string, string>): Promise<void> {
  const { PATH } = process.env
  await promisify(execFile)('sh', ['-ec', lines], { cwd, env: { PATH, ...env } })
}

describe.skipIf(process.platform === 'win32')('elsewhere', () => {
  test("shards.gitlab-ci.yaml: GitLab's `parallel`", async () => {
    const { plan, scan, judge } = parse(readFileSync(new URL('shards.gitlab-ci.yaml', RECIPES), 'utf8'))
    const cwd = await makeFolder({ '.github/port-policy.yml': writePolicy(1) })
    const run = ({ script }: { script: string[] }, env: Record<string, string> = {}) =>
      runScript(
        script.join('\n').replaceAll("'*.example.com'", '127.0.0.0/8').replace('--ports all', '--ports 1-3'),
        cwd,
        {
          PORTGATE: ROOT,
          ...env,
        },
      )
    await run(plan)
    const indexes = Array.from({ length: scan.parallel }, (_, index) => String(index + 1))
    await Promise.all(
      indexes.map((CI_NODE_INDEX) => run(scan, { CI_NODE_INDEX, CI_NODE_TOTAL: String(scan.parallel) })),
    )
    await run(judge)
    const report = JSON.parse(await readFile(join(cwd, 'report/report.json'), 'utf8')) as ReportJson
    // All of it is silent or refuses, on one machine.
    expect([report.verdict, report.shards?.length]).toEqual(['pass', scan.parallel])
  })

  test('shards-kubernetes.yaml: an Indexed Job', async () => {
    const { spec } = parse(readFileSync(new URL('shards-kubernetes.yaml', RECIPES), 'utf8'))
    const [container] = spec.template.spec.containers
    const [shell, flag, script] = container.command
    expect([shell, flag, spec.completionMode]).toEqual(['sh', '-c', 'Indexed'])
    expect(script).toContain(`/${spec.completions}"`)
    // Every part has doubts: the canary is not open.
    const policy = `${writePolicy(1)}environments: { all: { endpoints: [127.0.0.0/29], scan: { canary: "127.0.0.9:1" } } }\n`
    const cwd = await makeFolder({ '.github/port-policy.yml': policy })
    await symlink(ROOT, join(cwd, 'portgate'))
    const plan = await runPortgate(cwd, 'plan', '--shards', String(spec.completions))
    expect(plan.status, plan.stderr).toBe(0)
    const lines = script.replaceAll('/work/', `${cwd}/`).replace('10.20.0.0/16', '127.0.0.0/8')
    const indexes = Array.from({ length: spec.completions }, (_, index) => String(index))
    const runPod = (JOB_COMPLETION_INDEX: string) =>
      promisify(execFile)(shell, [flag, lines], {
        cwd,
        env: { PATH: process.env.PATH, JOB_COMPLETION_INDEX },
      })
    await Promise.all(indexes.map(runPod))
    const merged = await runPortgate(cwd, 'merge', '--plan', 'plan.json', 'shards')
    expect(merged.status, merged.stdout + merged.stderr).toBe(3)
    expect(merged.stdout).toContain('joined: 1-8')
    // What was left before is no report of this pod.
    await writeFile(join(cwd, 'plan.json'), '{}')
    const [{ action, onExitCodes }] = spec.podFailurePolicy.rules
    expect([action, onExitCodes.containerName, onExitCodes.values]).toEqual([
      'FailIndex',
      container.name,
      [2],
    ])
    await expect(runPod('0')).rejects.toMatchObject({ code: 2 })
  })
})
