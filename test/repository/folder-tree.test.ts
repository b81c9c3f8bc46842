import { execFileSync } from 'node:child_process'
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderTree } from '../../src/repository/folder-tree.ts'
import { fromRoot } from '../../src/repository/paths.ts'
import { makeFolder } from '../e2e/bundle.ts'

describe('a folder', () => {
  test('gives what is in a file, up to a limit', async () => {
    const tree = folderTree(await makeFolder({ 'a/b.yml': '0123456789' }))
    const read = async (limit: number) => Buffer.from((await tree.read('a/b.yml', limit)) ?? []).toString()
    expect([await read(4), await read(10), await read(11)]).toEqual(['0123', '0123456789', '0123456789'])
    expect(tree.ref).toBeUndefined()
  })

  test.each(['nope.yml', 'nope/b.yml', 'a/b.yml/c'])('has no %s', async (path) => {
    expect(await folderTree(await makeFolder({ 'a/b.yml': '' })).read(path, 9)).toBeUndefined()
  })

  test('gives a file outside that the user names, but lets no link lead out', async () => {
    const outside = await makeFolder({ 'secret.yml': 'secret' })
    const folder = await makeFolder({ 'in.yml': 'in' })
    try {
      await symlink(join(outside, 'secret.yml'), join(folder, 'link.yml'))
      await symlink(outside, join(folder, 'linked'))
      await symlink('in.yml', join(folder, 'inside.yml'))
      await mkdir(join(folder, '..in'))
      const tree = folderTree(folder)
      expect(Buffer.from((await tree.read(join(outside, 'secret.yml'), 99)) ?? []).toString()).toBe('secret')
      expect(Buffer.from((await tree.read('inside.yml', 99)) ?? []).toString()).toBe('in')
      await expect(tree.read('link.yml', 99)).rejects.toThrow('it leads out of the repository')
      await expect(tree.read('linked/secret.yml', 99)).rejects.toThrow('it leads out of the repository')
      await expect(tree.read('..in', 99)).rejects.toThrow('it is a folder')
    } finally {
      await Promise.all([outside, folder].map((path) => rm(path, { recursive: true })))
    }
  })
})

/** A folder that is a repository, with files that git tracks and others. */
async function makeRepository(tracked: Record<string, string>, others: Record<string, string> = {}) {
  const folder = await makeFolder(tracked)
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], { cwd: folder })
  git('init', '--quiet')
  git('add', '--all')
  for (const [name, text] of Object.entries(others)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return { folder, git }
}

