import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { listen, makeFolder, redis, runAction, runBundle, ssh } from './bundle.ts'

const CLI = new URL('../../dist/cli/index.js', import.meta.url).pathname

async function portgate(args: string[], cwd: string, input = '') {
  return runBundle('cli', args, { cwd, input })
}

/** A banner that would end a comment, a block of code or a log line if it could. */
function hostile(socket: Socket): void {
  socket.resume().write('SSH-2.0-````x`` # <b> ##[error] :}]\r\n')
}

describe.concurrent('from nothing', () => {
  test('a list of hosts becomes a policy that check passes, written where it belongs', {
    timeout: 90_000,
  }, async () => {
    await using server = await listen(redis)
    await using shell = await listen(ssh)
    const folder = await makeFolder({ 'hosts.txt': '# mine\n127.0.0.1   # loopback\n\n', '.github/x': '' })
    const ports = `${server.port},${shell.port},1-20`
    const script = `"${process.execPath}" "${CLI}" suggest hosts.txt --ports ${ports} > .github/port-policy.yml`
    const run = await runBundle('cli', [], { cwd: folder, wrapper: ['sh', '-c', script] })
    expect([run.status, run.stdout]).toEqual([0, ''])
    expect(run.stderr).toContain('With this policy, what was seen passes.')
    const text = readFileSync(join(folder, '.github/port-policy.yml'), 'utf8')
    expect(text).toContain(`    - { port: ${shell.port}, service: ssh } # OpenSSH 9.9\n`)
    expect(text).toMatch(
      new RegExp(
        `- \\{ port: ${server.port}, service: redis, reason: TODO, owner: TODO, expires: \\d{4}-\\d\\d-\\d\\d \\} # Redis`,
      ),
    )
    const check = await portgate(['check'], folder)
    expect([check.status, check.stdout.split('\n')[0]]).toEqual([
      0,
      'PASS: every port seen is as the policy says',
    ])
    await using late = await listen(ssh)
    const later = await portgate(['check', '--ports', `${ports},${late.port}`], folder)
    expect(later.status).toBe(1)
    expect(later.stdout).toContain(`${late.port} is open`)
  })

  test('endpoints come from standard input as well, and a patch makes a new file', async () => {
    await using shell = await listen(hostile)
    const folder = await makeFolder()
    const args = ['suggest', '-', '--ports', String(shell.port), '--format', 'patch']
    const run = await portgate(args, folder, '127.0.0.1\n')
    expect([run.status, run.stdout.split('\n')[0]], run.stderr).toEqual([0, '--- /dev/null'])
    execFileSync('git', ['init', '-q'], { cwd: folder })
    execFileSync('git', ['apply'], { cwd: folder, input: run.stdout })
    const { hosts } = parse(readFileSync(join(folder, '.github/port-policy.yml'), 'utf8'))
    expect(hosts).toEqual({ '127.0.0.1': [{ port: shell.port, service: 'ssh' }] })
  })

  test('a report becomes the policy that its scan would have', async () => {
    await using shell = await listen(ssh)
    const folder = await makeFolder()
    const ports = ['--ports', `${shell.port},1-9`]
    await portgate(['check', '127.0.0.1', ...ports, '--output-directory', 'out'], folder)
    const [fromScan, fromReport] = await Promise.all([
      portgate(['suggest', '127.0.0.1', ...ports], folder),
      portgate(['suggest', '--from', 'out/report.json', ...ports], folder),
    ])
    expect(parse(fromReport.stdout)).toEqual(parse(fromScan.stdout))
    expect(fromReport.stdout).toContain('from 1 report.')
  })

  test('a report that somebody has touched says nothing that it should not', async () => {
    const host = (endpoint: string, product: string) => ({
      endpoint,
      address: '192.0.2.1',
      ports: { open: [{ port: 22, service: 'ssh', product }], closed: '23', filtered: '', unknown: [] },
    })
    const report = (...hosts: object[]) =>
      JSON.stringify({ schemaVersion: 1, tool: { name: 'portgate' }, hosts, findings: [] })
    const folder = await makeFolder({
      'good.json': report(host('a.example.com', 'x\n  "**": [1-65535] # \u202e')),
      'bad.json': report(host('a.example.com: [22]\n  "**"', 'x')),
    })
    const good = await portgate(['suggest', '--from', 'good.json'], folder)
    expect(good.status, good.stderr).toBe(0)
    expect(parse(good.stdout).hosts).toEqual({ 'a.example.com': [{ port: 22, service: 'ssh' }] })
    const bad = await portgate(['suggest', '--from', 'bad.json'], folder)
    expect([bad.status, bad.stdout]).toEqual([2, ''])
    expect(bad.stderr).toContain('`bad.json` names no endpoint where it should')
  })

  test('without a policy the error shows the way', async () => {
    const folder = await makeFolder()
    for (const command of ['check', 'suggest']) {
      const run = await portgate([command], folder)
      expect([run.status, run.stderr]).toEqual([
        2,
        expect.stringContaining('portgate suggest www.example.com'),
      ])
    }
  })
})

