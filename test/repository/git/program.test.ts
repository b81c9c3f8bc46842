import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findProgram, listPrograms } from '../../../src/repository/git/program.ts'
import { makeFolder } from '../../e2e/bundle.ts'

test.each<[what: string, path: string, platform: NodeJS.Platform, checkout: string, found: string[]]>([
  [
    'in the order of PATH',
    '/usr/local/bin:/usr/bin',
    'linux',
    '/repo',
    ['/usr/local/bin/git', '/usr/bin/git'],
  ],
  ['never by a relative entry', '.:bin:../bin::~/bin:/usr/bin', 'linux', '/repo', ['/usr/bin/git']],
  [
    'never in the checkout',
    '/repo:/repo/node_modules/.bin:/repository/bin',
    'linux',
    '/repo',
    ['/repository/bin/git'],
  ],
  [
    'never in the checkout, by a detour',
    '/usr/../repo/bin:/repo/..bin:/repo/../bin',
    'linux',
    '/repo',
    ['/bin/git'],
  ],
  ['a root is no checkout', '/usr/bin', 'linux', '/', ['/usr/bin/git']],
  ['no PATH', '', 'linux', '/repo', []],
  [
    'git.exe on Windows, quotes or not',
    'C:\\Git\\cmd;"D:\\Program Files\\Git;x\\cmd";\\\\server\\share',
    'win32',
    'C:\\repo',
    ['C:\\Git\\cmd\\git.exe', '\\\\server\\share\\git.exe'],
  ],
  [
    'neither the current folder nor the current drive on Windows',
    '.;;bin;\\bin;/bin;C:bin;C:\\Git\\bin',
    'win32',
    'C:\\repo',
    ['C:\\Git\\bin\\git.exe'],
  ],
  [
    'never in the checkout on Windows',
    'c:\\REPO\\bin;C:/repo;D:\\repo',
    'win32',
    'C:\\repo',
    ['D:\\repo\\git.exe'],
  ],
])('%s', (_, path, platform, checkout, found) => {
  expect(listPrograms(path, platform, checkout)).toEqual(found)
})

test('what is no program is passed over', async () => {
  const folder = await makeFolder({ 'text/git': '', 'program/git': '' })
  await mkdir(join(folder, 'folder/git'), { recursive: true })
  await chmod(join(folder, 'program/git'), 0o755)
  const at = (name: string) => join(folder, name, 'git')
  // Windows has no permission to execute.
  const text = process.platform === 'win32' ? [] : [at('text')]
  expect(await findProgram([at('none'), at('folder'), ...text, at('program')])).toBe(at('program'))
  expect(await findProgram([at('none')])).toBeUndefined()
})
