import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { STDIN, withStandardInput } from '../../src/process/stdin.ts'
import { folderTree } from '../../src/repository/folder-tree.ts'
import { makeFolder } from '../e2e/bundle.ts'

const tree = async () => folderTree(await makeFolder({ 'a.yml': 'a' }))
const read = async (input: PassThrough, path = STDIN) =>
  Buffer.from((await (await withStandardInput(await tree(), input)).read(path, 99)) ?? []).toString()

test('what is piped is a file beside those of the folder', async () => {
  expect(await read(new PassThrough().end('version: 1'))).toBe('version: 1')
  expect(await read(new PassThrough().end('version: 1'), 'a.yml')).toBe('a')
})

test('a pipe to which nobody writes is given up', async () => {
  await expect(withStandardInput(await tree(), new PassThrough(), 20)).rejects.toThrow(
    'Standard input cannot be read: no input has come from it for 0.02 s.',
  )
})

test('one without an end is read in part', async () => {
  const input = new PassThrough()
  const write = () => input.writable && input.write('#'.repeat(100_000), write)
  write()
  expect(await read(input)).toHaveLength(99)
  expect(input.destroyed).toBe(true)
})
