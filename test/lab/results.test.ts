/** The judgement of nmap's results, compared with that of Portgate's own scan of the same hosts. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ReportJson } from '../../src/report/report-json.ts'
import { makeFolder, runBundle } from '../e2e/bundle.ts'
import { buildLab, findMissing, type HostSpec } from './lab.ts'

const hasNmap = spawnSync('nmap', ['--version'], { stdio: 'ignore' }).status === 0
const missing = findMissing() ?? (hasNmap ? undefined : 'a comparison with nmap needs nmap')
if (missing && process.env.LAB === 'required') throw new Error(missing)

const HOSTS: Record<string, HostSpec> = {
  refuses: { listen: [22, 80, 443, 6379, 27_017] },
  drops: { listen: [22, 5432], firewall: ['tcp dport != { 22, 5432 } drop'] },
  mixed: {
    listen: [23, 443, 8080],
    firewall: ['tcp dport { 1-22, 24-99 } drop', 'tcp dport 100-199 reject with icmp admin-prohibited'],
  },
}

/** Denied, expired, missing and unexpected ports. */
const POLICY = `version: 1
scan: { ports: [1-1024, 5432, 6379, 8080, 27017] }
hosts:
  $refuses: { allow: [22, 80, { port: 443, expires: 2020-01-01 }], deny: [27017] }
  $drops: { allow: [22], require: [443] }
  $mixed: { require: [443, 9090], allow: [8080] }
`

function listViolations({ findings }: ReportJson): string[] {
  return findings
    .filter(({ kind }) => kind === 'violation')
    .map(({ id, severity, endpoint, port, state }) => `${severity} ${id} ${endpoint}:${port} ${state}`)
    .sort()
}

test.skipIf(missing)(
  'nmap XML of three hosts: the violations of a scan, to the letter',
  { timeout: 120_000 },
  async () => {
    await using lab = await buildLab(HOSTS)
    const own = await lab.check(POLICY.replace('version: 1\n', ''))
    const policy = POLICY.replace(/\$(\w+)/g, (_, name) => lab.addresses[name]?.v4 ?? name)
    const cwd = await makeFolder({ '.github/port-policy.yml': policy })
    const files = Object.keys(HOSTS)
    for (const name of files) {
      const { v4 = '' } = lab.addresses[name] ?? {}
      const ports = '1-1024,5432,6379,8080,9090,27017'
      const { status, stderr } = await lab.run([
        'nmap',
        '-n',
        '-sT',
        '-Pn',
        '-p',
        ports,
        '-oX',
        join(cwd, `${name}.xml`),
        v4,
      ])
      expect(status, stderr).toBe(0)
    }
    const results = files.map((name) => `${name}.xml`)
    const { stdout, stderr } = await runBundle(
      'cli',
      ['check', '--format', 'json', '--results', ...results],
      { cwd },
    )
    if (stdout === '') throw new Error(stderr)
    const report: ReportJson = JSON.parse(stdout)
    expect(listViolations(report)).toEqual(listViolations(own.report))
    expect(listViolations(report).length).toBe(7)
    expect([report.verdict, own.report.verdict]).toEqual(['fail', 'fail'])
    expect(report.findings.filter(({ kind }) => kind === 'doubt')).toEqual([])
  },
)
