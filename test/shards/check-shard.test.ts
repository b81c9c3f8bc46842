import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkShard } from '../../src/commands/shards/check-shard.ts'
import { folderTree } from '../../src/repository/folder-tree.ts'
import { sealPlan, type Unsealed } from '../../src/shards/plan-file.ts'
import { listen, makeFolder } from '../e2e/bundle.ts'
import { freezeText } from './drawn-plan.ts'

test('a shard looks nothing up: it scans what the plan has frozen of a name', async () => {
  await using server = await listen(() => {})
  const policy = `version: 1
scan: { ports: [${server.port}], identify: false, canary: "canary.invalid:${server.port}" }
hosts: { www.example.com: [], 127.0.0.1: [] }
`
  const { file } = await freezeText(policy, { shards: 1 })
  const { digest: _, schemaVersion: _v, kind: _k, ...plan } = file
  // No name server knows of `.invalid` (RFC 6761), and nothing listens where `www.example.com` really is.
  const frozen = sealPlan({
    ...plan,
    endpoints: plan.endpoints.map((one) =>
      one.resolved ? { ...one, resolved: { addresses: ['127.0.0.1'] } } : one,
    ),
    canaries: [{ host: 'canary.invalid', addresses: ['127.0.0.1'] }],
  } as Unsealed)
  const root = await makeFolder()
  await writeFile(join(root, 'plan.json'), JSON.stringify(frozen))
  const context = {
    root,
    tree: folderTree(root),
    env: { GITHUB_RUN_ATTEMPT: '3' },
    signal: new AbortController().signal,
  }
  const report = await checkShard({}, { plan: 'plan.json', shard: '1/1' }, context)
  expect(
    report.hosts.map(({ endpoint, address, ports }) => [
      endpoint,
      address,
      ports.open.map(({ port }) => port),
    ]),
  ).toEqual([
    ['www.example.com', '127.0.0.1', [server.port]],
    ['127.0.0.1', '127.0.0.1', [server.port]],
  ])
  expect([report.verdict, report.findings, report.shard?.attempt]).toEqual(['inconclusive', [], 3])
})
