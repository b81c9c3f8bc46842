import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { ReportJson } from '../../src/report/report-json.ts'
import { buildLab, findMissing, type HostSpec } from './lab.ts'
import { describePorts, FIVE, listPorts, SYN } from './scenarios.ts'

const missing = findMissing()
if (missing && process.env.LAB === 'required') throw new Error(missing)

const TIMEOUT_MS = 120_000
const RUNS = Number(process.env.LAB_RUNS ?? 1)
const runs = Array.from({ length: RUNS }, (_, index) => index + 1)

/** The kernel's own limit on ICMP messages is lifted: each refusal is sent, as fail2ban's are on a host that is probed slowly. */
const UNLIMITED = { 'net.ipv4.icmp_ratelimit': '0' }

const idsOf = ({ findings }: ReportJson) => [...new Set(findings.map(({ id }) => id))]

/** What a ban may do: it is reported, no port gets a wrong state, and what was open stays open. */
function expectBan({ report, status }: { report: ReportJson; status: number | null }, id: string): void {
  const { open = [], closed, filtered, unknown } = report.hosts[0]?.ports ?? {}
  expect(idsOf(report)).toContain(id)
  expect(idsOf(report)).not.toContain('required-port-not-open')
  expect([report.verdict, status]).toEqual(['inconclusive', 3])
  for (const { port } of open) expect(FIVE).toContain(port)
  for (const port of [...listPorts(closed ?? ''), ...listPorts(filtered ?? '')])
    expect(FIVE).not.toContain(port)
  expect(unknown?.map(({ reason }) => reason)).toContain(id)
}

const after = (count: number, verdict: string) =>
  `${SYN} limit rate over 1/hour burst ${count} packets ${verdict}`

const BANS: [string, HostSpec][] = [
  ['ICMP port-unreachable after 350 connections', { firewall: [after(350, 'reject')], sysctl: UNLIMITED }],
  ['resets after 350 connections', { firewall: [after(350, 'reject with tcp reset')] }],
  ['resets after 1,200 connections', { firewall: [after(1_200, 'reject with tcp reset')] }],
]

describe.skipIf(missing).concurrent('a ban that refuses', () => {
  test.each(BANS.flatMap(([name, host]) => runs.map((run) => [name, run, host] as const)))(
    '%s (run %i): what came after it is unknown, and nothing is called missing',
    async (_name, _run, host) => {
      await using lab = await buildLab({ host: { listen: FIVE, ...host } })
      const policy = `scan: { ports: "1-3400", identify: false }\nhosts: { $host: { allow: [${FIVE}], require: [22, 17321] } }`
      expectBan(await lab.check(policy), 'started-refusing')
    },
    TIMEOUT_MS,
  )
})

const LIMITS: [string, HostSpec][] = [
  [
    '200 SYNs a second',
    { firewall: [`${SYN} limit rate over 200/second burst 20 packets reject with tcp reset`] },
  ],
  [
    '60 connections a second',
    { firewall: [`${SYN} limit rate over 60/second burst 60 packets reject with tcp reset`] },
  ],
  [
    '200 SYNs a second, by ICMP',
    { firewall: [`${SYN} limit rate over 200/second burst 20 packets reject`], sysctl: UNLIMITED },
  ],
]

describe.skipIf(missing).concurrent('a limit that refuses what is over it', () => {
  test.each(LIMITS.flatMap(([name, host]) => runs.map((run) => [name, run, host] as const)))(
    '%s (run %i): exactly the right ports',
    async (_name, _run, host) => {
      await using lab = await buildLab({ host: { listen: FIVE, ...host } })
      const { report } = await lab.check(
        'scan: { ports: [1-300, 443, 5432, 8080, 17321], identify: false }\nhosts: { $host: [] }',
      )
      expect(describePorts(report)).toBe(`open ${FIVE}; closed 299`)
    },
    TIMEOUT_MS,
  )
})

