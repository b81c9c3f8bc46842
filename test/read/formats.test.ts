import { describe, expect, test } from 'vitest'
import { fixture, judgeFiles, listFindings, listHosts } from './reading.ts'

const FOUR = `hosts:
  10.77.0.2: [22, 80, 443]
  10.77.1.2: [22]
  10.77.2.2: [443, 8080]
  10.77.3.2: []
scan: { ports: [22, 80, 443, 5432, 6379, 8080] }
`
const TWO = `hosts:
  10.77.0.2: [22, 80, 443]
  10.77.1.2: [22]
scan: { ports: [22, 80, 443, 5432, 6379] }
`
const NAMED = `hosts: { www.example.com: [22, 80, 443] }
scan: { ports: [22, 80, 443] }
`
const LOOPBACK = `hosts: { 127.0.0.1: [8000, 8443, 9443] }
scan: { ports: [8000, 8001, 8002, 8443, 9443] }
`

const REDIS = 'unexpected-open-port 10.77.0.2:6379'
const POSTGRES = 'unexpected-open-port 10.77.1.2:5432'

const OF_SILENT = '1-1024,5432,6379,8080'

/** The fixture, the policy, what of each host is seen, and the findings. */
const CASES: [file: string, policy: string, hosts: string[], findings: string[]][] = [
  [
    'nmap.xml',
    FOUR,
    [
      '10.77.0.2: open 22, 80, 443, 6379; closed 1-21,23-79,81-442,444-1024,5432,8080',
      '10.77.1.2: open 22, 5432; filtered 1-21,23-1024,6379,8080',
      '10.77.2.2: open 443, 8080; closed 200-442,444-1024,5432,6379; filtered 1-199',
      `10.77.3.2: filtered ${OF_SILENT}`,
    ],
    [REDIS, POSTGRES],
  ],
  [
    'nmap-open.xml',
    FOUR,
    [
      '10.77.0.2: open 22, 80, 443; closed 5432; unknown 6379,8080 not-stated',
      '10.77.1.2: open 22, 5432; filtered 80,443; unknown 6379,8080 not-stated',
      '10.77.2.2: open 443; closed 5432; filtered 22,80; unknown 6379,8080 not-stated',
      '10.77.3.2: unknown 22,80,443,5432,6379,8080 not-stated',
    ],
    [
      POSTGRES,
      'unstated-coverage 10.77.0.2',
      'unstated-coverage 10.77.1.2',
      'unstated-coverage 10.77.2.2',
      'unstated-coverage 10.77.3.2',
    ],
  ],
  [
    'nmap-timeout.xml',
    TWO,
    [
      '10.77.0.2: unknown 22,80,443,5432,6379 host-timeout',
      '10.77.1.2: unknown 22,80,443,5432,6379 host-timeout',
    ],
    ['incomplete-scan 10.77.0.2', 'incomplete-scan 10.77.1.2'],
  ],
  [
    'nmap-names.xml',
    NAMED,
    ['www.example.com 10.77.0.2: open 22, 80, 443', 'www.example.com 10.77.1.2: open 22; filtered 80,443'],
    [],
  ],
  [
    'nmap-first-address.xml',
    NAMED,
    ['www.example.com 10.77.1.2: open 22; filtered 80,443'],
    ['unstated-coverage www.example.com'],
  ],
  [
    'nmap-services.xml',
    LOOPBACK,
    [
      '127.0.0.1: open 8000 http (SimpleHTTPServer 0.6), 8443 https in TLS (OpenSSL s_server -www httpd), 9443 tls in TLS; closed 8001-8002',
    ],
    [],
  ],
  [
    'nmap-udp.xml',
    'hosts: { 10.77.0.2: [22, 80, 443] }\nscan: { ports: [22, 80, 443, 53] }\n',
    ['10.77.0.2: open 22, 80, 443; unknown 53 not-stated'],
    ['unstated-coverage 10.77.0.2'],
  ],
  [
    'nmap-ipv6.xml',
    'hosts: { "fd77:1::2": [22, 80, 443] }\nscan: { ports: [22, 80] }\n',
    ['fd77:1::2: open 22, 80, 443'],
    [],
  ],
  [
    'nmap-all-ports.xml',
    'hosts: { 10.77.0.2: [22, 80, 443] }\nscan: { ports: all }\n',
    ['10.77.0.2: open 22, 80, 443, 6379; closed 1-21,23-79,81-442,444-6378,6380-65535'],
    [REDIS],
  ],
  [
    'nmap-verbose.gnmap',
    FOUR,
    [
      '10.77.0.2: open 22, 80, 443, 6379; closed 1-21,23-79,81-442,444-1024,5432,8080',
      '10.77.1.2: open 22, 5432; filtered 1-21,23-1024,6379,8080',
      '10.77.2.2: open 443, 8080; unknown 1-442,444-1024,5432,6379 not-stated',
      `10.77.3.2: filtered ${OF_SILENT}`,
    ],
    [REDIS, POSTGRES, 'unstated-coverage 10.77.2.2'],
  ],
  [
    'nmap.gnmap',
    TWO,
    [
      '10.77.0.2: open 22, 80, 443, 6379; unknown 5432 not-stated',
      '10.77.1.2: open 22, 5432; unknown 80,443,6379 not-stated',
    ],
    [REDIS, POSTGRES, 'unstated-coverage 10.77.0.2', 'unstated-coverage 10.77.1.2'],
  ],
  [
    'nmap-services.gnmap',
    LOOPBACK,
    [
      '127.0.0.1: open 8000 http (SimpleHTTPServer 0.6 (Python 3.11.7)), 8443 https in TLS (OpenSSL s_server -www httpd (command line: s_server -quiet -www -accept 127.0.0.1:8443 -key key.pem), 9443 tls in TLS; closed 8001-8002',
    ],
    [],
  ],
  [
    'nmap-timeout.gnmap',
    TWO,
    [
      '10.77.0.2: unknown 22,80,443,5432,6379 host-timeout',
      '10.77.1.2: unknown 22,80,443,5432,6379 host-timeout',
    ],
    ['incomplete-scan 10.77.0.2', 'incomplete-scan 10.77.1.2'],
  ],
  ...['masscan.json', 'masscan.ndjson', 'masscan.xml'].map((file): (typeof CASES)[number] => [
    file,
    TWO,
    [
      '10.77.0.2: open 22, 80, 443, 6379; unknown 5432 not-stated',
      '10.77.1.2: unknown 22,80,443,5432,6379 not-stated',
    ],
    [REDIS, 'unstated-coverage 10.77.0.2', 'unstated-coverage 10.77.1.2'],
  ]),
  [
    'masscan.gnmap',
    'hosts: { 10.77.0.2: [22, 80, 443] }\nscan: { ports: [22, 80, 443, 444, 6379] }\n',
    ['10.77.0.2: open 22, 80, 443, 6379; filtered 1-21,23-79,81-442,444-1024'],
    [REDIS],
  ],
  [
    'naabu.json',
    TWO,
    [
      '10.77.0.2: open 22, 80, 443, 6379; unknown 5432 not-stated',
      '10.77.1.2: open 22, 5432; unknown 80,443,6379 not-stated',
    ],
    [REDIS, POSTGRES, 'unstated-coverage 10.77.0.2', 'unstated-coverage 10.77.1.2'],
  ],
  [
    'naabu-names.json',
    NAMED,
    [
      'www.example.com 10.77.1.2: open 22; unknown 80,443 not-stated',
      'www.example.com 10.77.0.2: open 22, 80, 443',
    ],
    ['unstated-coverage www.example.com', 'unstated-coverage 10.77.1.2'],
  ],
  [
    'rustscan.txt',
    TWO,
    [
      '10.77.0.2: open 22, 80, 443, 6379; unknown 5432 not-stated',
      '10.77.1.2: open 22, 5432; unknown 80,443,6379 not-stated',
    ],
    [REDIS, POSTGRES, 'unstated-coverage 10.77.0.2', 'unstated-coverage 10.77.1.2'],
  ],
]

