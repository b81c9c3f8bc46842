import { execFile } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readChanges } from '../../scripts/release/changes.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const isWindows = process.platform === 'win32'

const makeFolder = () => mkdtempSync(join(tmpdir(), 'portgate-release-'))

interface Ran {
  status: number
  stdout: string
  stderr: string
}

async function run(
  command: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  const env = { ...process.env, ...options.env }
  const ending = promisify(execFile)(command, args, { ...options, env })
  return ending.then(
    ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
  )
}

/** A copy of what a release is made from, with a changelog that has the version. */
function copyProject(): string {
  const folder = makeFolder()
  for (const name of [
    'dist',
    'schema',
    'scripts',
    'LICENSE',
    'README.md',
    'package.json',
    'package-lock.json',
  ])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'CHANGELOG.md'), `# Changelog\n\n## ${VERSION}\n\n- The first.\n`)
  return folder
}

const { version: VERSION } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

describe('the changes of a version', () => {
  const changelog = '# Changelog\n\n## Unreleased\n\n## 1.2.0\n\n- b\n- c\n\n## 1.1.0\n\n- a\n'

  test.each([
    ['1.2.0', '- b\n- c\n'],
    ['1.1.0', '- a\n'],
  ])('%s', (version, changes) => expect(readChanges(changelog, version)).toBe(changes))

  test.each(['1.0.0', 'Unreleased', '1.2'])('%s has none', (version) =>
    expect(() => readChanges(changelog, version)).toThrow(`CHANGELOG.md says nothing of ${version}`),
  )
})

describe.skipIf(isWindows)('the files of a release', () => {
  const files = makeFolder()
  beforeAll(async () => {
    const ran = await run(process.execPath, [join(copyProject(), 'scripts/release/files.ts'), files])
    expect(ran).toMatchObject({ status: 0 })
  }, 60_000)

  test('are these, with their checksums', async () => {
    const names = ['SHA256SUMS', 'notes.md', `portgate-${VERSION}.tgz`, 'portgate.cdx.json', 'portgate.mjs']
    expect(readdirSync(files).sort()).toEqual(names)
    const sums = await run('sha256sum', ['--check', 'SHA256SUMS'], { cwd: files })
    expect(sums.stdout.match(/: OK$/gm)).toHaveLength(3)
    expect(readFileSync(join(files, 'notes.md'), 'utf8')).toBe('- The first.\n')
  })

  test('the one file scans, with its threads and its look-ups, and leaves nothing behind', async () => {
    const TMPDIR = makeFolder()
    const args = ['check', 'localhost', '--ports', '1-2000', '--ip', '4', '--format', 'json']
    const ran = await run(process.execPath, [join(files, 'portgate.mjs'), ...args], {
      cwd: makeFolder(),
      env: { TMPDIR },
    })
    expect(JSON.parse(ran.stdout).coverage, ran.stderr).toMatchObject({ addresses: 1, pairs: 2_000 })
    expect(readdirSync(TMPDIR)).toEqual([])
  })

  test('the package installs without anything else, and is the same program', async () => {
    const prefix = makeFolder()
    const [tarball = ''] = readdirSync(files).filter((name) => name.endsWith('.tgz'))
    const args = ['install', '--global', '--offline', '--prefix', prefix, join(files, tarball)]
    expect(await run('npm', args)).toMatchObject({ status: 0 })
    expect(readdirSync(join(prefix, 'lib/node_modules'))).toEqual(['portgate'])
    const { stdout } = await run(join(prefix, 'bin/portgate'), ['--version'])
    expect(stdout.trim()).toBe(VERSION)
  })

  test('the list of parts has all that is bundled, and no tool of development', () => {
    const { components } = JSON.parse(readFileSync(join(files, 'portgate.cdx.json'), 'utf8'))
    const names = components.map(({ name }: { name: string }) => name)
    const licences = readFileSync(join(ROOT, 'dist/action/licenses.txt'), 'utf8')
    for (const [, name] of licences.matchAll(/^(\S+)\n\d\S*, /gm)) expect(names).toContain(name)
    expect(names).toEqual(expect.arrayContaining(['yaml', 'zod', '@actions/core']))
    expect(names).not.toContain('vitest')
  })
})

describe.skipIf(isWindows)('the container', () => {
  test('has what its program needs', async () => {
    const text = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
    const root = makeFolder()
    for (const [, from = '', to = ''] of text.matchAll(/^COPY (\S+) (\S+)$/gm))
      cpSync(join(ROOT, from), join(root, to, to.endsWith('/') ? from : ''), { recursive: true })
    const lines = (word: string) =>
      JSON.parse(new RegExp(`^${word} (\\[.*\\])$`, 'm').exec(text)?.[1] ?? '[]')
    const [, program = '', ...args] = [...lines('ENTRYPOINT'), ...lines('CMD')]
    const ran = await run(process.execPath, [join(root, program), ...args])
    expect(ran).toMatchObject({ status: 0, stdout: expect.stringContaining('check [options]') })
    expect(/^USER (\w+)$/m.exec(text)?.[1]).toBe('node')
    const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
    for (const [, from] of text.matchAll(/^COPY (\S+) /gm)) expect(ignored).toContain(`!${from}`)
  })
})

