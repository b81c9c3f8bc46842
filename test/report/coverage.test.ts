import { expect, test } from 'vitest'
import { listCoverage, sayWaited } from '../../src/report/coverage.ts'
import { reportSchema } from '../../src/report/report-schema.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { renderText } from '../../src/report/text.ts'
import { fail, pass } from './samples.ts'

test.each([
  [{ ms: 40, required: 0, missing: 0 }, 'no port is required, so there was nothing to wait for'],
  [{ ms: 1_540, required: 1, missing: 0 }, 'the required port is open after 1.5 s'],
  [{ ms: 12_000, required: 1_204, missing: 0 }, 'all 1,204 required ports are open after 12.0 s'],
  [{ ms: 90_000, required: 1, missing: 1 }, '1 of 1 required port not ready after 1 min 30 s'],
  [{ ms: 90_000, required: 3, missing: 2 }, '2 of 3 required ports not ready after 1 min 30 s'],
])('a wait of %j: %s', (waited, said) => {
  expect(sayWaited(waited)).toBe(said)
  const report = { ...fail, waited }
  expect(listCoverage(report)).toContainEqual({ label: 'waited', text: said })
  expect(renderText(report, { colours: false, width: 120 })).toContain(said)
  expect(renderSummary(report)).toContain(`- waited: ${said}`)
})

test('a run that was not asked to wait says nothing of it', () => {
  expect(listCoverage(fail).map(({ label }) => label)).not.toContain('waited')
})

test('a vantage that reached an IPv6 address is not called IPv4 only', () => {
  const sayVantage = (address: string) =>
    listCoverage({ ...pass, hosts: pass.hosts.map((host) => ({ ...host, address })) }).find(
      ({ label }) => label === 'vantage',
    )?.text
  expect(sayVantage('192.0.2.1')).toContain('IPv4 only')
  expect(sayVantage('fd00::1')).toContain('IPv4, and IPv6 without a route to the internet')
})

test('shards say from where each of them saw its hosts, a few of them', () => {
  const say = (platforms: string[]) => {
    const shards = platforms.map((platform, at) => ({
      index: at + 1,
      attempt: 1,
      startedAt: pass.startedAt,
      finishedAt: pass.finishedAt,
      vantage: { platform, node: 'v24.0.0', githubHosted: false, ipv6: at === 2 },
      disagrees: [],
    }))
    const lines = listCoverage({ ...pass, vantage: shards[0]?.vantage, shards })
    return lines.filter(({ label }) => label === 'vantage').map(({ text }) => text)
  }
  expect(say(['linux x64', 'linux arm64', 'linux x64', 'linux x64'])).toEqual([
    'shards 1, 4: linux x64, Node v24.0.0, IPv4 only',
    'shard 2: linux arm64, Node v24.0.0, IPv4 only',
    'shard 3: linux x64, Node v24.0.0, IPv4 and IPv6',
  ])
  expect(say(['linux x64', 'linux x64'])).toEqual(['shards 1-2: linux x64, Node v24.0.0, IPv4 only'])
  expect(say(['linux x64'])).toEqual(['linux x64, Node v24.0.0, IPv4 only'])
  expect(say(Array.from({ length: 8 }, (_, at) => `linux ${at}`))).toHaveLength(6)
})

test('names that a search domain led somewhere are said, and how to anchor them', () => {
  const [host] = pass.hosts
  const hosts = host ? [{ ...host, endpoint: 'db.prod.test', searchDomain: 'corp.test' }] : []
  const said =
    'found through a search domain of this machine: db.prod.test (as db.prod.test.corp.test); end a name with a dot to look it up exactly as written'
  expect(listCoverage({ ...pass, hosts })).toContainEqual({ label: 'names', text: said })
  expect(listCoverage(pass).map(({ label }) => label)).not.toContain('names')
})

test.each([
  [{ addresses: 1, endpoints: [] }, '1 address, by the policy'],
  [
    { addresses: 1_024, endpoints: ['db.example.com', '10.0.0.0/30'] },
    '1,024 addresses, by the policy; nothing is left to scan on db.example.com, 10.0.0.0/30',
  ],
])('what is excluded, %j: %s', (excluded, said) => {
  const report = { ...pass, coverage: { ...pass.coverage, excluded } }
  expect(listCoverage(report)).toContainEqual({ label: 'excluded', text: said })
  expect(renderText(report, { colours: false, width: 120 })).toContain(said)
  expect(renderSummary(report)).toContain(`- excluded: ${said.slice(0, 12)}`)
  expect(reportSchema.parse(JSON.parse(JSON.stringify(report))).coverage).toMatchObject({ excluded })
})