describe('what each scanner has written', () => {
  test.each(CASES)('%s', async (file, policy, hosts, findings) => {
    const judgement = await judgeFiles({ policy, files: [fixture(file)] })
    expect(listHosts(judgement)).toEqual(hosts)
    expect(listFindings(judgement).sort()).toEqual(findings.toSorted())
  })

  test.each(CASES)('%s, byte by byte', async (file, policy) => {
    const bytes = fixture(file)
    const pieces = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))
    const [whole, piecewise] = await Promise.all(
      [bytes, pieces].map((one) => judgeFiles({ policy, files: [one] })),
    )
    expect(piecewise).toEqual(whole)
  })

  test.each([
    ['nmap.xml', 'nmap', '7.93', '2026-11-26T11:43:58.000Z', '2026-11-26T11:44:04.000Z'],
    ['nmap.gnmap', 'nmap', '7.93', '2026-11-26T11:45:01.000Z', '2026-11-26T11:45:07.000Z'],
    ['masscan.xml', 'masscan', undefined, '2026-11-26T11:46:04.000Z', '2026-11-26T11:46:12.000Z'],
    ['masscan.json', 'masscan', undefined, '2026-11-26T11:45:51.000Z', '2026-11-26T11:45:52.000Z'],
    ['masscan.ndjson', 'masscan', undefined, '2026-11-26T11:45:55.000Z', '2026-11-26T11:45:57.000Z'],
    ['masscan.gnmap', 'masscan', '1.3.2', '2026-11-26T11:46:12.000Z', '2026-11-26T11:48:02.000Z'],
    ['naabu.json', 'naabu', undefined, '2026-11-26T11:57:50.839Z', '2026-11-26T11:57:50.839Z'],
    ['rustscan.txt', 'RustScan', undefined, undefined, undefined],
  ])('%s says whose it is, and when it was', async (file, tool, version, startedAt, finishedAt) => {
    const { scan } = await judgeFiles({ policy: TWO, files: [fixture(file)] })
    expect(scan.results).toMatchObject([{ file: '1', tool }])
    expect(scan.results?.[0]?.version).toBe(version)
    expect(scan.results?.[0]?.startedAt).toBe(startedAt)
    expect(scan.results?.[0]?.finishedAt).toBe(finishedAt)
  })
})