const POLICY = `# Ours.
version: 1
x-web: &web [80, 443]
hosts:
  127.0.0.1: # this machine
    allow:
      - 1 # unused
      - { port: 2, service: 'ssh' }
  "*.example.com": *web
`

describe.concurrent('a policy that is there', () => {
  test('is amended by a patch that git applies, and diff shows what was meant alone', async () => {
    await using shell = await listen(ssh)
    const file = '.github/port-policy.yml'
    const folder = await makeFolder({ [file]: POLICY })
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: folder })
    git('init', '-q')
    git('add', '.')
    git('commit', '-qm', 'x')
    const run = await portgate(['suggest', '--ports', `${shell.port}`, '--format', 'patch'], folder)
    expect(run.status, run.stderr).toBe(0)
    const added = run.stdout.split('\n').filter((line) => /^[-+]/.test(line))
    expect(added).toEqual([
      `--- a/${file}`,
      `+++ b/${file}`,
      `+      - { port: ${shell.port}, service: ssh } # OpenSSH 9.9`,
    ])
    execFileSync('git', ['apply'], { cwd: folder, input: run.stdout })
    const diff = await portgate(['diff', 'HEAD', file, '--format', 'json'], folder)
    const { policyChanges } = JSON.parse(diff.stdout)
    expect(policyChanges).toMatchObject([{ part: 'allow', hosts: ['127.0.0.1'], ports: String(shell.port) }])
    const again = await portgate(['suggest', '--ports', `${shell.port}`, '--format', 'patch'], folder)
    expect([again.status, again.stdout]).toEqual([0, ''])
  })

  test('loses what no report has needed, and nothing that was not seen', async () => {
    const folder = await makeFolder({ '.github/port-policy.yml': POLICY })
    await portgate(['check', '--ports', '1', '--output-directory', 'out'], folder)
    const run = await portgate(['suggest', '--prune', '--from', 'out/report.json'], folder)
    expect([run.status, run.stderr]).toEqual([
      0,
      expect.stringContaining('1 allowance of .github/port-policy.yml can be removed'),
    ])
    expect(run.stdout).toBe(POLICY.replace('      - 1 # unused\n', ''))
    writeFileSync(join(folder, '.github/port-policy.yml'), run.stdout)
    const again = await portgate(['suggest', '--prune', '--from', 'out/report.json'], folder)
    expect([again.stdout, again.stderr]).toEqual([
      run.stdout,
      expect.stringContaining('No allowance of .github/port-policy.yml can be removed'),
    ])
  })

  test('gets what its floor says of a host beside it, and not into it', async () => {
    const report = ['192.0.2.1', '192.0.2.2'].map((address) => ({
      endpoint: address,
      address,
      ports: { open: [{ port: 22, service: 'ssh' }], closed: '23', filtered: '', unknown: [] },
    }))
    const folder = await makeFolder({
      'floor.yml': 'version: 1\nhosts: { 192.0.2.1: [80], 192.0.2.2: [22] }\n',
      '.github/port-policy.yml': 'version: 1\nextends: floor.yml\n',
      'report.json': JSON.stringify({
        schemaVersion: 1,
        tool: { name: 'portgate' },
        hosts: report,
        findings: [],
      }),
    })
    const run = await portgate(['suggest', '--from', 'report.json'], folder)
    expect(run.status, run.stderr).toBe(0)
    // A key of a floor names nothing to scan: the second host needs one as well.
    expect(parse(run.stdout)).toEqual({
      version: 1,
      extends: 'floor.yml',
      hosts: { '192.0.2.1': [{ port: 22, service: 'ssh' }], '192.0.2.2': [] },
    })
  })

  test('says what has to be added by hand, also where that is a key alone', async () => {
    const host = (address: string, ...open: number[]) => ({
      endpoint: address,
      address,
      ports: { open: open.map((port) => ({ port })), closed: '23', filtered: '', unknown: [] },
    })
    const folder = await makeFolder({
      '.github/port-policy.yml': 'version: 1\nx-h: &h\n  192.0.2.1: [80]\nhosts: *h\n',
      'report.json': JSON.stringify({
        ...{ schemaVersion: 1, tool: { name: 'portgate' }, findings: [] },
        hosts: [host('192.0.2.1', 80, 22), host('192.0.2.2')],
      }),
    })
    const run = await portgate(['suggest', '--from', 'report.json'], folder)
    expect(run.status).toBe(0)
    expect(run.stderr).toContain('Add it by hand: `192.0.2.1` needs 22. The place for it')
    expect(run.stderr).toContain(
      '`192.0.2.2` needs a key of its own, so that it is scanned. The place for it',
    )
  })

  test('that is empty since the output goes there is not taken for none', async () => {
    const folder = await makeFolder({ '.github/port-policy.yml': '' })
    const run = await portgate(['suggest'], folder)
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('is empty')])
  })

  test('that the shell has emptied is missed aloud, if git has it', async () => {
    const file = '.github/port-policy.yml'
    const folder = await makeFolder({ [file]: 'version: 1\nextends: policies/floor.yml\nhosts: {}\n' })
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: folder })
    const script = `"${process.execPath}" "${CLI}" suggest 127.0.0.1 --ports 1 > ${file}`
    const suggestIntoIt = () => runBundle('cli', [], { cwd: folder, wrapper: ['sh', '-c', script] })
    const note = `${file} is empty, but not in the last commit`
    git('init', '-q')
    git('add', '.')
    git('commit', '-qm', 'x')
    const emptied = await suggestIntoIt()
    expect([emptied.status, emptied.stderr]).toEqual([0, expect.stringContaining(note)])
    git('rm', '-qf', file)
    git('commit', '-qm', 'x')
    execFileSync('mkdir', ['-p', '.github'], { cwd: folder })
    const first = await suggestIntoIt()
    expect([first.status, first.stderr]).toEqual([0, expect.not.stringContaining(note)])
  })
})

