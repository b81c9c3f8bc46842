/** What is made of results beyond their formats: what is declared of them, their age, canaries, services, and hosts that answer everywhere. */
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/model.ts'
import { renderJson } from '../../src/report/json.ts'
import { toReportJson } from '../../src/report/report-json.ts'
import { samples } from '../report/samples.ts'
import { fixture, judgeFiles, listFindings, listHosts } from './reading.ts'

const RUSTSCAN = '10.77.0.2 -> [22,80]\n'
const POLICY = 'hosts: { 10.77.0.2: [22, 80], 10.77.0.3: [] }\nscan: { ports: [22, 80, 443] }\n'

describe('what results are declared to cover', () => {
  test('a list of open ports passes where all is declared', async () => {
    const judgement = await judgeFiles({ policy: POLICY, files: [RUSTSCAN], cover: ['10.77.0.0/24: all'] })
    expect(judgement.verdict).toBe('pass')
    expect(listHosts(judgement)).toEqual([
      '10.77.0.2: open 22, 80; filtered 443',
      '10.77.0.3: filtered 22,80,443',
    ])
  })

  test.each([
    ['10.77.0.2: all', ['unstated-coverage 10.77.0.3']],
    ['10.77.0.0/24: 22, 80', ['unstated-coverage 10.77.0.2', 'unstated-coverage 10.77.0.3']],
    ['10.77.0.0/24: [22, http, 443]', []],
  ])('%s', async (cover, findings) => {
    const judgement = await judgeFiles({ policy: POLICY, files: [RUSTSCAN], cover: [cover] })
    expect(listFindings(judgement)).toEqual(findings)
  })

  test('a required port that is not listed is missing', async () => {
    const policy = 'hosts: { 10.77.0.2: { require: [443], allow: [22, 80] } }\nscan: { ports: [22] }\n'
    const judgement = await judgeFiles({ policy, files: [RUSTSCAN], cover: ['10.77.0.2: all'] })
    expect(listFindings(judgement)).toEqual(['required-port-not-open 10.77.0.2:443'])
  })

  test('a name is covered by its name', async () => {
    const situation = {
      policy: 'hosts: { www.example.com: [22, 80, 443] }\nscan: { ports: [22] }\n',
      files: [fixture('nmap-first-address.xml')],
    }
    expect((await judgeFiles(situation)).verdict).toBe('inconclusive')
    expect((await judgeFiles({ ...situation, cover: ['*.example.com: all'] })).verdict).toBe('pass')
  })

  test('a host that was given up stays unknown', async () => {
    const judgement = await judgeFiles({
      policy: 'hosts: { 10.77.0.2: [] }\nscan: { ports: [22] }\n',
      files: [fixture('nmap-timeout.xml')],
      cover: ['10.77.0.2: all'],
    })
    expect(listFindings(judgement)).toEqual(['incomplete-scan 10.77.0.2'])
  })

  test('several files add up, and what one has seen open is open', async () => {
    const files = [fixture('nmap-all-ports.xml'), '10.77.0.2 -> [8081]\n']
    const judgement = await judgeFiles({ policy: 'hosts: { 10.77.0.2: [22, 80, 443, 6379] }\n', files })
    expect(listFindings(judgement)).toEqual(['unexpected-open-port 10.77.0.2:8081'])
  })

  test('hosts that no endpoint names are counted', async () => {
    const { scan } = await judgeFiles({ policy: POLICY, files: [fixture('nmap.xml')] })
    expect(scan.results).toMatchObject([{ others: 3 }])
  })
})

describe('how old results are', () => {
  const policy = 'hosts: { 10.77.0.2: [22, 80, 443, 6379] }\nscan: { ports: [22] }\n'
  const judge = async (file: string, maxAge: string, now: string) =>
    listFindings(await judgeFiles({ policy, files: [fixture(file)], cover: ['10.77.0.2: all'], maxAge, now }))

  test.each([
    ['nmap.xml', '24h', '2026-11-27T11:43:00Z', []],
    ['nmap.xml', '24h', '2026-11-27T11:44:00Z', ['stale-results']],
    ['nmap.xml', '2d', '2026-11-28T11:43:00Z', []],
    ['nmap.xml', '10m', '2026-11-26T12:00:00Z', ['stale-results']],
    ['nmap.xml', 'never', '2030-01-01T00:00:00Z', []],
    // A clock may be wrong by minutes.
    ['nmap.xml', '24h', '2026-11-26T11:40:00Z', []],
    ['nmap.xml', '24h', '2026-11-26T11:00:00Z', ['stale-results']],
    // 11:45 of some zone: the day began 14 hours before UTC's.
    ['nmap-verbose.gnmap', '24h', '2026-11-26T21:44:00Z', []],
    ['nmap-verbose.gnmap', '24h', '2026-11-26T21:46:00Z', ['stale-results']],
    ['rustscan.txt', '24h', '2026-11-26T12:00:00Z', ['stale-results']],
    ['rustscan.txt', 'never', '2026-11-26T12:00:00Z', []],
  ])('%s, at most %s, on %s', async (file, maxAge, now, expected) => {
    expect(await judge(file, maxAge, now)).toEqual(expected)
  })

  test('an allowance that has expired since does not hold', async () => {
    const expiring =
      'hosts: { 10.77.0.2: [80, 443, 6379, { port: 22, expires: 2026-11-26 }] }\nscan: { ports: [22] }\n'
    const on = (now: string) =>
      judgeFiles({ policy: expiring, files: [fixture('nmap.xml')], now }).then(listFindings)
    expect(await on('2026-11-26T23:00:00Z')).toEqual([])
    expect(await on('2026-11-27T01:00:00Z')).toEqual(['expired-allowance 10.77.0.2:22'])
  })
})

