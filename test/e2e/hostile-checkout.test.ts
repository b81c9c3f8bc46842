/** Whoever opens a pull request writes the policy and adds links: neither may show or overwrite what else is there. */
import { execFileSync } from 'node:child_process'
import { chmod, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeFolder, runAction, runBundle } from './bundle.ts'

const POLICY = '.github/port-policy.yml'
const SECRET = 'hunter2-very-secret'
const NOTHING = 'version: 1\nscan: { ports: 1 }\nhosts: { 127.0.0.1: [] }\n'

/** Files that are no catalogue or policy, each with a secret where a parser would quote it. */
const SECRETS: [what: string, text: string][] = [
  ['a line that is no entry', `8080: { severity: high }\nDB_PASSWORD: ${SECRET}\n`],
  ['a key', `8080: { severity: high }\n${SECRET}: 1\n`],
  ['a key of an entry', `8080: { ${SECRET}: high }\n`],
  ['a value for an entry', `5432: ${SECRET}\n`],
  ['a value in a value', `8080: { why: { password: ${SECRET} } }\n`],
  ['a list', `8080: [${SECRET}]\n`],
  ['a key that stands twice', `8080: { why: a }\n${SECRET}: 1\n${SECRET}: 2\n`],
  ['an environment file', `PORT=8080\nDB_PASSWORD=${SECRET}\n`],
  ['an alias', `8080: *${SECRET}\n`],
  ['a tag', `8080: !${SECRET} x\n`],
  ['what lacks quotes', `8080: @${SECRET}\n`],
  ['broken YAML', `8080: { severity: high\n${SECRET}: ]\n`],
  ['what is not UTF-8', `\xff\xfe${SECRET}`],
  ['what is one text', SECRET],
  ['a second document', `8080: { why: a }\n--- ${SECRET}\n`],
]

describe.each(SECRETS)('%s', (_, text) => {
  test('in a file that is named as a catalogue is in no output', async () => {
    const files = { [POLICY]: `${NOTHING}catalogue: secret.env\n`, 'secret.env': Buffer.from(text, 'latin1') }
    const cwd = await makeFolder(files)
    const [action, ...others] = await Promise.all([
      runAction({}, { files }),
      runBundle('cli', ['validate'], { cwd }),
      runBundle('cli', ['validate', '--format', 'json'], { cwd }),
      runBundle('cli', ['explain', '8080', '--policy', POLICY], { cwd }),
    ])
    for (const run of [action, ...others]) {
      expect(run.status).toBe(2)
      expect(run.stdout + run.stderr).not.toContain(SECRET)
      expect(run.stdout + run.stderr).toContain('secret.env')
      expect(run.stdout + run.stderr).toContain('its contents are not shown')
    }
    expect(action.summary).toContain('secret.env:')
    expect(action.summary).not.toContain(SECRET)
  })

  test.skipIf(process.platform === 'win32')(
    'in a file that a link makes the policy is in no output',
    async () => {
      const cwd = await makeFolder({ 'secret.env': Buffer.from(text, 'latin1'), '.github/x': '' })
      await symlink('../secret.env', join(cwd, POLICY))
      const runs = [
        await runAction({}, { cwd }),
        await runBundle('cli', ['validate', '--format', 'json'], { cwd }),
        await runBundle('cli', ['diff', POLICY, POLICY], { cwd }),
      ]
      for (const run of runs) {
        expect(run.status).toBe(2)
        expect(run.stdout + run.stderr).not.toContain(SECRET)
        expect(run.stdout + run.stderr).toContain('its contents are not shown')
      }
    },
  )
})

test('what is wrong with the values of a catalogue is shown with its line', async () => {
  const catalogue = '8080: { severity: hihg }\n9090: { why: "" }\n'
  const cwd = await makeFolder({ [POLICY]: `${NOTHING}catalogue: ports.yml\n`, 'ports.yml': catalogue })
  const { stderr } = await runBundle('cli', ['validate'], { cwd })
  expect(stderr).toContain(
    'ports.yml:1:19: bad-value: `severity` cannot be the text `hihg`\n  8080: { severity: hihg }',
  )
  expect(stderr).toContain('did you mean `high`?')
})

test('where the folder is a repository, an untracked file is not even read', async () => {
  const cwd = await makeFolder({
    [POLICY]: `${NOTHING}catalogue: ports.yml\n`,
    'ports.yml': '80: { severity: high }',
  })
  execFileSync('git', ['init', '--quiet'], { cwd })
  const run = await runBundle('cli', ['validate'], { cwd })
  expect([run.status, run.stderr]).toEqual([
    2,
    `${POLICY}:4:12: the catalogue \`ports.yml\` cannot be read: git does not track it, and what a policy names has to be part of the repository (\`git add\` makes it so).\n`,
  ])
  execFileSync('git', ['add', 'ports.yml'], { cwd })
  expect((await runBundle('cli', ['validate'], { cwd })).status).toBe(0)
})