describe
  .skipIf(missing)
  .concurrent('a ban after the ports were probed, and before they are asked again', () => {
    test.each([
      ['silence', ['drop'], 'went-silent'],
      ['resets', ['meta l4proto tcp reject with tcp reset'], 'started-refusing'],
    ])(
      '%s: what was open stays so',
      async (_name, ban, id) => {
        const silent = { listen: [80], firewall: ['tcp dport != 80 drop'] }
        // More open ports than there are control ports: the others are not probed again.
        const open = [443, ...Array.from({ length: 20 }, (_, index) => 1_001 + index), 6379]
        await using lab = await buildLab({ host: { listen: open }, other: silent })
        const policy =
          'hosts: { $host: [443, 1001-1020], $other: [80] }\nenvironments:\n  e:\n    endpoints:\n' +
          '      - { host: $host, ports: [443, 6379, 1001-1020, 1-30], identify: false }\n      - { host: $other, ports: "1-9000", identify: false }'
        const { report, status } = await lab.check(policy, async () => {
          await sleep(2_500)
          lab.setFirewall('host', ban)
        })
        expect(report.hosts[0]?.ports.open.map(({ port }) => port)).toEqual(open)
        expect(idsOf(report)).toEqual(['unexpected-open-port', id])
        expect([report.verdict, status]).toEqual(['fail', 1])
      },
      TIMEOUT_MS,
    )

    test(
      'a service that stops while the others go on is closed',
      async () => {
        const silent = { listen: [80], firewall: ['tcp dport != 80 drop'] }
        await using lab = await buildLab({ host: { listen: [443, 6379] }, other: silent })
        const policy =
          'hosts: { $host: [443], $other: [80] }\nenvironments:\n  e:\n    endpoints:\n' +
          '      - { host: $host, ports: [443, 6379], identify: false }\n      - { host: $other, ports: "1-9000", identify: false }'
        const { report } = await lab.check(policy, async () => {
          await sleep(2_500)
          lab.setFirewall('host', ['tcp dport 6379 reject with tcp reset'])
        })
        expect(describePorts(report)).toBe('open 443; closed 1')
        expect(report.verdict).toBe('pass')
      },
      TIMEOUT_MS,
    )
  })

describe.skipIf(missing).concurrent('a firewall that accepts the handshake and refuses what follows', () => {
  test.each(['port-unreachable', 'host-unreachable', 'admin-prohibited'])(
    'by %s: the port is open',
    async (code) => {
      const firewall = [`tcp flags & (syn | rst) == 0 reject with icmp ${code}`]
      await using lab = await buildLab({ host: { listen: FIVE, firewall, sysctl: UNLIMITED } })
      const { report } = await lab.check(
        'scan: { ports: [1-21, 443, 5432, 8080, 17321], identify: false }\nhosts: { $host: [] }',
      )
      expect(describePorts(report)).toBe('open 443,5432,8080,17321; closed 21')
    },
    TIMEOUT_MS,
  )
})

describe.skipIf(missing).concurrent('one address, and three hosts behind it', () => {
  test.each(runs)(
    'one of which has Redis open (run %i)',
    async () => {
      const elsewhere = 'tcp dport 6379 ct state new numgen random mod 3 != 0 redirect to :9'
      await using lab = await buildLab({ host: { listen: [443, 6379], nat: [elsewhere] } })
      const { report } = await lab.check(
        'scan: { ports: [1-1000, 6379], identify: false }\nhosts: { $host: [443] }',
      )
      expect(report.findings).toMatchObject([{ id: 'unexpected-open-port', port: 6379 }])
    },
    TIMEOUT_MS,
  )
})

describe.skipIf(missing).concurrent('refusals that are scarce', () => {
  test.each(runs)(
    'a firewall that rejects as it does by default, one ICMP message a second (run %i)',
    async () => {
      const firewall = [`tcp dport != { ${FIVE.join()} } meta l4proto tcp reject`]
      await using lab = await buildLab({ host: { listen: FIVE, firewall } })
      const { report } = await lab.check(`scan: { identify: false }\nhosts: { $host: [${FIVE}] }`)
      expect(report.verdict).toBe('pass')
      expect(report.hosts[0]?.ports.open.map(({ port }) => port)).toEqual(FIVE.slice(0, 4))
      expect(report.hosts[0]?.ports.unknown).toEqual([])
    },
    TIMEOUT_MS,
  )
})