describe('a canary', () => {
  test.each([
    ['10.77.1.2:22', []],
    ['10.77.1.2:80', ['canary-not-open']],
    ['10.99.0.1:22', ['canary-not-open']],
  ])('%s', async (canary, expected) => {
    const policy = `hosts: { 10.77.0.2: [22, 80, 443, 6379] }\nscan: { ports: [22], canary: "${canary}" }\n`
    expect(
      listFindings(await judgeFiles({ policy, files: [fixture('nmap.xml')] })).map(
        (one) => one.split(' ')[0],
      ),
    ).toEqual(expected)
  })
})

/** nmap's XML of one host. */
function write(ports: number[], scanned: string, count: number, service = ''): string {
  const elements = ports.map(
    (port) => `<port protocol="tcp" portid="${port}"><state state="open" reason="syn-ack"/>${service}</port>`,
  )
  const rest = count - ports.length
  return `<nmaprun scanner="nmap" start="1795693438"><scaninfo protocol="tcp" numservices="${count}" services="${scanned}"/>
<host><status state="up"/><address addr="10.77.0.2" addrtype="ipv4"/><ports>${rest > 0 ? `<extraports state="closed" count="${rest}"/>` : ''}${elements.join('')}</ports></host>
<runstats><finished exit="success"/><hosts up="1" down="0"/></runstats></nmaprun>`
}

describe('what answers, by the names of the catalogue', () => {
  test.each([
    ['name="http" tunnel="ssl" method="probed"', 'https in TLS'],
    [
      'name="ms-wbt-server" product="Microsoft Terminal Services" method="probed"',
      'ms-wbt-server (Microsoft Terminal Services)',
    ],
    ['name="ssh" product="OpenSSH" version="9.2p1" method="probed"', 'ssh (OpenSSH 9.2p1)'],
    ['name="msrpc" method="probed"', 'epmap'],
    ['name="vnc" method="probed"', 'rfb'],
    ['name="smtp" tunnel="ssl" method="probed"', 'submissions in TLS'],
    ['name="redis" tunnel="ssl" method="probed"', 'redis in TLS'],
    [
      'name="http" product="Elasticsearch REST API" version="7.1" method="probed"',
      'elasticsearch (Elasticsearch REST API 7.1)',
    ],
    ['name="https" tunnel="ssl" method="table"', 'tls in TLS'],
    ['name="redis" method="table"', ''],
    ['name="tcpwrapped" method="probed"', ''],
    ['name="&#x9b;31m" product="&#10;::error::x" method="probed"', '?31m (::error::x)'],
  ])('%s', async (attributes, said) => {
    const files = [write([22], '22', 1, `<service ${attributes}/>`)]
    const judgement = await judgeFiles({
      policy: 'hosts: { 10.77.0.2: [22] }\nscan: { ports: [22] }\n',
      files,
    })
    expect(listHosts(judgement)).toEqual([`10.77.0.2: open ${`22 ${said}`.trim()}`])
  })

  test.each([
    ['', ['unidentified-service 10.77.0.2']],
    ['<service name="ssh" method="table"/>', ['unidentified-service 10.77.0.2']],
    ['<service name="ssh" method="probed"/>', []],
    ['<service name="redis" method="probed"/>', ['wrong-service 10.77.0.2:22']],
  ])('an allowance for ssh, and %s', async (service, expected) => {
    const files = [write([22], '22', 1, service)]
    const policy = 'hosts: { 10.77.0.2: [{ port: 22, service: ssh }] }\nscan: { ports: [22] }\n'
    expect(listFindings(await judgeFiles({ policy, files }))).toEqual(expected)
  })
})

describe('a host that answers everywhere is one finding', () => {
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index)
  const judge = async (open: number[]) =>
    listFindings(
      await judgeFiles({ policy: 'hosts: { 10.77.0.2: [22] }\n', files: [write(open, '1-65535', 65_535)] }),
    )

  test.each([
    ['on all ports', range(1, 65_535)],
    ['on a part of them', [22, ...range(1000, 1999)]],
  ])('%s', async (_, open) => {
    expect(await judge(open)).toEqual(['answers-everywhere 10.77.0.2'])
  })

  test('fifteen open ports are fifteen', async () => {
    expect((await judge(range(1000, 1014))).length).toBe(15)
  })
})

describe("Portgate's own report", () => {
  test('gives the findings of the run that wrote it', async () => {
    const policy = 'hosts: { 10.77.0.2: [22, 80, 443], 10.77.1.2: [22], 10.77.2.2: [443], 10.77.3.2: [] }\n'
    const first = await judgeFiles({ policy, files: [fixture('nmap.xml')] })
    const report = {
      ...(samples.pass as Report),
      hosts: first.hosts,
      findings: first.findings,
      policyChanges: [],
    }
    const text = renderJson(toReportJson(report))
    const again = await judgeFiles({ policy, files: [text] })
    expect(listHosts(again)).toEqual(listHosts(first))
    expect(again.findings.map(({ fingerprint }) => fingerprint)).toEqual(
      first.findings.map(({ fingerprint }) => fingerprint),
    )
    expect(again.scan.results).toMatchObject([{ tool: 'Portgate', version: report.tool.version }])
    for (let length = 0; length < text.trimEnd().length; length += 97)
      await expect(judgeFiles({ policy, files: [text.slice(0, length)] })).rejects.toThrow(/^1:\d+:\d+: /)
  })

  test('keeps what that run could not see', async () => {
    const { inconclusive } = samples
    const text = renderJson(toReportJson(inconclusive as Report))
    const policy = 'hosts: { db.example.com: [] }\n'
    expect((await judgeFiles({ policy, files: [text] })).verdict).not.toBe('pass')
  })
})
