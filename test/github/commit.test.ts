import { expect, test } from 'vitest'
import type { Client } from '../../src/github/client.ts'
import { commitTree } from '../../src/github/commit.ts'

test('a file that never ends is read up to the limit, and no further', async () => {
  let isCancelled = false
  const data = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(1_000)),
    cancel: () => {
      isCancelled = true
    },
  })
  const answer = { headers: { 'content-type': 'application/vnd.github.raw+json' }, data }
  const client = { rest: { repos: { getContent: async () => answer } } } as unknown as Client
  const tree = commitTree({ owner: 'o', repo: 'r' }, 'main', async () => ({ client, sha: 'a'.repeat(40) }))
  expect(await tree.read('a.yml', 2_500)).toHaveLength(2_500)
  expect(isCancelled).toBe(true)
})
