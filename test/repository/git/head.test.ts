import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCheckedOut } from '../../../src/repository/git/checkout.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(64)

async function makeFolder(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'portgate-test-'))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

describe('the commit of a folder that git takes for no repository', () => {
  test.each<[what: string, files: Record<string, string>, commit: string]>([
    ['a commit itself', { '.git/HEAD': `${A}\n` }, A],
    ['a branch', { '.git/HEAD': 'ref: refs/heads/größe#1\n', '.git/refs/heads/größe#1': `${B}\n` }, B],
    [
      'a packed one',
      {
        '.git/HEAD': 'ref: refs/heads/x\n',
        '.git/packed-refs': `# pack-refs\n${B} refs/heads/xx\n${A} refs/heads/x\n^${B}\n`,
      },
      A,
    ],
    [
      'a work tree',
      {
        '.git': 'gitdir: main/worktrees/w\n',
        'main/worktrees/w/HEAD': 'ref: refs/heads/w\n',
        'main/worktrees/w/commondir': '../..\n',
        'main/refs/heads/w': `${A}\n`,
      },
      A,
    ],
  ])('%s', async (_, files, commit) => {
    const top = await makeFolder(files)
    expect(await findCheckedOut(top)).toEqual({ top, commit })
  })

  test.each<[what: string, files: Record<string, string>]>([
    ['a branch without a commit', { '.git/HEAD': 'ref: refs/heads/x\n' }],
    ['a way out', { '.git/HEAD': 'ref: refs/../../x\n', x: `${A}\n` }],
    ['no commit', { '.git/HEAD': 'main\n' }],
    ['a file that leads nowhere', { '.git': 'gitdir: ../gone\n' }],
  ])('cannot be told: %s', async (_, files) => {
    await expect(findCheckedOut(await makeFolder(files))).rejects.toThrow('not a git repository')
  })

  test('there is none without a `.git`', async () => {
    expect(await findCheckedOut(await makeFolder({ 'a.txt': '' }))).toBeUndefined()
  })
})
