import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { ReportJson } from '../../src/report/report-json.ts'
import { buildLab, findMissing } from './lab.ts'
import { describePorts, FIVE, listPorts, policyFor, SCENARIOS, SYN, truthOf } from './scenarios.ts'

const missing = findMissing()
if (missing && process.env.LAB === 'required') throw new Error(missing)
if (missing) console.warn(`The tests in the lab are skipped: ${missing}.`)

/** Networks take their time, and so do machines that run other tests meanwhile. */
const TIMEOUT_MS = 300_000

/** The benchmark scans all ports of a scenario; here enough to lose some will do. */
const MOST_PORTS = 3_000
const RUNS = Number(process.env.LAB_RUNS ?? 1)

const idsOf = ({ findings }: ReportJson) => findings.map(({ id }) => id)

describe.skipIf(missing).concurrent('exactly the right ports and states', () => {
  const runs = Array.from({ length: RUNS }, (_, index) => index + 1)
  const scenarios = Object.entries(SCENARIOS).flatMap(([name, scenario]) =>
    runs.map((run) => [name, run, scenario] as const),
  )
  test.each(scenarios)(
    '%s (run %i)',
    async (_name, _run, scenario) => {
      const ports = RUNS > 1 ? scenario.ports : Math.min(MOST_PORTS, scenario.ports)
      await using lab = await buildLab({ host: scenario.host })
      const { report } = await lab.check(policyFor({ ports }))
      expect(describePorts(report)).toBe(truthOf({ ...scenario, ports }))
      const accused = report.findings.filter(({ kind }) => kind === 'violation').map(({ port }) => port)
      expect(accused.sort((a = 0, b = 0) => a - b)).toEqual(
        (scenario.host.listen ?? []).filter((port) => port <= ports),
      )
    },
    TIMEOUT_MS,
  )
})

describe.skipIf(missing).concurrent('a host that stops answering', () => {
  const silent = { listen: FIVE, firewall: [`tcp dport != { ${FIVE.join()} } drop`] }
  const policy = `scan: { ports: "1-20000", identify: false }\nhosts: { $host: [${FIVE}] }`

  test(
    'a ban after 300 SYNs: what came after it is unknown',
    async () => {
      const ban = `${SYN} limit rate over 1/hour burst 300 packets drop`
      await using lab = await buildLab({ host: { listen: FIVE, firewall: [ban] } })
      const { report, status } = await lab.check(policy)
      expect(idsOf(report)).toContain('went-silent')
      expect([report.verdict, status]).toEqual(['inconclusive', 3])
      const { open, closed, filtered, unknown } = report.hosts[0]?.ports ?? {}
      expect(unknown).toMatchObject([{ reason: 'went-silent' }])
      expect(filtered).toBe('')
      for (const { port } of open ?? []) expect(FIVE).toContain(port)
      for (const port of listPorts(closed ?? '')) expect(FIVE).not.toContain(port)
      expect(listPorts(closed ?? '').length).toBeLessThan(300)
    },
    TIMEOUT_MS,
  )

  test(
    'a ban while two threads are at work: no port is said to be what it was not',
    async () => {
      const ban = `${SYN} limit rate over 1/hour burst 30000 packets drop`
      await using lab = await buildLab({ host: { listen: FIVE, firewall: [ban] } })
      const { report } = await lab.check(policy.replace('1-20000', 'all'))
      expect(idsOf(report)).toContain('went-silent')
      const { open, filtered, unknown } = report.hosts[0]?.ports ?? {}
      expect(filtered).toBe('')
      expect(unknown).toMatchObject([{ reason: 'went-silent' }])
      for (const { port } of open ?? []) expect(FIVE).toContain(port)
    },
    TIMEOUT_MS,
  )

  test(
    'a network that goes away and comes back: nothing is lost',
    async () => {
      await using lab = await buildLab({ host: silent })
      const { report } = await lab.check(policy, async () => {
        await sleep(1_500)
        lab.setFirewall('host', ['drop'])
        await sleep(4_000)
        lab.setFirewall('host', silent.firewall)
      })
      expect(describePorts(report)).toBe(`open ${FIVE}; filtered 19995`)
      expect(report.verdict).toBe('pass')
    },
    TIMEOUT_MS,
  )

  test(
    'a network that goes away for good',
    async () => {
      await using lab = await buildLab({ host: silent })
      const { report } = await lab.check(policy, async () => {
        await sleep(1_500)
        lab.setFirewall('host', ['drop'])
      })
      expect(idsOf(report)).toContain('went-silent')
      expect(report.verdict).toBe('inconclusive')
      expect(report.hosts[0]?.ports.unknown).toMatchObject([{ reason: 'went-silent' }])
    },
    TIMEOUT_MS,
  )

  test(
    'an open port that was seen before a ban is still a violation',
    async () => {
      // The ban comes after all ports of known services, of which there are some three hundred, have been probed.
      const ban = `${SYN} limit rate over 1/hour burst 3000 packets drop`
      await using lab = await buildLab({ host: { listen: FIVE, firewall: [ban] } })
      const { report, status } = await lab.check(policy.replace('5432,', ''))
      expect(report.findings).toContainEqual(
        expect.objectContaining({ id: 'unexpected-open-port', port: 5432 }),
      )
      expect([report.verdict, status]).toEqual(['fail', 1])
    },
    TIMEOUT_MS,
  )
})