describe("masscan's older -oJ", () => {
  const record = (port: number) =>
    `{   "ip": "10.77.0.2",   "timestamp": "1467158400", "ports": [ {"port": ${port}, "proto": "tcp", "status": "open", "reason": "syn-ack", "ttl": 48} ] },\n`
  const read = (text: string) => judgeFiles({ policy: TWO, files: [text] })

  test.each([
    ['1.0.4', `${record(22)}${record(6379)}{finished: 1}\n`],
    ['1.0.5', `[\n${record(22)}${record(6379)}]\n`],
  ])('of %s is read', async (_, text) => {
    expect(listHosts(await read(text))[0]).toBe('10.77.0.2: open 22, 6379; unknown 80,443,5432 not-stated')
  })

  test.each([`${record(22)}`, `[\n${record(22)}`, `[\n${record(22).replace(',\n', '\n')}`])(
    '%j was cut off',
    async (text) => {
      await expect(read(text)).rejects.toThrow(/^1:\d+:1: the file ends here/)
    },
  )

  test('a scan that has found nothing has scanned nothing that it states', async () => {
    expect(listFindings(await read('{finished: 1}\n'))).toEqual([
      'unstated-coverage 10.77.0.2',
      'unstated-coverage 10.77.1.2',
    ])
  })
})
