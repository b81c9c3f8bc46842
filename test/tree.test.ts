import { mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderTree, fromRoot } from '../src/tree.ts'
import { makeFolder } from './e2e/bundle.ts'

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