interface Step {
  id?: string
  name?: string
  uses?: string
  run?: string
  env?: Record<string, string>
}

interface Job {
  permissions: Record<string, string>
  steps: Step[]
}

describe.skipIf(isWindows)('the workflow', () => {
  const { jobs, ...workflow } = parse(readFileSync(join(ROOT, '.github/workflows/release.yml'), 'utf8')) as {
    permissions: object
    jobs: Record<'check' | 'release', Job>
  }
  const stepOf = (job: keyof typeof jobs, name: string) =>
    jobs[job].steps.find((step) => step.name === name)?.run ?? ''

  /**
   * Runs a step as the runner does, in a clone of a repository that has `tags`, with stand-ins for `gh` and `docker` that write
   * down what they are given.
   */
  async function runStep(script: string, { tags = [] as string[], fails = '', env = {} } = {}) {
    const origin = copyProject()
    const git = (cwd: string, ...args: string[]) =>
      run('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd })
    await git(origin, 'init', '--quiet', '--initial-branch=main')
    await git(origin, 'add', 'package.json')
    await git(origin, 'commit', '--quiet', '--message=First')
    for (const tag of tags) await git(origin, 'tag', tag)
    const cwd = join(makeFolder(), 'clone')
    await run('git', ['clone', '--quiet', origin, cwd])
    const programs = makeFolder()
    const calls = join(programs, 'calls')
    writeFileSync(calls, '')
    for (const name of ['gh', 'docker']) {
      const fail = fails ? `case "$*" in *"${fails}"*) exit 1;; esac` : ''
      const metadata = `case "$*" in *--metadata-file*) echo '{"containerimage.digest":"sha256:1"}' > metadata.json;; esac`
      const script = `#!/bin/sh\necho "${name} $*" >> '${calls}'\n${fail}\n${metadata}\n`
      writeFileSync(join(programs, name), script)
      chmodSync(join(programs, name), 0o755)
    }
    mkdirSync(join(cwd, 'release'))
    const output = join(programs, 'output')
    writeFileSync(output, '')
    const ran = await run('bash', ['-e', '-o', 'pipefail', '-c', script], {
      cwd,
      env: {
        ...env,
        PATH: `${programs}:${process.env.PATH}`,
        GITHUB_OUTPUT: output,
        GITHUB_SHA: 'a'.repeat(40),
        GITHUB_REPOSITORY: 'Example/portgate',
        VERSION: '1.2.3',
        IMAGE: 'ghcr.io/Example/portgate',
        ACTOR: 'somebody',
        GH_TOKEN: 'secret',
      },
    })
    return { ...ran, calls: readFileSync(calls, 'utf8'), output: readFileSync(output, 'utf8') }
  }

  test("asks for no more than each job needs, and has each action pinned or GitHub's own", () => {
    expect(workflow.permissions).toEqual({})
    expect(jobs.check.permissions).toEqual({ contents: 'read' })
    const all = [...jobs.check.steps, ...jobs.release.steps].flatMap(({ uses }) => uses ?? [])
    for (const uses of all) expect(uses).toMatch(/^actions\/(\w+-artifact@v\d|[\w-]+@[0-9a-f]{40})$/)
  })

  test('takes a new version, and refuses one that has a tag', async () => {
    const script = stepOf('check', 'The version is new')
    const fresh = await runStep(script, { tags: ['v0.0.1'] })
    expect([fresh.status, fresh.output]).toEqual([0, `version=${VERSION}\n`])
    const stale = await runStep(script, { tags: [`v${VERSION}`] })
    expect([stale.status, stale.output]).toEqual([1, ''])
    expect(stale.stdout).toContain(`v${VERSION} is released already`)
  })

  test('pushes the container under both versions, without the token in an argument', async () => {
    const { status, calls, output } = await runStep(stepOf('release', 'The container'))
    expect(status).toBe(0)
    expect(calls).toContain('--tag ghcr.io/example/portgate:1.2.3 --tag ghcr.io/example/portgate:1 .')
    expect(calls).not.toContain('secret')
    expect(output).toBe('image=ghcr.io/example/portgate\ndigest=sha256:1\n')
  })

  test('makes the tag of the version with the release, of the commit that was checked', async () => {
    const { calls } = await runStep(stepOf('release', 'The release, and its tag'))
    expect(calls).toContain(`gh release create v1.2.3 --target ${'a'.repeat(40)}`)
    expect(calls).toContain('--notes-file release/notes.md')
  })

  test('moves the tag of the major version, or makes it', async () => {
    const script = stepOf('release', 'The tag of the major version')
    const moved = await runStep(script)
    expect(moved.calls.trim().split('\n')).toHaveLength(1)
    expect(moved.calls).toContain(`git/refs/tags/v1 -f sha=${'a'.repeat(40)} -F force=true`)
    const made = await runStep(script, { fails: 'PATCH' })
    expect(made.status).toBe(0)
    expect(made.calls).toContain('-f ref=refs/tags/v1')
  })
})
