import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { reportSchema } from '../../src/report/report-schema.ts'
import { VERSION } from '../../src/version.ts'
import { listen, makeFolder, redis, runBundle } from './bundle.ts'

/** Runs the command line in a folder with these files. */
async function portgate(args: string[], files: Record<string, string> = {}, env: NodeJS.ProcessEnv = {}) {
  return runBundle('cli', args, { cwd: await makeFolder(files), env })
}

/** ESC, which begins every colour. */
const ESCAPE = '\u001b'

describe.concurrent('check', () => {
  test('text to a pipe has no colours, and progress is not in it', async () => {
    await using server = await listen(redis)
    const run = await portgate(['check', '127.0.0.1', '--ports', String(server.port)])
    expect([run.status, run.stderr], run.stdout).toEqual([1, ''])
    expect(run.stdout.split('\n').slice(0, 2)).toEqual([
      `FAIL: redis open on 127.0.0.1:${server.port}`,
      '1 violation fails the check (1 critical)',
    ])
    expect(run.stdout).not.toContain(ESCAPE)
  })

  test('--debug prints what the scan decides about each host on stderr', async () => {
    await using server = await listen(redis)
    const args = ['check', '127.0.0.1', '--ports', `${server.port},1-40`, '--debug', '--format', 'json']
    const run = await portgate(args)
    const lines = run.stderr.split('\n').filter(Boolean)
    const records = lines.map((line) => JSON.parse(line.replace(/^trace /, '')))
    expect(records[0]).toMatchObject({ address: '127.0.0.1', changed: ['rate'], perSecond: 500 })
    expect(records.at(-1)).toMatchObject({ trust: 'given', ports: { waiting: 0 } })
    expect(records.some(({ changed }) => changed.includes('over'))).toBe(true)
    expect(reportSchema.parse(JSON.parse(run.stdout)).verdict).toBe('fail')
  })

  test('what could be allowed is told by the host, which a policy can name, and not by its URL', async () => {
    await using server = await listen(redis)
    const { port } = server
    const run = await portgate(['check', `http://127.0.0.1:${port}/x`, '--ports', '1', '--format', 'json'])
    const { findings } = reportSchema.parse(JSON.parse(run.stdout))
    expect(findings[0]?.remedy).toContain(`\`127.0.0.1: [80, 443, { port: ${port}, service: redis }]\`.`)
  })

  test('in an environment the suggested line is for its own `hosts`, and enough when it is pasted there', async () => {
    await using server = await listen(redis)
    const policy = (hosts: string) => `version: 1
scan: { ports: ${server.port} }
risky-allowances: { from: high, need: [reason, owner], max-days: 20 }
hosts: { 127.0.0.1: [] }
environments:
  staging:
    endpoints: [127.0.0.1, localhost]
    hosts:
${hosts}
`
    const check = async (hosts: string) =>
      portgate(['check', '--ip', '4', '--format', 'json'], { '.github/port-policy.yml': policy(hosts) })
    const before = await check('      a.example.com: []')
    const report = reportSchema.parse(JSON.parse(before.stdout))
    const [own, line] = report.findings.map(({ remedy }) => remedy)
    expect([before.status, own]).toEqual([
      1,
      expect.stringContaining('to the ports that the policy allows for `127.0.0.1`.'),
    ])
    const [, item = ''] = /add `(.*)` to the ports/.exec(own ?? '') ?? []
    const [, pasted = ''] = /to `hosts` of `staging` in the policy: `(.*)`\.$/.exec(line ?? '') ?? []
    expect(pasted).toMatch(
      /^"localhost": \[\{ port: \d+, service: redis, reason: TODO, owner: TODO, expires: /,
    )
    const after = await check(`      127.0.0.1: [${item}]\n      ${pasted}`)
    expect([after.status, JSON.parse(after.stdout).findings.map(({ id }: { id: string }) => id)]).toEqual([
      0,
      [],
    ])
  })

  test.each([
    [{ CI: 'true' }, false],
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('with %j colours are %s', async (env, coloured) => {
    const { stdout } = await portgate(['check', '127.0.0.1', '--ports', '1'], {}, env)
    expect(stdout.includes(ESCAPE)).toBe(coloured)
  })

  test.each([
    [['--color', 'always'], {}, true],
    [['--color', 'always'], { NO_COLOR: '1' }, true],
    [['--color', 'never'], { FORCE_COLOR: '1' }, false],
  ])('%j with %j: colours are %s', async (flags, env, coloured) => {
    const { stdout } = await portgate([...flags, 'check', '127.0.0.1', '--ports', '1'], {}, env)
    expect(stdout.includes(ESCAPE)).toBe(coloured)
  })

  test('--quiet has a line for each violation and doubt, and nothing where there is none', async () => {
    await using server = await listen(redis)
    const quiet = (...flags: string[]) =>
      portgate(['check', '127.0.0.1', '-q', ...flags], {}, { GITHUB_ACTIONS: 'true' })
    const failed = await quiet('--ports', `${server.port},1`)
    expect([failed.status, failed.stderr]).toEqual([1, ''])
    expect(failed.stdout).toMatch(/^!CRITICAL {2}127\.0\.0\.1:\d+ {2}unexpected-open-port {2}.*\n$/)
    expect(await quiet('--ports', '1')).toEqual({ status: 0, stdout: '', stderr: '' })
    const json = await quiet('--ports', '1', '--format', 'json')
    expect(reportSchema.parse(JSON.parse(json.stdout)).verdict).toBe('pass')
  })

  test('--quiet says nothing of a policy that is valid, and what is wrong with another', async () => {
    const validate = (policy: string) =>
      portgate(['validate', '--quiet'], { '.github/port-policy.yml': policy })
    expect(await validate('version: 1\nhosts: { 127.0.0.1: [80] }\n')).toEqual({
      status: 0,
      stdout: '',
      stderr: '',
    })
    expect((await validate('version: 1\nhosts: { 127.0.0.1: [0] }\n')).stderr).toContain('bad-port')
  })

  test('JSON is the report and nothing else, and --output-directory has the same', async () => {
    const cwd = await makeFolder()
    const args = ['check', '127.0.0.1', '--ports', '1', '--format', 'json', '--output-directory', 'out']
    const run = await runBundle('cli', args, { cwd })
    expect(run.status).toBe(0)
    expect(reportSchema.parse(JSON.parse(run.stdout)).tool).toEqual({ name: 'portgate', version: VERSION })
    expect(await readFile(`${cwd}/out/report.json`, 'utf8')).toBe(run.stdout)
    expect(JSON.parse(await readFile(`${cwd}/out/report.sarif`, 'utf8')).version).toBe('2.1.0')
  })

  test('several formats: the first is printed, all others are files', async () => {
    const cwd = await makeFolder()
    const args = ['check', '127.0.0.1', '--ports', '1', '--format', 'compact,csv', '--format', 'github']
    const refused = await runBundle('cli', args, { cwd })
    expect([refused.status, refused.stdout]).toEqual([2, ''])
    expect(refused.stderr).toContain('give --output-directory')
    const run = await runBundle('cli', [...args, '--output-directory', 'out'], { cwd })
    expect([run.status, run.stdout.split('\n')[0]]).toEqual([
      0,
      'PASS: every port seen is as the policy says',
    ])
    expect((await readdir(`${cwd}/out`)).sort()).toEqual([
      'junit.xml',
      'open-ports.csv',
      'report.commands.txt',
      'report.html',
      'report.json',
      'report.sarif',
    ])
    expect(await readFile(`${cwd}/out/report.html`, 'utf8')).toContain('<span class="word">PASS</span>')
  })

  test.each([
    ['compact', 'FAIL: redis open on 127.0.0.1:PORT\n!CRITICAL  127.0.0.1:PORT '],
    ['junit', '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Portgate" tests="2" failures="1"'],
    ['csv', 'environment,endpoint,address,port,'],
    ['github', 'FAIL: redis open on 127.0.0.1:PORT\n!CRITICAL  127.0.0.1:PORT '],
    ['html', '<!doctype html>\n<html lang="en">'],
    ['markdown', '### ❌ FAIL: redis open on 127.0.0.1:PORT\n'],
    ['sarif', '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0"'],
  ])('--format %s is that and nothing else', async (format, start) => {
    await using server = await listen(redis)
    const run = await portgate(['check', '127.0.0.1', '--ports', String(server.port), '--format', format])
    expect([run.status, run.stderr]).toEqual([1, ''])
    const said = run.stdout.replaceAll(String(server.port), 'PORT')
    expect(said.startsWith(start), said).toBe(true)
  })

  test('a workflow log hears of progress every 10 s', async () => {
    const policy = 'version: 1\nscan: { ports: "1-240", max-rate: 20 }\nhosts: { 127.0.0.1: [] }\n'
    const run = await portgate(['check'], { '.github/port-policy.yml': policy }, { GITHUB_ACTIONS: 'true' })
    expect([run.status, run.stderr]).toEqual([0, expect.stringMatching(/^probing ports \d+ of 240\n$/)])
  })

  // A shell is what sets the limit.
  test.skipIf(process.platform === 'win32')('few descriptors slow it down and change nothing', async () => {
    await using server = await listen(redis)
    const cwd = await makeFolder()
    const args = ['check', '127.0.0.1', '--ports', `1-20000,${server.port}`, '--format', 'json']
    const scarce = ['sh', '-c', 'ulimit -n 44 && exec "$@"', 'sh']
    const [few, many] = await Promise.all([
      runBundle('cli', args, { cwd, wrapper: scarce }),
      runBundle('cli', args, { cwd }),
    ])
    const describeRun = ({ status, stdout }: typeof few) => {
      const { verdict, hosts } = JSON.parse(stdout)
      return {
        status,
        verdict,
        ports: hosts[0].ports.closed,
        open: hosts[0].ports.open.map((open: { port: number; service: string }) => [open.port, open.service]),
      }
    }
    expect(describeRun(few)).toEqual(describeRun(many))
    expect(describeRun(few).status).toBe(1)
  })
})

describe.concurrent('validate', () => {
  const files = { '.github/port-policy.yml': 'version: 1\nhosts:\n  a.example.com: [htps]\n' }

  test('shows the line, what is wrong in it, and what would be right', async () => {
    const run = await portgate(['validate'], files)
    expect([run.status, run.stdout]).toEqual([2, ''])
    expect(
      run.stderr,
    ).toBe(`.github/port-policy.yml:3:19: unknown-service: \`htps\` is not the name of a TCP service that the catalogue or IANA knows
    a.example.com: [htps]
                    ^^^^
  hint: did you mean \`https\`?
`)
  })

  test('says the same in JSON', async () => {
    const { status, stdout } = await portgate(['validate', '--format', 'json'], files)
    expect([status, JSON.parse(stdout)]).toMatchObject([
      2,
      { valid: false, diagnostics: [{ code: 'unknown-service', place: { line: 3, column: 19 } }] },
    ])
  })

  test('a policy that is good', async () => {
    const run = await portgate(['validate'], {
      '.github/port-policy.yaml': 'version: 1\nhosts: { a.example.com: [] }',
    })
    expect([run.status, run.stdout]).toEqual([0, 'The policy is valid; it names 1 endpoint.\n'])
  })

  test('a policy of patterns alone is good, with a note: its endpoints come with the run', async () => {
    const patterns = { '.github/port-policy.yml': 'version: 1\nhosts: { "*.preview.example.com": [443] }\n' }
    const valid = await portgate(['validate'], patterns)
    expect([valid.status, valid.stderr, valid.stdout.split('\n').slice(0, 2)]).toEqual([
      0,
      '',
      [
        'The policy is valid; it names no endpoints.',
        '.github/port-policy.yml:2:1: note: no-endpoints: the policy names nothing to scan: patterns and CIDR blocks in `hosts` only match',
      ],
    ])
    expect(valid.stdout).toContain('`portgate check www.example.com`')
    const json = JSON.parse((await portgate(['validate', '--format', 'json'], patterns)).stdout)
    expect(json).toMatchObject({ valid: true, endpoints: 0, notes: [{ code: 'no-endpoints' }] })
    // To scan it, endpoints are needed.
    const check = await portgate(['check'], patterns)
    expect([check.status, check.stderr]).toEqual([2, expect.stringContaining('no-endpoints: ')])
  })

  test('names an allowance that a deny covers', async () => {
    const policy = 'version: 1\nhosts:\n  "**": { deny: [22] }\n  a.example.com: [22]\n'
    const run = await portgate(['validate'], { '.github/port-policy.yml': policy })
    expect(run.status).toBe(0)
    expect(run.stdout).toContain('.github/port-policy.yml:4:19: note: denied-allowance: ')
    expect(run.stdout).toContain('`deny` at .github/port-policy.yml:3:18')
  })
})

test.concurrent.each<[args: string[], status: number, said: string]>([
  [['explain', '6379'], 0, 'CRITICAL when it faces the internet'],
  [['explain', 'REDIS'], 0, 'TCP 6379'],
  [['explain', '61000'], 0, 'The catalogue says nothing about port 61000'],
  [['explain', '0'], 2, 'is not a TCP port'],
  [['explain', '6379/tcp'], 0, 'TCP 6379'],
  [['explain', ':6379'], 0, 'TCP 6379'],
  [['explain', '53/udp'], 2, 'Portgate scans TCP only'],
  [['explain', '22,80'], 2, 'one port or service at a time'],
  [['explain', 'rediss'], 2, 'did you mean `redis`?'],
  [['demo', '--format', 'text'], 2, '(run portgate demo --help for a list)'],
  [['explain', 'kube'], 2, '`kubelet`'],
  [['explain', ' '], 2, 'explain takes a port or a service'],
  [['help'], 0, 'check [options]'],
  [['help', 'explain'], 0, 'portgate explain'],
  [['--version'], 0, VERSION],
  [['--help'], 0, 'Exit status: 0 pass, 1 fail, 2 unusable'],
  [['check', '--help'], 0, '--fail-on <severity>'],
  [['chekc'], 2, '`chekc` is not a command (did you mean `check`?)'],
  [['help', 'chekc'], 2, 'did you mean `check`?'],
  [['scan', '127.0.0.1'], 2, 'did you mean `check`?'],
  [['www.example.com', '--ports', '22'], 2, '`portgate check www.example.com`'],
  [['port-policy.yml'], 2, '`portgate validate --policy port-policy.yml`'],
  [['6379'], 2, '`portgate explain 6379` says what the port means'],
  [['nonsense'], 2, 'expected one of check, plan, merge,'],
  [['check', '--format', 'jsn'], 2, 'did you mean `json`?'],
  [['check', '--color', 'sometimes'], 2, 'Allowed choices are auto, always, never.'],
  [['check', '--fial-on', 'low'], 2, 'Did you mean --fail-on?'],
  [['check', '--format', 'xml'], 2, 'text, compact, json, markdown, html, sarif, junit, csv, github'],
  [['validate', '--policy', '.'], 2, 'The policy `.` cannot be read: it is a folder.'],
  [['check', ''], 2, 'endpoints: the endpoint is empty'],
  [['check', ','], 2, 'endpoints: `,` is not a host name'],
  [['check', '--ports', ''], 2, '--ports: the value is empty'],
  [['check', '--scope', ' '], 2, '--scope: the value is empty'],
  [['check', '--scope', '10.0.0.0/8', '--scope', ''], 2, '--scope: the value is empty'],
  [['check', '--scope', ','], 2, 'scope: `,` is not a host name'],
  [['validate', '--environment', ''], 2, '--environment: the value is empty'],
  [['check', '--output-directory', ''], 2, '--output-directory: the value is empty'],
  [['explain', '22', '--policy', ''], 2, '--policy: the value is empty'],
  [['diff', 'a', 'b', '--policy', ''], 2, '--policy: the value is empty'],
  [['validate', '--format', 'sarif'], 2, 'Allowed choices are text, json.'],
  [[], 2, 'Usage: portgate'],
])('portgate %j exits %i', async (args, status, said) => {
  const run = await portgate(args)
  expect(run.status, run.stdout + run.stderr).toBe(status)
  expect(status === 0 ? run.stdout : run.stderr).toContain(said)
  expect(run.stderr).not.toMatch(/^\s+at /m)
})

test
  .skipIf(process.platform !== 'linux')
  .concurrent('a result that cannot be written is no verdict', async () => {
    for (const args of [['check', '127.0.0.1', '--ports', '1'], ['explain', '22'], ['demo']]) {
      const wrapper = ['sh', '-c', 'exec "$@" > /dev/full', 'sh']
      const run = await runBundle('cli', args, { cwd: await makeFolder(), wrapper })
      expect([run.status, run.stderr.split(':')[0]], args[0]).toEqual([2, 'The result could not be written'])
      expect(run.stderr).not.toMatch(/^\s+at /m)
    }
  })

/** Says at the end how many bytes waited for the reader of standard output, at most. */
const SAY_WAITING = `data:text/javascript,${encodeURIComponent(`
let most = 0
setInterval(() => (most = Math.max(most, process.stdout.writableLength)), 1).unref()
process.on('exit', () => console.error('most waiting', most))
`)}`

describe.concurrent('a report of megabytes', () => {
  const ports = Array.from({ length: 20 }, (_, index) => 20_000 + index)
  const list = ports.map(
    (port) =>
      `<port protocol="tcp" portid="${port}"><state state="open" reason="syn-ack" reason_ttl="0"/></port>`,
  )
  const hosts = Array.from(
    { length: 510 },
    (_, index) => `<host><status state="up" reason="user-set" reason_ttl="0"/>
<address addr="10.0.${index >> 8}.${index & 255}" addrtype="ipv4"/><ports>${list.join('')}</ports></host>`,
  )
  const files = {
    '.github/port-policy.yml':
      'version: 1\nhosts: { 10.0.0.0/8: [22] }\nenvironments: { all: { endpoints: [10.0.0.0/23] } }\n',
    'scan.xml': `<?xml version="1.0"?>
<nmaprun scanner="nmap" start="1795693438" version="7.93">
<scaninfo type="connect" protocol="tcp" numservices="20" services="20000-20019"/>
${hosts.join('')}
<runstats><finished exit="success"/></runstats></nmaprun>`,
  }
  const args = ['check', '--format', 'json', '--max-age', 'never', '--results', 'scan.xml']

  test('is printed as fast as it is read, and not kept for a slow reader', async () => {
    const wrapper = ['sh', '-c', '"$@" | (sleep 1; wc -c)', 'sh']
    const env = { NODE_OPTIONS: `--import ${SAY_WAITING}` }
    const run = await runBundle('cli', args, { cwd: await makeFolder(files), env, wrapper })
    expect(Number(run.stdout)).toBeGreaterThan(2_000_000)
    const [, most] = /most waiting (\d+)/.exec(run.stderr) ?? []
    expect(Number(most), run.stderr).toBeLessThan(300_000)
  })

  test('of which only the beginning is read has its exit status', async () => {
    const wrapper = ['sh', '-c', '("$@"; echo "status $?" >&2) | head -c 9', 'sh']
    const run = await runBundle('cli', args, { cwd: await makeFolder(files), wrapper })
    expect([run.stdout, run.stderr]).toEqual(['{\n  "sche', 'status 1\n'])
  })
})

test.concurrent('schema prints the file that is published', async () => {
  const published = await readFile(new URL('../../schema/port-policy.schema.json', import.meta.url), 'utf8')
  expect((await portgate(['schema'])).stdout).toBe(published)
})

test.concurrent('the demo finds exactly what it should', async () => {
  const run = await portgate(['demo'])
  expect([run.status, run.stdout.split('\n').at(-2)], run.stdout).toEqual([
    0,
    'The gate found exactly what it should.',
  ])
})

test.concurrent('the help of each command has examples, of commands and flags that there are', async () => {
  const program = (await portgate(['--help'])).stdout
  const names = [...program.matchAll(/^ {2}([a-z]+) (?:\[|<| )/gm)].map(([, name = '']) => name)
  expect(names).toContain('completion')
  const helps = await Promise.all(names.map(async (name) => (await portgate(['help', name])).stdout))
  for (const [index, help] of helps.entries()) {
    const name = names[index] ?? ''
    if (name === 'help') continue
    const [, examples = ''] = help.split('Examples:\n')
    expect(examples, name).toContain(`portgate ${name}`)
    for (const [, called = '', rest = ''] of examples.matchAll(/portgate ([a-z]+)([^|\n]*)/g)) {
      const known = helps[names.indexOf(called)] ?? ''
      for (const [flag] of rest.matchAll(/--[a-z-]+/g))
        expect(known, `${called} ${flag}`).toContain(`${flag} `)
    }
  }
})

test.concurrent('the version is that of the package', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(VERSION).toBe(version)
})

test.concurrent.each([
  [['validate', 'ports.yml'], '`--policy ports.yml`'],
  [['check', 'ops/ports.yml'], '`--policy ops/ports.yml`'],
  [['check', '-'], 'to name a policy, write `--policy -`'],
])('%j names a file, and not a host', async (args, said) => {
  const { status, stderr } = await portgate(args, { 'ports.yml': 'version: 1\nhosts: nonsense\n' })
  expect([status, stderr]).toEqual([2, expect.stringContaining(said)])
})

test.concurrent('flags set the time limit, the pace and identification in place of the policy', async () => {
  await using server = await listen(redis)
  const args = ['check', '127.0.0.1', '--ports', String(server.port), '--format', 'json']
  const connected = await portgate([...args, '--identify', 'false', '--max-rate', '50'])
  expect(JSON.parse(connected.stdout).hosts[0].ports.open).toMatchObject([{ port: server.port }])
  expect(JSON.parse(connected.stdout).hosts[0].ports.open[0].service).toBeUndefined()
  const limited = await portgate([...args, '--time-limit', '1ms'])
  expect(JSON.parse(limited.stdout).verdict).toBe('inconclusive')
})

describe('a Node that is too old', () => {
  /** Makes the process believe that it is another Node. */
  const pretend = (version: string) =>
    `--import=data:text/javascript,Object.defineProperty(process.versions,'node',{value:'${version}'})`

  test.each([
    ['cli', '18.20.8'],
    ['action', '18.20.8'],
    ['cli', '20.18.3'],
    ['cli', '16.20.2'],
  ] as const)('%s on %s says so in one sentence', async (bundle, version) => {
    const env = { NODE_OPTIONS: pretend(version) }
    const run = await runBundle(bundle, ['--version'], { cwd: await makeFolder(), env })
    expect(run).toEqual({
      status: 2,
      stdout: '',
      stderr: `Portgate needs Node 20.19 or later, and this is Node ${version}.\n`,
    })
  })

  test.each(['20.19.0', '22.0.0', '24.0.0'])('%s is none', async (version) => {
    expect((await portgate(['--version'], {}, { NODE_OPTIONS: pretend(version) })).status).toBe(0)
  })

  test('what it reads imports nothing, and is no younger than modules are', async () => {
    for (const bundle of ['cli', 'action']) {
      const text = await readFile(new URL(`../../dist/${bundle}/index.js`, import.meta.url), 'utf8')
      expect(text).not.toMatch(/^import\b|\?\.|\?\?|\bawait\b/m)
    }
  })
})
