import { expect, test } from 'vitest'
import { splitRevision } from '../../../src/repository/git/revision.ts'

test.each([
  ['main', 'main', ''],
  ['main~2', 'main', '~2'],
  ['HEAD^', 'HEAD', '^'],
  ['v1.2^{commit}', 'v1.2', '^{commit}'],
  ['main@{u}~1', 'main', '@{u}~1'],
  ['@{u}', '', '@{u}'],
  ['@', '@', ''],
  ['user@host', 'user@host', ''],
  ['a^~b', 'a', '^~b'],
])('%s is %j and %j', (text, name, steps) => {
  expect(splitRevision(text)).toEqual({ name, steps })
})