describe.skipIf(process.platform === 'win32')('the report', () => {
  test('is written through no link of the checkout, and nothing is scanned for it', async () => {
    const top = await makeFolder({ [`in/${POLICY}`]: NOTHING, 'out/x': '' })
    const cwd = join(top, 'in')
    await symlink('../out', join(cwd, 'out'))
    await symlink('../nowhere', join(cwd, 'gone'))
    for (const folder of ['out', 'out/new', 'gone', join(cwd, 'out')]) {
      const runs = [
        await runBundle('cli', ['check', '--output-directory', folder], { cwd }),
        await runAction({ 'output-directory': folder }, { cwd }),
      ]
      for (const run of runs) {
        expect([run.status, run.stdout + run.stderr], folder).toEqual([
          2,
          expect.stringContaining('nothing is written through a link in the checkout'),
        ])
      }
      expect(runs[0]?.stdout).toBe('')
    }
    expect([await readdir(top), await readdir(join(top, 'out'))]).toEqual([['in', 'out'], ['x']])
  })

  test('by default goes to RUNNER_TEMP, through no link of the checkout either, and the verdict stands', async () => {
    const top = await makeFolder({ [`in/${POLICY}`]: NOTHING, 'out/x': '' })
    await symlink('../out', join(top, 'in/temp'))
    const run = await runAction({}, { cwd: join(top, 'in'), env: { RUNNER_TEMP: join(top, 'in/temp') } })
    expect([run.status, run.outputs.verdict, run.outputs.report]).toEqual([0, 'pass', ''])
    expect(run.commands).toMatchObject([
      {
        name: 'warning',
        message: expect.stringContaining('nothing is written through a link in the checkout'),
      },
    ])
    expect(await readdir(join(top, 'out'))).toEqual(['x'])
  })

  test('takes the place of a link, and what that led to stays as it is', async () => {
    const top = await makeFolder({ [`in/${POLICY}`]: NOTHING, 'in/out/x': '', victim: 'precious' })
    const cwd = join(top, 'in')
    for (const name of ['report.json', 'report.sarif', 'report.html', 'junit.xml'])
      await symlink('../../victim', join(cwd, 'out', name))
    const run = await runBundle('cli', ['check', '--output-directory', 'out', '--format', 'json'], { cwd })
    expect([run.status, run.stderr]).toEqual([0, ''])
    expect(await readFile(join(cwd, 'out/report.json'), 'utf8')).toBe(run.stdout)
    expect(await readFile(join(top, 'victim'), 'utf8')).toBe('precious')
    expect(await readdir(join(cwd, 'out'))).toEqual([
      'junit.xml',
      'report.html',
      'report.json',
      'report.sarif',
      'x',
    ])
  })

  test.skipIf(process.platform !== 'linux')(
    'has a folder that takes files, or the run says so at once',
    async () => {
      const cwd = await makeFolder({ [POLICY]: NOTHING, file: '' })
      execFileSync('mkfifo', [join(cwd, 'pipe')])
      // A run that hangs in a call of the system takes no signal but the last.
      const wrapper = ['timeout', '--signal=KILL', '30']
      for (const folder of ['/proc/x', '/dev/null/x', 'file/x', 'pipe', 'a'.repeat(300)]) {
        const run = await runBundle('cli', ['check', '--output-directory', folder], { cwd, wrapper })
        expect([run.status, run.stdout, run.stderr], folder).toEqual([
          2,
          '',
          expect.stringMatching(/^output-directory: /),
        ])
      }
      const action = await runAction({ 'output-directory': '/proc/x' }, { cwd, wrapper })
      expect([action.status, action.log]).toEqual([2, expect.stringContaining('output-directory: `/proc/x`')])
      const temporary = await runAction({}, { cwd, wrapper, env: { RUNNER_TEMP: '/proc/x' } })
      expect([temporary.status, temporary.commands.map(({ message }) => message)]).toEqual([
        0,
        [expect.stringMatching(/^Could not write the report: `\/proc\/x` cannot be made: /)],
      ])
    },
  )

  // Root may write anywhere; whom it turns into may not.
  test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
    'has a folder that may be written to, or the run says so at once',
    async () => {
      const cwd = await makeFolder({ [POLICY]: NOTHING, 'locked/file': '' })
      await chmod(join(cwd, 'locked'), 0o555)
      await chmod(cwd, 0o755)
      const wrapper = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'timeout', '30']
      for (const folder of ['locked', 'locked/x', 'new']) {
        const run = await runBundle('cli', ['check', '--output-directory', folder], { cwd, wrapper })
        const said = folder === 'locked' ? 'nothing can be written to' : 'cannot be made: EACCES'
        expect([run.status, run.stderr], folder).toEqual([2, expect.stringContaining(said)])
      }
    },
  )
})

test.skipIf(process.platform === 'win32').each(['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'])(
  'a pipe in place of the file of %s is not waited for, and changes no verdict',
  async (variable) => {
    const cwd = await makeFolder({ [POLICY]: NOTHING })
    const pipe = join(cwd, 'pipe')
    execFileSync('mkfifo', [pipe])
    const run = await runAction({}, { cwd, env: { [variable]: pipe } })
    expect([run.status, run.stdout]).toEqual([
      0,
      expect.stringContaining(`${variable} names a pipe and not a file. The verdict is not affected.`),
    ])
  },
)

test.skipIf(process.platform === 'win32')('a pipe is refused at once, whoever reads it', async () => {
  const cwd = await makeFolder({ [POLICY]: NOTHING })
  for (const name of ['pipe', 'event']) execFileSync('mkfifo', [join(cwd, name)])
  await writeFile(join(cwd, 'p.yml'), `${NOTHING}catalogue: pipe\n`)
  const policy = await runBundle('cli', ['check', '--policy', 'pipe'], { cwd })
  const catalogue = await runBundle('cli', ['check', '--policy', 'p.yml'], { cwd })
  for (const { status, stderr } of [policy, catalogue])
    expect([status, stderr]).toEqual([2, expect.stringContaining('it is a pipe and not a file')])
  const event = await runAction({}, { cwd, env: { GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: 'event' } })
  expect(event.status).toBe(0)
})