describe.concurrent('what cannot be used', () => {
  test.each([
    [['suggest', 'nowhere.txt'], 'There is no file `nowhere.txt`'],
    [['suggest', 'bad.txt'], 'bad.txt:2: '],
    [['suggest', 'none.txt'], 'names no endpoints'],
    [['suggest', 'ports.yml'], 'is the name of a file'],
    [['suggest', '--from', 'none.txt'], 'none.txt:'],
    [['suggest', '--prune', '--policy', 'ports.yml'], '--from'],
    [['suggest', '127.0.0.1', '--from', 'none.txt'], 'bring their own endpoints'],
    [['suggest', '127.0.0.1', '--scope', '192.0.2.0/24', '--ports', '1'], 'scope'],
  ])('%j', async (args, message) => {
    const files = {
      'bad.txt': 'a.example.com\n*.example.com\n',
      'none.txt': '# nothing\n',
      'ports.yml': POLICY,
    }
    const run = await portgate(args, await makeFolder(files))
    expect([run.status, run.stdout]).toEqual([2, ''])
    expect(run.stderr).toContain(message)
    expect(run.stderr).not.toContain('fault of Portgate')
  })
})

test('the action has the policy in the summary and as an output', async () => {
  await using shell = await listen(hostile)
  const run = await runAction({
    command: 'suggest',
    endpoints: '127.0.0.1',
    ports: String(shell.port),
  })
  expect(run.status, run.stdout).toBe(0)
  const policy = run.outputs['suggested-policy'] ?? ''
  expect(parse(policy).hosts['127.0.0.1']).toEqual([{ port: shell.port, service: 'ssh' }])
  // The fence is longer than what the banner has of it.
  const [, fence = '', code] = /^(`{3,})yaml\n([\s\S]*?)^\1$/m.exec(run.summary) ?? []
  expect([fence.length, code?.trimEnd()]).toEqual([policy.includes('````') ? 5 : 3, policy.trimEnd()])
  expect(existsSync(join(run.folder, '.github'))).toBe(false)
})