describe.skipIf(missing).concurrent('what else a network can do', () => {
  test(
    'a host that drops all of the first SYNs, where nothing is known to answer: it is looked at again',
    async () => {
      // 1,000 SYNs of 60 bytes; 400 silent ports get 1,200 in three seconds (Linux 6.5), the likeliest ones first.
      const firewall = [`${SYN} quota until 60000 bytes drop`, 'tcp dport != 22 drop']
      await using lab = await buildLab({ host: { listen: [22], firewall } })
      const { report, status } = await lab.check(policyFor({ ports: 400 }))
      expect(describePorts(report)).toBe('open 22; filtered 399')
      expect(status).toBe(1)
    },
    TIMEOUT_MS,
  )

  test(
    'a firewall that lets four connections to SSH through: it was open, and the rest is seen',
    async () => {
      const ports = [22, 80, 443]
      const counted = `tcp dport 22 ${SYN} limit rate over 1/hour burst 4 packets drop`
      const host = { listen: ports, firewall: [counted, `tcp dport != { ${ports.join()} } drop`] }
      await using lab = await buildLab({ host })
      const { report } = await lab.check(
        'scan: { ports: "1-3000", identify: false }\nhosts: { $host: [80, 443] }',
      )
      expect(describePorts(report)).toBe('open 22,80,443; filtered 2997')
      expect(report.findings).toMatchObject([{ id: 'unexpected-open-port', port: 22 }])
    },
    TIMEOUT_MS,
  )

  test(
    'a low max-rate: silence takes few probes, for each of them is time',
    async () => {
      await using lab = await buildLab({ host: { listen: [443], firewall: ['tcp dport != 443 drop'] } })
      const { report } = await lab.check(
        'scan: { ports: "1-600", max-rate: 100, identify: false }\nhosts: { $host: [443] }',
      )
      expect(describePorts(report)).toBe('open 443; filtered 599')
      expect(report.coverage.probes).toBeLessThan(1_200)
    },
    TIMEOUT_MS,
  )

  test(
    'every port open: one finding, and no violation',
    async () => {
      await using lab = await buildLab({
        host: { listen: [80], nat: ['tcp dport 1-65535 redirect to :80'] },
      })
      const { report } = await lab.check('scan: { ports: all }\nhosts: { $host: [80] }')
      expect(idsOf(report)).toEqual(['answers-everywhere'])
      expect(report.verdict).toBe('inconclusive')
    },
    TIMEOUT_MS,
  )

  test(
    'a part of the ports open: one finding for the part, and no violation there',
    async () => {
      await using lab = await buildLab({
        host: { listen: [80, 2375], nat: ['tcp dport 100-400 redirect to :80'] },
      })
      const { report } = await lab.check('scan: { ports: "1-3000" }\nhosts: { $host: [80] }')
      expect(idsOf(report)).toEqual(['unexpected-open-port', 'answers-everywhere'])
      expect(report.findings[0]?.port).toBe(2375)
      expect(report.findings[1]?.message).toContain('100-400')
    },
    TIMEOUT_MS,
  )

  test(
    'every port open, beside a host whose time is over before',
    async () => {
      await using lab = await buildLab({
        tarpit: { listen: [80], nat: ['tcp dport 1-65535 redirect to :80'] },
        silent: { listen: [80], firewall: ['drop'] },
      })
      const { report } = await lab.check(
        'hosts: { $tarpit: [80], $silent: [80] }\nenvironments:\n  e:\n    endpoints:\n' +
          '      - $tarpit\n      - { host: $silent, ports: "1-20000", time-limit: 1s }',
      )
      const ids = [...new Set(idsOf(report))].sort()
      expect(ids).toEqual(['answers-everywhere', 'incomplete-scan'])
    },
    TIMEOUT_MS,
  )

  test(
    'a connect that an event of the last one would call open',
    async () => {
      const host = { listen: [80], firewall: ['tcp dport > 1000 drop'] }
      await using lab = await buildLab({ host })
      const script = fileURLToPath(new URL('early.ts', import.meta.url))
      const { stdout } = await lab.run([process.execPath, script, lab.addresses.host?.v4 ?? ''])
      expect(JSON.parse(stdout)).toEqual({ nothing: 50 })
    },
    TIMEOUT_MS,
  )

  test(
    'a database that only IPv6 exposes',
    async () => {
      await using lab = await buildLab({
        host: {
          listen: [443, 6379],
          firewall: ['meta nfproto ipv4 tcp dport 6379 reject with tcp reset'],
        },
      })
      const { v4 = '', v6 = '' } = lab.addresses.host ?? {}
      await lab.serveNames({ 'app.example.com': [v4, v6] })
      const { report } = await lab.check('scan: { identify: false }\nhosts: { app.example.com: [443] }')
      expect(report.hosts.map(({ address }) => address)).toEqual([v4, v6])
      expect([describePorts(report, 0), describePorts(report, 1)]).toEqual([
        expect.stringMatching(/^open 443; closed/),
        expect.stringMatching(/^open 443,6379; closed/),
      ])
      expect(report.findings).toContainEqual(
        expect.objectContaining({
          id: 'unexpected-open-port',
          address: v6,
          port: 6379,
          severity: 'critical',
        }),
      )
      expect(idsOf(report)).toContain('addresses-differ')
      expect(report.verdict).toBe('fail')
    },
    TIMEOUT_MS,
  )

  test(
    'a name that a search domain leads to somebody else is told',
    async () => {
      await using lab = await buildLab({ host: { listen: [443, 6379] } })
      const { v4 = '' } = lab.addresses.host ?? {}
      await lab.serveNames(
        { 'db.example.com.corp.test': [v4], 'www.example.com': [v4] },
        'search corp.test\n',
      )
      const policy =
        'scan: { ports: [443, 6379], ip: 4, identify: false }\nhosts: { db.example.com: [443], www.example.com: [443, 6379] }'
      const { report } = await lab.check(policy)
      expect(report.hosts.map(({ endpoint, searchDomain }) => [endpoint, searchDomain])).toEqual([
        ['db.example.com', 'corp.test'],
        ['www.example.com', undefined],
      ])
      expect(report.findings.map(({ message }) => message)).toEqual([
        expect.stringContaining(`db.example.com (${v4}, found through the search domain corp.test)`),
      ])
    },
    TIMEOUT_MS,
  )

  test(
    'eight addresses for one name, one of which differs',
    async () => {
      const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
      const listen = (name: string) => ({ listen: name === 'f' ? [443, 9200] : [443] })
      await using lab = await buildLab(Object.fromEntries(names.map((name) => [name, listen(name)])))
      await lab.serveNames({ 'app.example.com': names.map((name) => lab.addresses[name]?.v4 ?? '') })
      const { report } = await lab.check('scan: { identify: false }\nhosts: { app.example.com: [443] }')
      expect(report.coverage.addresses).toBe(8)
      const violations = report.findings.filter(({ kind }) => kind === 'violation')
      expect(violations).toMatchObject([
        { id: 'unexpected-open-port', address: lab.addresses.f?.v4, port: 9200 },
      ])
      expect(idsOf(report)).toContain('addresses-differ')
    },
    TIMEOUT_MS,
  )
})
