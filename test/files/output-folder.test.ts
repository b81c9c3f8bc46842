import { execFileSync } from 'node:child_process'
import { link, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { checkOutputFolder, openOutputFolder, writeWhole } from '../../src/files/output-folder.ts'
import { makeFolder } from '../e2e/bundle.ts'

const made: string[] = []
let top: string
let checkout: string
let outside: string

beforeEach(async () => {
  top = await makeFolder({ 'checkout/sub/x': '', 'outside/victim': 'precious' })
  made.push(top)
  ;[checkout, outside] = [join(top, 'checkout'), join(top, 'outside')]
})

afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true }))))

const posix = test.skipIf(process.platform === 'win32')

describe('a folder to write to', () => {
  test.each(['out', 'a/b/c', 'sub/out', '../beside', './a/../b'])('%s is made', async (folder) => {
    const path = openOutputFolder(folder, checkout)
    expect(await readdir(path)).toEqual([])
    expect(openOutputFolder(join(checkout, folder), checkout)).toBe(path)
    checkOutputFolder(folder, checkout)
    expect(await readdir(path)).toEqual([])
  })

  posix.each([
    ['leads out', '../outside'],
    ['leads to a folder that is not there', '../nowhere'],
    ['stays inside', 'sub'],
    ['leads to itself', 'out'],
    ['is absolute', '/'],
  ])('is refused where a link in the checkout %s', async (_, target) => {
    await symlink(target, join(checkout, 'out'))
    await symlink(checkout, join(top, 'alias'))
    for (const folder of ['out', 'out/a/b', 'sub/../out', join(top, 'alias', 'out'), '../alias/sub/../out']) {
      expect(() => openOutputFolder(folder, checkout), folder).toThrow(
        `checkout/out\` is a link to \`${target}\``,
      )
    }
    expect(await readdir(outside)).toEqual(['victim'])
    expect(await readdir(top)).toEqual(['alias', 'checkout', 'outside'])
  })

  test('is refused where its path is too long for any, and at once', () => {
    expect(() => openOutputFolder('a/'.repeat(30_000), checkout)).toThrow('is too long for a path')
  })

  posix('is refused where a link outside leads back to one of the checkout', async () => {
    await symlink('../outside', join(checkout, 'out'))
    await symlink('checkout/out', join(top, 'detour'))
    expect(() => openOutputFolder('../detour', checkout)).toThrow('is a link to `../outside`')
  })

  posix('is refused behind a link anywhere in the repository', async () => {
    await symlink('../outside', join(checkout, 'out'))
    expect(openOutputFolder('../out', join(checkout, 'sub'))).toBe(outside)
    await mkdir(join(checkout, '.git'))
    expect(() => openOutputFolder('../out', join(checkout, 'sub'))).toThrow('is a link to `../outside`')
  })

  posix('may be reached by links that are not of the checkout', async () => {
    await symlink('outside', join(top, 'mine'))
    await symlink('.', join(top, 'here'))
    expect(openOutputFolder('../here/here/mine/new', checkout)).toBe(join(outside, 'new'))
    await symlink(checkout, join(top, 'alias'))
    expect(openOutputFolder('out', join(top, 'alias'))).toBe(join(checkout, 'out'))
    await symlink('loop', join(top, 'loop'))
    expect(() => openOutputFolder('../loop', checkout)).toThrow('in a circle')
  })

  posix('has to be one, and to take files', async () => {
    execFileSync('mkfifo', [join(checkout, 'pipe')])
    for (const folder of ['pipe', 'sub/x', 'sub/x/y'])
      expect(() => checkOutputFolder(folder, checkout)).toThrow('is not a folder')
  })

  test.skipIf(process.platform !== 'linux')('that never takes any is told at once', () => {
    for (const folder of ['/proc/x', '/proc/x/y', '/proc/self/x'])
      expect(() => checkOutputFolder(folder, checkout), folder).toThrow('cannot be made')
    expect(() => checkOutputFolder('/proc/self', checkout)).toThrow('nothing can be written')
  })
})

describe('a file', () => {
  posix('takes the place of whatever is there, and leaves what that led to', async () => {
    const victim = join(outside, 'victim')
    for (const lay of [
      (path: string) => symlink(victim, path),
      (path: string) => symlink('../../outside/nowhere', path),
      (path: string) => link(victim, path),
      (path: string) => Promise.resolve(void execFileSync('mkfifo', [path])),
      (path: string) => writeFile(path, 'longer than what comes'),
    ]) {
      const path = join(checkout, 'sub', 'report.json')
      await rm(path, { force: true })
      await lay(path)
      writeWhole(path, 'new')
      expect(await readFile(path, 'utf8')).toBe('new')
      expect(await readFile(victim, 'utf8')).toBe('precious')
      expect([await readdir(outside), await readdir(join(checkout, 'sub'))]).toEqual([
        ['victim'],
        ['report.json', 'x'],
      ])
    }
  })

  test('that cannot be written leaves nothing', async () => {
    await mkdir(join(checkout, 'report.json'))
    expect(() => writeWhole(join(checkout, 'report.json'), 'new')).toThrow()
    expect(await readdir(checkout)).toEqual(['report.json', 'sub'])
  })

  // A small file system of its own, which root may mount in a namespace.
  test.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
    'is absent where there is no room for it, an older one too',
    async () => {
      const source = join(import.meta.dirname, '../../src/files/output-folder.ts')
      const script = `import { writeFileSync, readdirSync } from 'node:fs'
import { writeWhole } from ${JSON.stringify(source)}
writeFileSync('report.json', 'older')
try { writeWhole('report.json', 'x'.repeat(2 ** 20)) } catch (error) { console.log(error.code) }
console.log(readdirSync('.').join())`
      await writeFile(join(top, 'fill.ts'), script)
      const steps = `mount -t tmpfs -o size=64k none "${outside}" && cd "${outside}" && "${process.execPath}" ../fill.ts`
      const said = execFileSync('unshare', ['--mount', 'sh', '-c', steps], {
        encoding: 'utf8',
        stdio: 'pipe',
      })
      expect(said).toBe('ENOSPC\n\n')
    },
  )
})
