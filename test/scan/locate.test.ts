import { expect, test } from 'vitest'
import type { PlannedEndpoint } from '../../src/model.ts'
import { locate } from '../../src/scan/locate.ts'
import { createLookups } from '../../src/scan/lookup.ts'
import { answerNames } from './names.ts'

test('names with more addresses and ports than one run can hold are not seen, and the run says so', async () => {
  const addresses = (block: number) =>
    Array.from({ length: 1_000 }, (_, i) => `127.${block}.${i >> 8}.${i & 255}`)
  using _ = answerNames({ 'a.test': addresses(1), 'b.test': addresses(2) })
  const ports = Array.from({ length: 65_535 }, (_, index) => index + 1)
  const endpoints = ['a.test', 'b.test'].map(
    (host) =>
      ({
        endpoint: { kind: 'name', host, text: host },
        scan: { ip: '4', timeLimitMs: 60_000 },
        rules: [],
        ports,
      }) as unknown as PlannedEndpoint,
  )
  const context = { signal: new AbortController().signal, refuses: () => false, lookups: createLookups() }
  const { sites, unseen } = await locate({ endpoints, seed: 1 }, performance.now(), context)
  expect(sites.length).toBeLessThanOrEqual(100_000_000 / 65_535)
  expect(unseen).toHaveLength(1)
  expect(unseen[0]).toMatchObject({ kind: 'unresolved' })
  expect(unseen[0]?.detail).toContain('more than one run can hold')
})
