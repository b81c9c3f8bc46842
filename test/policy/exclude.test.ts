import { describe, expect, test } from 'vitest'
import { run } from '../../src/run.ts'
import { Unusable } from '../../src/unusable.ts'
import { listen, redis } from '../e2e/bundle.ts'

/** What a run of a policy comes to, of which one port is scanned. */
function scan(port: number, policy: string, endpoints: string[] = []) {
  const text = `version: 1\nscan: { ports: ${port} }\n${policy}`
  const tree = { read: async (path: string) => (path.endsWith('.yml') ? Buffer.from(text) : undefined) }
  const { signal } = new AbortController()
  return run({ endpoints }, { root: '/nowhere', tree, env: {}, signal })
}

describe('what the policy excludes', () => {
  test('is not scanned, though an endpoint covers it, and the coverage counts it', async () => {
    await using server = await listen(redis)
    const block = 'environments: { e: { endpoints: [127.0.0.0/30, 127.0.0.2] } }\n'
    const all = await scan(server.port, block)
    expect([all.verdict, all.coverage.excluded]).toEqual(['fail', undefined])
    const { verdict, hosts, coverage } = await scan(
      server.port,
      `${block}exclude: [127.0.0.1, 127.0.0.2/31]\n`,
    )
    expect([verdict, hosts.map(({ address }) => address)]).toEqual(['pass', ['127.0.0.0']])
    expect(coverage).toMatchObject({
      endpoints: 1,
      addresses: 1,
      excluded: { addresses: 3, endpoints: ['127.0.0.2'] },
    })
  })

  test('is not scanned where a name leads there, and nothing is said of what is allowed on the name', async () => {
    const { hosts, coverage, findings } = await scan(
      9,
      'hosts: { localhost: [9], 127.0.0.2: [] }\nexclude: [127.0.0.1, "::1"]\n',
    )
    expect(hosts.map(({ endpoint }) => endpoint)).toEqual(['127.0.0.2'])
    expect(coverage.excluded).toMatchObject({ endpoints: ['localhost'] })
    expect(findings.map(({ id }) => id)).not.toContain('unused-allowance')
  })

  test.each([
    ['addresses', 'hosts: { 127.0.0.1: [] }\n'],
    ['what a name leads to', 'hosts: { localhost: [] }\n'],
  ])('may not be all that there is: %s', async (_, hosts) => {
    const error = await scan(9, `${hosts}exclude: [127.0.0.0/8, "::1"]\n`).catch((error) => error)
    expect(error).toBeInstanceOf(Unusable)
    expect(error.message).toContain(
      'port-policy.yml:4:11: `exclude` leaves nothing to scan: every address of the endpoints is in it.',
    )
  })
})
