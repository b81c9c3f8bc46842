import { memoryUsage } from 'node:process'
import { expect, test } from 'vitest'
import { loadIfAny } from '../../src/prepare/load.ts'
import { freeMemory } from '../../src/process/heap.ts'
import { folderTree } from '../../src/repository/folder-tree.ts'
import { makeFolder } from '../e2e/bundle.ts'
import { fillUp, SHAPES } from '../policy/shapes.ts'

/** Megabytes: the policy takes half of it, and with what the parser leaves behind it is more. */
const MOST_HELD = 50

test('what it took to read a large policy is free as soon as it is read', async () => {
  const tree = folderTree(await makeFolder({ 'policy.yml': fillUp(SHAPES.ports ?? String) }))
  freeMemory()
  const before = memoryUsage().heapUsed
  const loaded = await loadIfAny(tree, 'policy.yml')
  const held = (memoryUsage().heapUsed - before) / 2 ** 20
  expect(held).toBeLessThan(MOST_HELD)
  expect(loaded?.policy.hosts).toHaveLength(1)
})
