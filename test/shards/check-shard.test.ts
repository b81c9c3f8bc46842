import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
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

describe('the scope of a shard', () => {
  const policy = (port: number) =>
    `version: 1\nscan: { ports: [${port}], identify: false }\nhosts: { www.example.com: [], 127.0.0.1: [] }\n`

  async function checkWithin(scope: string, addresses: string[], port: number) {
    const { file } = await freezeText(policy(port), { shards: 1 })
    const { digest: _, schemaVersion: _v, kind: _k, ...plan } = file
    const endpoints = plan.endpoints.map((one) => (one.resolved ? { ...one, resolved: { addresses } } : one))
    const root = await makeFolder()
    await writeFile(join(root, 'plan.json'), JSON.stringify(sealPlan({ ...plan, endpoints } as Unsealed)))
    const { signal } = new AbortController()
    const context = { root, tree: folderTree(root), env: {}, signal }
    const { hosts } = await checkShard(
      { scope: scope.split(' ') },
      { plan: 'plan.json', shard: '1/1' },
      context,
    )
    return hosts.map(({ address, ports }) => [
      address,
      ports.open.length,
      ports.unknown.map(({ reason }) => reason),
    ])
  }

  test.each<[what: string, scope: string, addresses: string[], seen: unknown[][]]>([
    [
      'a name vouches for where it has led',
      'www.example.com 127.0.0.1',
      ['127.0.0.1'],
      [
        ['127.0.0.1', 1, []],
        ['127.0.0.1', 1, []],
      ],
    ],
    [
      'where no entry is a name, what a name has led to outside of it is unknown',
      '127.0.0.1',
      ['127.0.0.1', '127.0.0.9'],
      [
        ['127.0.0.1', 1, []],
        ['127.0.0.9', 0, ['out-of-scope']],
        ['127.0.0.1', 1, []],
      ],
    ],
    [
      'so is what no name opens',
      'www.example.com 127.0.0.1',
      ['169.254.169.254'],
      [
        ['169.254.169.254', 0, ['out-of-scope']],
        ['127.0.0.1', 1, []],
      ],
    ],
  ])('%s', async (_, scope, addresses, seen) => {
    await using server = await listen(() => {})
    expect(await checkWithin(scope, addresses, server.port)).toEqual(seen)
  })
})
