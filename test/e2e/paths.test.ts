import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, runBundle } from './bundle.ts'
import { makeRepository } from './repository.ts'

const POLICY = '.github/port-policy.yml'
const GOOD = 'version: 1\nscan: { ports: 1 }\nhosts: { 127.0.0.1: [] }\n'
const BAD = 'version: 1\nhosts: { 127.0.0.1: [0] }\n'
const TWICE = '`-` is standard input, and only one file can come from it: name the others\n'

/** A repository with these files, and a way to run the command line in one of its folders. */
async function inRepository(files: Record<string, string>) {
  const repository = await makeRepository()
  await repository.commit(files)
  await mkdir(join(repository.folder, 'a/b'), { recursive: true })
  const run = (cwd: string, ...args: string[]) =>
    runBundle('cli', args, { cwd: join(repository.folder, cwd) })
  return { ...repository, run, [Symbol.asyncDispose]: () => repository[Symbol.asyncDispose]() }
}

describe('in a folder of a repository', () => {
  test('the policy at the root holds, and the report names it from there', async () => {
    await using repository = await inRepository({ [POLICY]: GOOD })
    const run = await repository.run('a/b', 'check', '--format', 'json', '--output-directory', 'out')
    expect([run.status, JSON.parse(run.stdout).policy.file]).toEqual([0, POLICY])
    expect(run.stderr).toBe(`Paths are from the root of the repository, \`${repository.folder}\`.\n`)
    // What the user names is where the user is.
    const sarif = await repository.run('a/b', 'validate', '--policy', 'out/report.sarif')
    expect(sarif.stderr).toContain('a/b/out/report.sarif:1:')
  })

  test('mistakes have paths from the root, and nothing else is said at the root itself', async () => {
    await using repository = await inRepository({ [POLICY]: BAD })
    const inside = await repository.run('a/b', 'validate')
    expect([inside.status, inside.stderr.split('\n')[1]]).toEqual([
      2,
      `${POLICY}:2:22: bad-port: \`0\` is not a TCP port`,
    ])
    expect((await repository.run('.', 'validate')).stderr.split('\n')[0]).toBe(inside.stderr.split('\n')[1])
  })

  test('the nearest policy upwards holds; its catalogue is named from the root, as in a workflow', async () => {
    const nearest = `${GOOD}catalogue: ports.yml\n`
    await using repository = await inRepository({
      [POLICY]: BAD,
      [`a/${POLICY}`]: nearest,
      'ports.yml': '1: { severity: hihg }\n',
    })
    const run = await repository.run('a/b', 'validate')
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('ports.yml:1:16: bad-value')])
  })

  test('a policy that is named, a commit, and a difference', async () => {
    await using repository = await inRepository({ [POLICY]: GOOD, 'a/bad.yml': BAD })
    const named = await repository.run('a/b', 'validate', '--policy', '../bad.yml')
    expect(named.stderr).toContain('\na/bad.yml:2:22: bad-port')
    expect((await repository.run('a/b', 'validate', '--policy-ref', 'main')).status).toBe(0)
    const diff = await repository.run('a/b', 'diff', 'main', `../../${POLICY}`)
    expect([diff.status, diff.stdout]).toEqual([0, expect.stringContaining('mean the same')])
  })

  test('without a policy says where it was looked for', async () => {
    await using repository = await inRepository({ 'README.md': '' })
    const run = await repository.run('a/b', 'check')
    expect([run.status, run.stderr]).toEqual([
      2,
      expect.stringContaining(
        `There is no policy: ${POLICY} does not exist, from \`a/b\` up to the root of the repository.`,
      ),
    ])
  })
})

test('outside of a repository only the current folder counts', async () => {
  const folder = await makeFolder({ [POLICY]: GOOD, 'a/README.md': '' })
  const run = await runBundle('cli', ['validate'], { cwd: join(folder, 'a') })
  expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('There is no policy')])
})

