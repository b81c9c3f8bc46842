/** Shards as processes find on the hosts of a lab what one run finds there. */
import { expect, test } from 'vitest'
import type { ReportJson } from '../../src/report/report-json.ts'
import { buildLab, findMissing, type HostSpec } from './lab.ts'
import { runShards } from './shards.ts'

const missing = findMissing()
if (missing && process.env.LAB === 'required') throw new Error(missing)

/** By hand: 8. */
const SHARDS = Number(process.env.SHARDS ?? 4)

const HOSTS: Record<string, HostSpec> = {
  refuses: { listen: [22, 80, 443, 6379, 27_017], speaks: { 22: 'ssh', 80: 'http' } },
  mixed: {
    listen: [23, 443, 8080],
    firewall: ['tcp dport { 1-22, 24-49 } drop', 'tcp dport 100-199 reject with icmp admin-prohibited'],
  },
  // Whatever is tried is open, on both sides of where the host is cut.
  range: { listen: [7777], nat: ['tcp dport 1980-2139 redirect to :7777'] },
}

/** Hosts of 4,100 ports: each is cut in two. */
const POLICY = `scan: { ports: ["1-4096", 6379, 8080, 9090, 27017] }
hosts:
  $refuses: { allow: [{ port: 22, service: ssh }, 80, { port: 443, expires: 2020-01-01 }], deny: [27017] }
  $mixed: { require: [443, 9090], allow: [8080] }
  $range: [22]
`

function listFindings({ findings }: ReportJson): string[] {
  return findings.map(({ fails, ...finding }) => JSON.stringify({ ...finding, fails })).sort()
}

test.skipIf(missing)(
  `${SHARDS} shards: the findings of one run, to the letter`,
  { timeout: 240_000 },
  async () => {
    await using lab = await buildLab(HOSTS)
    const alone = await lab.check(POLICY)
    const { report } = await runShards(lab, POLICY, SHARDS, true)
    expect(listFindings(report)).toEqual(listFindings(alone.report))
    expect([report.verdict, report.shards?.length]).toEqual(['fail', SHARDS])
    expect(report.findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        'answers-everywhere',
        'denied-open-port',
        'required-port-not-open',
        'unexpected-open-port',
      ]),
    )
  },
)
