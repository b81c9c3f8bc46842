import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findCheckedOut } from '../../src/git.ts'

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
  test.each<[what: string, files: Record<string, string>, commit: string | undefined]>([
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
    ['a branch without a commit', { '.git/HEAD': 'ref: refs/heads/x\n' }, undefined],
    ['a way out', { '.git/HEAD': 'ref: refs/../../x\n', x: `${A}\n` }, undefined],
    ['no commit', { '.git/HEAD': 'main\n' }, undefined],
    ['nothing', { 'a.txt': '' }, undefined],
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
    expect(await findCheckedOut(await makeFolder(files))).toBe(commit)
  })
})
