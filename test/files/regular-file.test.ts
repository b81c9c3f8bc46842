import { execFileSync } from 'node:child_process'
import { chmod, rm, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRegularFile } from '../../src/files/regular-file.ts'
import { makeFolder } from '../e2e/bundle.ts'

describe.skipIf(process.platform === 'win32')('only a regular file is read', () => {
  let folder: string
  const server = createServer()

  beforeAll(async () => {
    folder = await makeFolder({ file: '0123456789', 'sub/x': '', secret: '' })
    execFileSync('mkfifo', [join(folder, 'pipe')])
    for (const name of ['file', 'pipe', 'loop']) await symlink(name, join(folder, `to-${name}`))
    await symlink('to-loop', join(folder, 'loop'))
    await chmod(join(folder, 'secret'), 0)
    await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve))
  })

  afterAll(async () => {
    server.close()
    await rm(folder, { recursive: true })
  })

  test.each([
    ['file', '01234'],
    ['to-file', '01234'],
    ['none', undefined],
    ['file/x', undefined],
  ])('%s gives %s', async (name, text) => {
    const bytes = await readRegularFile(join(folder, name), 5)
    expect(bytes && Buffer.from(bytes).toString()).toBe(text)
  })

  // What waited for the other end of a pipe would run into the time limit of the test.
  test.each([
    ['sub', 'it is a folder'],
    ['pipe', 'it is a pipe and not a file: write what comes from it to a file first'],
    ['to-pipe', 'it is a pipe'],
    ['socket', 'it is a socket'],
    ['loop', 'its links form a circle'],
    ['a'.repeat(5_000), /^its name is too long$/],
    ['/dev/zero', 'it is a device'],
    ['/dev/tty', 'it is a device'],
  ])('%s is refused at once: %s', async (name, why) => {
    await expect(readRegularFile(name.startsWith('/') ? name : join(folder, name), 5)).rejects.toThrow(why)
  })

  test('what turns into a pipe or a link after it was looked at is refused as well', async () => {
    const swap = (make: (path: string) => unknown) => async (path: string) => {
      await rm(path)
      await make(path)
    }
    const path = join(await makeFolder({ file: '' }), 'file')
    await expect(
      readRegularFile(
        path,
        5,
        swap((real) => execFileSync('mkfifo', [real])),
      ),
    ).rejects.toThrow('it is a pipe')
    await rm(path)
    await symlink(join(folder, 'file'), path)
    const moved = swap((real) => symlink('secret', real))
    await expect(readRegularFile(path, 5, moved)).rejects.toThrow('its links form a circle')
  })
})