describe('what a policy or a link names', () => {
  const UNTRACKED = 'git does not track it'
  const OWN = "it lies in git's own folder"
  const names = async (folder: string, path: string) => {
    const bytes = await folderTree(folder).read(path, 99, 'policy')
    return bytes && Buffer.from(bytes).toString()
  }

  test('has to be tracked by git, committed or staged', async () => {
    const { folder } = await makeRepository(
      { 'a/b.yml': 'tracked', 'a/[b].yml': 'odd', '.gitignore': '*.env', ':top': 'colon' },
      { 'a/new.yml': 'secret', 'x.env': 'secret', 'a/[n]ew.yml.d/x': '' },
    )
    expect(await names(folder, 'a/b.yml')).toBe('tracked')
    expect(await names(folder, './a/../a/b.yml')).toBe('tracked')
    expect(await names(folder, 'a/[b].yml')).toBe('odd')
    expect(await names(folder, ':top')).toBe('colon')
    expect(await names(folder, 'a/none.yml')).toBeUndefined()
    for (const path of ['a/new.yml', 'x.env', 'a/[n]ew.yml.d/x']) {
      await expect(names(folder, path), path).rejects.toThrow(UNTRACKED)
      // Whoever runs the check may name what is not tracked.
      expect(await folderTree(folder).read(path, 99), path).toBeDefined()
    }
    // From a folder of the repository, too.
    expect(await names(join(folder, 'a'), 'b.yml')).toBe('tracked')
    await expect(names(join(folder, 'a'), 'new.yml')).rejects.toThrow(UNTRACKED)
  })

  test.skipIf(process.platform === 'win32')('is not tracked because a link is', async () => {
    const { folder, git } = await makeRepository(
      { 'a/b.yml': 'tracked' },
      { 'secret.env': 'secret', 'd/x': 'secret' },
    )
    await symlink('../secret.env', join(folder, 'a/link.yml'))
    await symlink('a/link.yml', join(folder, 'twice.yml'))
    await symlink('d', join(folder, 'folder'))
    await symlink('.git/config', join(folder, 'config.yml'))
    await symlink('.git', join(folder, 'meta'))
    await symlink('a/b.yml', join(folder, 'good.yml'))
    git('add', '*.yml', 'folder', 'meta')
    for (const namedBy of ['user', 'policy'] as const) {
      const tree = folderTree(folder)
      for (const path of ['a/link.yml', 'twice.yml', 'folder/x'])
        await expect(tree.read(path, 99, namedBy), path).rejects.toThrow(UNTRACKED)
      for (const path of ['config.yml', 'meta/config'])
        await expect(tree.read(path, 99, namedBy), path).rejects.toThrow(OWN)
      expect(Buffer.from((await tree.read('good.yml', 99, namedBy)) ?? []).toString()).toBe('tracked')
    }
    // By another name of the folder the same holds.
    const alias = `${folder}-alias`
    await symlink(folder, alias)
    await expect(folderTree(folder).read(join(alias, 'twice.yml'), 99)).rejects.toThrow(UNTRACKED)
    expect(await folderTree(folder).isLinked?.(join(alias, 'twice.yml'))).toBe(true)
    expect(await folderTree(folder).isLinked?.(join(alias, 'a/b.yml'))).toBe(false)
    expect(await folderTree(alias).isLinked?.('a/b.yml')).toBe(false)
  })

  test.skipIf(process.platform === 'win32')('is held from any folder of the repository', async () => {
    const { folder } = await makeRepository({ 'a/b/x': '', 'c.yml': 'tracked' }, { 'secret.env': 'secret' })
    const root = join(folder, 'a/b')
    for (const [name, target] of [
      ['good', '../c.yml'],
      ['bad', '../secret.env'],
      ['out', '/etc/passwd'],
      ['own', '../.git/config'],
    ] as const)
      await symlink(target, join(folder, 'a', name))
    const tree = folderTree(root)
    expect(Buffer.from((await tree.read('../good', 99)) ?? []).toString()).toBe('tracked')
    expect(await tree.isLinked?.('../good')).toBe(true)
    await expect(tree.read('../bad', 99)).rejects.toThrow(UNTRACKED)
    await expect(tree.read('../out', 99)).rejects.toThrow('it leads out of the repository')
    await expect(tree.read('../own', 99)).rejects.toThrow(OWN)
    await expect(tree.read('../../.git/config', 99)).rejects.toThrow(OWN)
    expect(await tree.read('../../secret.env', 99)).toBeDefined()
  })

  test.each([
    '.git/config',
    './a/../.git/config',
    '.git//config',
    '.GIT/config',
    '.git./config',
    '.git . /config',
    '.git::$INDEX_ALLOCATION/config',
    'git~1/config',
    '.g\u200cit/config',
    'a/.Git/config',
  ])('is nothing of git: %s', async (path) => {
    const folder = await makeFolder({ [path]: 'secret', '.git/config': '' })
    for (const namedBy of ['user', 'policy'] as const)
      await expect(folderTree(folder).read(path, 99, namedBy)).rejects.toThrow(OWN)
  })

  test('may be in a submodule, and not in a repository that lies there by chance', async () => {
    const shared = await makeRepository({ 'ports.yml': 'shared' })
    shared.git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', 'x')
    const { folder, git } = await makeRepository({ x: '' })
    git('submodule', '--quiet', 'add', shared.folder, 'shared')
    git('clone', '--quiet', shared.folder, 'beside')
    expect(await names(folder, 'shared/ports.yml')).toBe('shared')
    await expect(names(folder, 'beside/ports.yml')).rejects.toThrow(UNTRACKED)
    // A folder of several repositories belongs to none of them.
    const around = await makeFolder()
    execFileSync('git', ['clone', '--quiet', shared.folder, join(around, 'one')])
    await writeFile(join(around, 'one/new.yml'), 'secret')
    expect(await names(around, 'one/ports.yml')).toBe('shared')
    await expect(names(around, 'one/new.yml')).rejects.toThrow(UNTRACKED)
  })

  test('is refused where git cannot tell, and read where there is no repository', async () => {
    const folder = await makeFolder({ 'a.yml': 'a', '.git': 'gitdir: nowhere' })
    await expect(names(folder, 'a.yml')).rejects.toThrow(
      'git cannot tell whether it is part of the repository',
    )
    await rm(join(folder, '.git'))
    expect(await names(folder, 'a.yml')).toBe('a')
  })
})

test.each([
  ['/repo', 'a/b.yml', 'a/b.yml'],
  ['/repo', './a/../b.yml', 'b.yml'],
  ['/repo', '/repo/b.yml', 'b.yml'],
  ['/repo', '../b.yml', '../b.yml'],
  ['/repo', '/other/b.yml', '/other/b.yml'],
  ['/repo', '..b.yml', '..b.yml'],
])('from %s, %s is %s', (root, path, shown) => {
  expect(fromRoot(root, path)).toBe(shown)
})