describe('standard input', () => {
  const pipe = async (input: string, ...args: string[]) =>
    runBundle('cli', args, { cwd: await makeFolder(), input })

  test.each([
    ['validate', '-'],
    ['validate', '--policy', '-'],
    ['check', '--policy', '-'],
    ['explain', '22', '--policy', '-'],
  ])('%s %s %s: mistakes are in <stdin>', async (...args) => {
    const run = await pipe(BAD, ...args)
    expect([run.status, run.stderr.split('\n')[0]]).toEqual([
      2,
      '<stdin>:2:22: bad-port: `0` is not a TCP port',
    ])
  })

  test('a good policy is judged by, and named', async () => {
    expect((await pipe(GOOD, 'validate', '-')).stdout).toBe('The policy is valid; it names 1 endpoint.\n')
    const run = await pipe(GOOD, 'check', '--policy', '-', '--format', 'json')
    expect([run.status, JSON.parse(run.stdout).policy.file]).toEqual([0, '<stdin>'])
    const sarif = await pipe(
      GOOD.replace('[]', '{ require: [1] }'),
      'check',
      '--policy',
      '-',
      '--format',
      'sarif',
    )
    expect(sarif.stdout).toContain('"uri":"%3Cstdin%3E"')
  })

  test('is one side of a difference at most', async () => {
    const cwd = await makeFolder({ 'old.yml': GOOD })
    const input = GOOD.replace('[]', '[22]')
    const diff = await runBundle('cli', ['diff', 'old.yml', '-'], { cwd, input })
    expect([diff.status, diff.stdout]).toEqual([0, expect.stringContaining('<stdin>:3:22')])
    const both = await runBundle('cli', ['diff', '-', '-'], { cwd, input })
    expect([both.status, both.stderr]).toEqual([2, TWICE])
  })

  test('nothing, too much, and what no commit has', async () => {
    expect((await pipe('', 'validate', '-')).stderr).toContain('<stdin>:1:1: empty-file')
    expect((await pipe('#'.repeat(3_000_000), 'validate', '-')).stderr).toContain('<stdin>:1:1: too-large')
    await using repository = await inRepository({ [POLICY]: GOOD })
    const run = await repository.run('.', 'validate', '--policy-ref', 'main', '--policy', '-')
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('leave policy-ref out')])
  })

  test('has the results of a scanner, as they come', async () => {
    const policy = GOOD.replace('127.0.0.1', '10.77.0.2')
    const results = await readFile(new URL('../fixtures/results/nmap.xml', import.meta.url), 'utf8')
    const check = async (input: string) =>
      runBundle('cli', ['check', '--max-age', 'never', '--format', 'json', '--results', '-'], {
        cwd: await makeFolder({ [POLICY]: policy }),
        input,
      })
    const run = await check(results)
    const report = JSON.parse(run.stdout)
    expect([run.status, report.results[0].file]).toEqual([1, '<stdin>'])
    expect(report.findings.map(({ port }: { port: number }) => port)).toEqual([6379, 22, 80, 443])
    const cut = await check(results.slice(0, -20))
    expect([cut.status, cut.stderr]).toEqual([
      2,
      expect.stringMatching(/^<stdin>:\d+:\d+: the file ends here/m),
    ])
    expect(await check('')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('<stdin>:1:1:'),
    })
  })

  test('has a baseline, a plan, the report of a shard', async () => {
    const cwd = await makeFolder({ [POLICY]: GOOD })
    const run = (input: string, ...args: string[]) => runBundle('cli', args, { cwd, input })
    const first = await run('', 'check', '--format', 'json')
    const second = await run(first.stdout, 'check', '--baseline', '-', '--format', 'json')
    expect([second.status, JSON.parse(second.stdout).drift.baseline.file]).toEqual([0, '<stdin>'])
    await run('', 'plan', '--shards', '1')
    const plan = await readFile(join(cwd, 'plan.json'), 'utf8')
    expect(await run(plan, 'check', '--plan', '-', '--shard', '1/1')).toMatchObject({ status: 0, stderr: '' })
    const shard = await readFile(join(cwd, 'shard-1-attempt-1.json'), 'utf8')
    expect(await run(shard, 'merge', '--plan', 'plan.json', '-')).toMatchObject({ status: 0, stderr: '' })
    expect((await run('{', 'merge', '--plan', 'plan.json', '-')).stderr).toMatch(
      /^The report `<stdin>` is not used: /,
    )
    expect((await run('{', 'merge', '--plan', '-', '.')).stderr).toContain(
      'The plan `<stdin>` cannot be used: ',
    )
  })

  test.each([
    ['check', '--policy', '-', '--results', '-'],
    ['check', '--results', '-', '-'],
    ['check', '--results', '-', '--baseline', '-'],
    ['suggest', '-', '--results', '-'],
    ['merge', '--plan', '-', '-'],
  ])('is one file: %s %s %s %s %s', async (...args) => {
    const run = await pipe(GOOD, ...args)
    expect([run.status, run.stderr]).toEqual([2, TWICE])
  })

  // A pseudo-terminal.
  test.skipIf(process.platform !== 'linux')('of a terminal is not waited for', async () => {
    const wrapper = ['sh', '-c', 'exec script -qec "$*" /dev/null', 'sh']
    const run = await runBundle('cli', ['validate', '-'], { cwd: await makeFolder(), wrapper })
    expect([run.status, run.stdout]).toEqual([2, expect.stringContaining('that is a terminal here')])
    const cwd = await makeFolder({ [POLICY]: GOOD })
    const results = await runBundle('cli', ['check', '--results', '-'], { cwd, wrapper })
    expect([results.status, results.stdout]).toEqual([2, expect.stringContaining('it is a terminal here')])
  })
})
