import { access, chmod, chown, cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { gitTree } from '../../src/repository/git-tree.ts'
import { makeFolder, runBundle } from './bundle.ts'
import { makeRepository, openRepository, type TestRepository } from './repository.ts'

const FILE = '.github/port-policy.yml'

/** Nothing may be open, and anything may be. */
const STRICT = 'version: 1\nhosts: { db.example.com: [] }\n'
const LAX = 'version: 1\nhosts: { db.example.com: [1-65535] }\n'

const looks = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/** The policy that a commit has. */
async function read(folder: string, revision: string): Promise<string> {
  const tree = await gitTree(folder, revision)
  return Buffer.from((await tree.read(FILE, 999)) ?? []).toString()
}

/** The exit status of `diff`: 0 where nothing is loosened against a lax policy, 1 against a strict one. */
async function diff({ portgate }: TestRepository, before: string, after = `./${FILE}`) {
  const { status, stderr } = await portgate(['diff', before, after, '--fail-on-loosening', 'info'])
  return [status, stderr]
}

/** A commit with the strict policy on `main`, and one with the lax policy on the branch `pr`, checked out. */
async function makePullRequest(): Promise<TestRepository & { base: string; head: string }> {
  const repository = await makeRepository()
  const base = await repository.commit({ [FILE]: STRICT })
  await repository.git('checkout', '--quiet', '-b', 'pr')
  const head = await repository.commit({ [FILE]: LAX })
  return { ...repository, base, head }
}

describe.concurrent('a revision', () => {
  test('that people write means what it means to git', async () => {
    await using repository = await makePullRequest()
    const { git, base, folder } = repository
    await git('tag', 'v1.2', 'main')
    await git('tag', '--annotate', '--message', 'x', 'v1.3', 'main')
    await git('branch', '--quiet', '--set-upstream-to', 'main')
    await git('branch', '20240131', 'main')
    const names = [
      'main',
      'HEAD~1',
      'HEAD^',
      '@~1',
      '@{u}',
      'pr@{upstream}',
      'pr~1',
      'v1.2',
      'v1.2^{commit}',
      'v1.3',
    ]
    const full = [
      'refs/heads/main',
      'heads/main',
      'tags/v1.2',
      base,
      base.slice(0, 7),
      base.slice(0, 4),
      '20240131',
    ]
    for (const name of [...names, ...full, `v1.3-0-g${base.slice(0, 8)}`])
      expect(await read(folder, name), name).toBe(STRICT)
    expect(await read(folder, 'HEAD')).toBe(LAX)
    expect(await diff(repository, 'main', 'pr')).toEqual([1, ''])
    // A workflow's checkout has its own branch only.
    await using clone = openRepository(await makeFolder())
    await git('clone', '--quiet', '--branch', 'pr', folder, clone.folder)
    for (const name of ['main', 'origin/main', 'main~0', 'remotes/origin/main'])
      expect(await read(clone.folder, name), name).toBe(STRICT)
    expect(await read(clone.folder, 'origin')).toBe(LAX)
  })

  test.each<
    [
      what: string,
      name: string,
      make: (repository: Awaited<ReturnType<typeof makePullRequest>>) => unknown,
      said: (repository: { base: string; head: string }) => string[],
    ]
  >([
    [
      'a branch and a tag',
      'main',
      ({ git }) => git('tag', 'main', 'pr'),
      () => ['the branch `refs/heads/main`', 'the tag `refs/tags/main`'],
    ],
    [
      'a branch and an annotated tag',
      'main~0',
      ({ git }) => git('tag', '-a', '-m', 'x', 'main', 'pr'),
      () => ['the branch `refs/heads/main`', 'the tag `refs/tags/main`'],
    ],
    [
      'a branch of origin and a tag',
      'old',
      async ({ git, base }) => {
        await git('update-ref', 'refs/remotes/origin/old', base)
        await git('tag', 'old', 'pr')
      },
      () => ['the branch `refs/remotes/origin/old`', 'the tag `refs/tags/old`'],
    ],
    [
      'a branch of origin and a branch called so',
      'origin/main',
      async ({ git, base }) => {
        await git('update-ref', 'refs/remotes/origin/main', base)
        await git('branch', 'origin/main', 'pr')
      },
      () => ['the branch `refs/heads/origin/main`', 'the branch `refs/remotes/origin/main`'],
    ],
    [
      'a remote and a tag called so',
      'origin',
      async ({ git, base }) => {
        await git('update-ref', 'refs/remotes/origin/main', base)
        await git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main')
        await git('tag', 'origin', 'pr')
      },
      () => ['the branch `refs/remotes/origin/HEAD`', 'the tag `refs/tags/origin`'],
    ],
    [
      'a short ref and a tag called so',
      'heads/main',
      ({ git }) => git('tag', 'heads/main', 'pr'),
      () => ['the tag `refs/tags/heads/main`', 'the ref `refs/heads/main`'],
    ],
    [
      'what was fetched and a tag',
      'FETCH_HEAD',
      async ({ git, folder }) => {
        await git('fetch', '--quiet', folder, 'main')
        await git('tag', 'FETCH_HEAD', 'pr')
      },
      () => ['the ref `FETCH_HEAD`', 'the tag `refs/tags/FETCH_HEAD`'],
    ],
    [
      'a damaged branch and a tag',
      'pr',
      async ({ git, folder }) => {
        await git('tag', 'pr', 'main')
        await writeFile(join(folder, '.git/refs/heads/pr'), 'x\n')
      },
      () => ['the ref `refs/heads/pr` is damaged'],
    ],
    [
      'an empty branch and a tag',
      'main~0',
      async ({ git, folder }) => {
        await git('tag', 'main', 'pr')
        await writeFile(join(folder, '.git/refs/heads/main'), '')
      },
      () => ['the ref `refs/heads/main` is damaged'],
    ],
    [
      'a branch that stands for one that is gone, and a tag',
      'main',
      async ({ git }) => {
        await git('tag', 'main', 'pr')
        await git('symbolic-ref', 'refs/heads/main', 'refs/heads/gone')
      },
      () => ['the ref `refs/heads/main` is damaged'],
    ],
    [
      'a tag that is no commit',
      'main',
      ({ git }) => git('tag', 'main', `pr:${FILE}`),
      () => ['the tag `refs/tags/main` is not a commit, or git lacks it'],
    ],
  ])('that means %s is refused', async (_, name, make, said) => {
    await using repository = await makePullRequest()
    await make(repository)
    const [status, stderr] = await diff(repository, name)
    expect(status).toBe(2)
    for (const part of said(repository)) expect(stderr).toContain(part)
    const checked = await repository.portgate(['validate', '--policy-ref', name])
    expect([checked.status, checked.stderr]).toEqual([2, expect.stringContaining(said(repository)[0] ?? '')])
  })

  test.each([40, 20, 7])('of %i digits of a SHA and a branch called so is refused', async (digits) => {
    await using repository = await makePullRequest()
    const name = repository.base.slice(0, digits)
    await repository.git('update-ref', `refs/heads/${name}`, repository.head)
    const [status, stderr] = await diff(repository, name)
    expect([status, stderr]).toEqual([2, expect.stringContaining(`\`refs/heads/${name}\``)])
    expect(stderr).toContain(`the commit \`${repository.base.slice(0, 20)}\``)
  })

  test('that means one commit twice is fine, and each is to be had in full', async () => {
    await using repository = await makePullRequest()
    const { git } = repository
    await git('tag', 'main', 'main')
    expect(await diff(repository, 'main')).toEqual([1, ''])
    await git('tag', '--force', 'main', 'pr')
    expect(await diff(repository, 'refs/heads/main')).toEqual([1, ''])
    expect(await diff(repository, 'refs/tags/main')).toEqual([0, ''])
    expect(await diff(repository, `refs/heads/main:${FILE}`)).toEqual([1, ''])
  })

  test('in full is nothing else, a tag of that name or not', async () => {
    await using repository = await makePullRequest()
    await repository.git('tag', 'refs/heads/old', 'pr')
    expect(await diff(repository, 'refs/heads/old')).toEqual([
      2,
      expect.stringContaining('git knows no such commit'),
    ])
  })
})

describe.concurrent('diff: a file that is called as a commit is', () => {
  test.each([
    ['main', 'main', './main', 'refs/heads/main'],
    [`main:${FILE}`, `main:${FILE}`, `./main:${FILE}`, `refs/heads/main:${FILE}`],
    ['main:a.yml', 'main:a.yml', './main:a.yml', 'refs/heads/main:a.yml'],
    ['HEAD~1', 'HEAD~1', './HEAD~1', 'refs/heads/HEAD~1'],
  ])('%s is refused', async (name, path, asFile, asCommit) => {
    await using repository = await makePullRequest()
    await repository.commit({ [path]: LAX })
    const [status, stderr] = await diff(repository, name)
    expect([status, stderr]).toEqual([2, expect.stringContaining(`write \`${asFile}\``)])
    expect(stderr).toContain(asCommit)
    expect(await diff(repository, asFile)).toEqual([0, ''])
  })

  test('is a file where it is no commit, and where there is no git or repository', async () => {
    await using repository = await makePullRequest()
    await repository.write({ 'a.yml': LAX })
    expect(await diff(repository, 'a.yml')).toEqual([0, ''])
    const args = ['diff', 'main', 'a.yml']
    const cwd = await makeFolder({ main: STRICT, 'a.yml': LAX })
    for (const env of [{}, { PATH: '' }])
      expect(await runBundle('cli', args, { cwd, env })).toMatchObject({ status: 0, stderr: '' })
  })
})

describe.concurrent('what git lacks is an error, and not a policy that was never there', () => {
  test.each<[what: string, lost: string, said: string]>([
    ['the file', `main:${FILE}`, 'git lacks its content'],
    ['its folder', 'main:.github', 'git lacks a part of the commit'],
    ['all folders', 'main^{tree}', 'git lacks a part of the commit'],
    ['the commit', 'main', 'the branch `refs/heads/main` is not a commit, or git lacks it'],
  ])('%s', async (_, lost, said) => {
    await using repository = await makePullRequest()
    await repository.lose(lost)
    const [status, stderr] = await diff(repository, 'main')
    expect([status, stderr]).toEqual([2, expect.stringContaining(said)])
    // A file called so does not take its place.
    await repository.write({ main: LAX })
    expect(await diff(repository, 'main')).toEqual([2, expect.any(String)])
  })

  test('a commit beyond the end of a shallow clone', async () => {
    await using repository = await makePullRequest()
    await using clone = openRepository(await makeFolder())
    await repository.git('clone', '--quiet', '--depth', '1', `file://${repository.folder}`, clone.folder)
    expect(await diff(clone, 'HEAD~1')).toEqual([2, expect.stringContaining('fetch-depth: 0')])
    expect(await diff(clone, 'HEAD')).toEqual([0, ''])
  })

  test('a commit without the file has none; links are followed within it', async () => {
    await using repository = await makeRepository()
    const { commit, folder } = repository
    await commit({ 'README.md': 'x' })
    expect((await repository.portgate(['diff', 'HEAD', 'HEAD'])).stderr).toContain('has a policy')
    await symlink('policies/here', join(folder, '.github'))
    await commit({ 'policies/real/port-policy.yml': STRICT })
    await symlink('real', join(folder, 'policies/here'))
    await symlink('/etc', join(folder, 'out'))
    await symlink('../..', join(folder, 'policies/up'))
    await symlink('round', join(folder, 'round'))
    await commit()
    expect(await repository.portgate(['validate', '--policy-ref', 'main'])).toMatchObject({
      status: 0,
      stderr: '',
    })
    for (const [path, said] of [
      ['out/hosts', 'it leads out of the repository'],
      ['policies/up/x', 'it leads out of the repository'],
      ['round', 'its links lead nowhere'],
      ['policies/real/', 'it is a folder'],
    ])
      expect((await repository.portgate(['diff', `main:${path}`, 'HEAD'])).stderr, path).toContain(said)
  })

  test('a submodule is told', async () => {
    await using repository = await makePullRequest()
    const { git, head } = repository
    await git('update-index', '--add', '--cacheinfo', `160000,${head},sub`)
    await git('commit', '--quiet', '--message', 'x')
    const { stderr } = await repository.portgate(['diff', 'HEAD:sub/a.yml', 'HEAD'])
    expect(stderr).toContain('it lies in the submodule `sub`')
  })
})

describe.concurrent('nothing of a checkout runs a program', () => {
  /** Every program that a repository's configuration can name, each leaving a file behind. */
  const arm = (traps: string, url: string) => {
    const trap = (name: string) => `"touch ${join(traps, name)}; false"`
    return `[core]
repositoryformatversion = 1
sshCommand = ${trap('ssh')}
gitProxy = ${trap('proxy')}
fsmonitor = ${trap('fsmonitor')}
hooksPath = ${join(traps, '../hooks')}
alternateRefsCommand = ${trap('alternate')}
askPass = ${trap('askpass')}
pager = ${trap('pager')}
[extensions]
partialClone = origin
[protocol]
allow = always
[protocol "ext"]
allow = always
[credential]
helper = "!touch ${join(traps, 'credential')}"
[pager]
rev-parse = ${trap('pager')}
ls-tree = ${trap('pager')}
[alias]
cat-file = "!touch ${join(traps, 'alias')}"
[remote "origin"]
promisor = true
url = ${url}
uploadpack = ${trap('uploadpack')}
`
  }

  test.each([
    'ssh://127.0.0.1/x',
    'git://127.0.0.1:1/x',
    'https://127.0.0.1:1/x',
    'ext::touch %TRAPS/ext',
    '%FOLDER',
  ])('of a partial clone of %s', async (url) => {
    await using repository = await makePullRequest()
    const { folder, lose, write } = repository
    await mkdir(join(folder, '.git/traps'))
    const traps = join(folder, '.git/traps')
    await lose(`main:${FILE}`)
    await write({ '.git/config': arm(traps, url.replace('%TRAPS', traps).replace('%FOLDER', folder)) })
    expect(await diff(repository, 'main')).toEqual([
      2,
      expect.stringContaining('this clone is partial and may lack it'),
    ])
    const checked = await repository.portgate(['validate', '--policy-ref', 'main'])
    expect([checked.status, await readdir(traps)]).toEqual([2, []])
    // The trap is one: git without more ado runs it.
    await repository.git('cat-file', '-p', `main:${FILE}`).catch(() => {})
    if (!/^(git|https):/.test(url)) expect(await readdir(traps)).not.toEqual([])
  })

  test('nor a git of the checkout', async () => {
    await using repository = await makePullRequest()
    const { folder, write } = repository
    const program = `#!/bin/sh\ntouch ${join(folder, 'PWNED')}\n`
    await write({ git: program, 'bin/git': program })
    await chmod(join(folder, 'git'), 0o755)
    await chmod(join(folder, 'bin/git'), 0o755)
    const paths = ['.', '', 'bin', folder, join(folder, 'bin'), process.env.PATH]
    const run = await repository.portgate(['validate', '--policy-ref', 'main'], {
      env: { PATH: paths.join(':') },
    })
    expect([run.status, await looks(join(folder, 'PWNED'))], run.stderr).toEqual([0, false])
  })

  test('nor do replaced objects or grafts change a commit', async () => {
    await using repository = await makePullRequest()
    const { git, base, head, write } = repository
    await git('replace', base, head)
    expect(await diff(repository, 'main')).toEqual([1, ''])
    await git('replace', '--delete', base)
    const other = await repository.commit()
    await write({ '.git/info/grafts': `${other} ${base}\n` })
    expect(await diff(repository, 'HEAD~1')).toEqual([0, ''])
  })
})

describe.concurrent('the repository', () => {
  /** A checkout whose folder `infra` is laid out as a bare repository, with a lax policy on its `main`. */
  async function makeEmbedded() {
    const evil = await makeRepository()
    await evil.commit({ [FILE]: LAX })
    const repository = await makeRepository()
    await repository.commit({ [`infra/${FILE}`]: STRICT })
    await repository.git('checkout', '--quiet', '-b', 'pr')
    const infra = join(repository.folder, 'infra')
    for (const name of ['HEAD', 'config', 'objects', 'refs'])
      await cp(join(evil.folder, '.git', name), join(infra, name), { recursive: true })
    await evil.git('config', '--file', join(infra, 'config'), 'core.bare', 'true')
    await repository.write({ [`infra/${FILE}`]: LAX })
    return { evil, repository, infra }
  }

  test.each(['', 'objects', 'refs/tags'])(
    'is the one of the checkout in a folder that plays a bare one: %s',
    async (below) => {
      const { evil, repository, infra } = await makeEmbedded()
      await using _ = evil
      await using checkout = repository
      expect(await evil.git('-C', infra, 'rev-parse', '--is-bare-repository')).toBe('true')
      const way = below
        .split('/')
        .map((step) => step && '../')
        .join('')
      const cwd = join(infra, below)
      const args = ['diff', `main:infra/${FILE}`, `${way || './'}${FILE}`, '--fail-on-loosening', 'info']
      expect(await checkout.portgate(args, { cwd })).toMatchObject({ status: 1, stderr: '' })
      const run = await checkout.portgate(
        ['diff', 'main', `${way || './'}${FILE}`, '--fail-on-loosening', 'info'],
        { cwd },
      )
      expect(run.status).toBe(1)
      // The commit's policy is looked for from the folder upwards.
      expect(run.stdout).toContain('allows every port')
    },
  )

  test('that is bare is used where GIT_DIR names it, and only there', async () => {
    const { evil, repository, infra } = await makeEmbedded()
    await using _ = evil
    await using checkout = repository
    await rm(join(checkout.folder, '.git'), { recursive: true })
    const refused = await checkout.portgate(['validate', '--policy-ref', 'main'], { cwd: infra })
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining('only where GIT_DIR names it'),
    ])
    const env = { GIT_DIR: '.' }
    const run = await checkout.portgate(['validate', '--policy-ref', 'main'], { cwd: infra, env })
    expect([run.status, run.stderr]).toEqual([0, ''])
  })

  test('is none where its top is not what git takes for it', async () => {
    await using repository = await makePullRequest()
    const { folder, git, write, portgate } = repository
    const args = ['diff', 'main', `./${FILE}`]
    const refused = { status: 2, stderr: expect.stringContaining('for the top of a repository') }
    // git passes over a `.git` that is none, and reads the commit from the top of the repository around it.
    await write({ [`infra/${FILE}`]: LAX, 'infra/.git/x': '' })
    expect(await portgate(args, { cwd: join(folder, 'infra') })).toMatchObject(refused)
    await git('config', 'core.worktree', join(folder, '..'))
    expect(await portgate(args)).toMatchObject(refused)
  })

  test('within another one is named, unless it is a work tree or a submodule of that', async () => {
    await using outer = await makePullRequest()
    const inner = openRepository(join(outer.folder, 'inner'))
    await outer.git('clone', '--quiet', outer.folder, inner.folder)
    const cwd = inner.folder
    const run = await outer.portgate(['validate', '--policy-ref', 'HEAD'], { cwd })
    expect([run.status, run.stderr]).toEqual([
      0,
      `\`HEAD\` is taken from the repository in \`${inner.folder}\`, which lies inside the one in \`${outer.folder}\` and is not a submodule of it.\n`,
    ])
    await outer.git('worktree', 'add', '--quiet', 'tree', 'main')
    const tree = await outer.portgate(['validate', '--policy-ref', 'HEAD'], {
      cwd: join(outer.folder, 'tree'),
    })
    expect([tree.status, tree.stderr]).toEqual([0, ''])
    await outer.git('submodule', '--quiet', 'add', './', 'sub').catch(() => {})
    await outer.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', outer.folder, 'sub2')
    const sub = await outer.portgate(['validate', '--policy-ref', 'HEAD'], {
      cwd: join(outer.folder, 'sub2'),
    })
    expect([sub.status, sub.stderr]).toEqual([0, ''])
  })

  test.skipIf(process.getuid?.() !== 0)("that is another user's is told as such", async () => {
    await using repository = await makePullRequest()
    for (const path of [repository.folder, join(repository.folder, '.git')]) await chown(path, 4711, 4711)
    const run = await repository.portgate(['validate', '--policy-ref', 'main'])
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('belongs to another user')])
    expect(run.stderr).toContain(`\`git config --global --add safe.directory ${repository.folder}\``)
    // Whether there is such a commit nobody can tell; a file that can be none is read.
    await repository.write({ main: LAX })
    const [status, stderr] = await diff(repository, 'main')
    expect([status, stderr]).toEqual([2, expect.stringContaining('belongs to another user')])
    expect(stderr).toContain('If the file is meant, write `./main`.')
    expect(await diff(repository, './main')).toEqual([0, ''])
  })
})
