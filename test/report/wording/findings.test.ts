import { describe, expect, test } from 'vitest'
import type { FindingId } from '../../../src/model.ts'
import { FINDINGS, wordFinding } from '../../../src/report/findings.ts'
import { plain } from '../../../src/report/wording/text.ts'
import { judgeSituation } from '../../judge/case.ts'
import { makeFinding, type Parts } from '../samples.ts'

function say(parts: Parts) {
  const { message, why, remedy } = wordFinding(makeFinding(parts))
  return { message: plain(message), why: plain(why), remedy: plain(remedy) }
}

const MESSAGES: [id: FindingId, message: string][] = [
  [
    'unexpected-open-port',
    'redis on port 6379 of db.example.com (192.0.2.10) is open, and no allowance covers it.',
  ],
  [
    'denied-open-port',
    'redis on port 6379 of db.example.com (192.0.2.10) is open although the policy denies 6379.',
  ],
  [
    'expired-allowance',
    'redis on port 6379 of db.example.com (192.0.2.10) is open; its allowance expired on 2026-04-30.',
  ],
  [
    'required-port-not-open',
    'Port 6379 of db.example.com (192.0.2.10) is required and open (syn-ack), even when tried again.',
  ],
  [
    'wrong-service',
    'Port 6379 of db.example.com (192.0.2.10) is allowed for ssh or http, but redis answers there.',
  ],
  [
    'undocumented-allowance',
    'The allowance of 443 for www.example.com covers Redis, which is critical, and has no `owner`.',
  ],
  [
    'policy-loosened',
    'This change allows 6379 (Redis or Valkey, critical) on every host under `*.example.com`.',
  ],
  ['unresolved-host', 'db.example.com could not be resolved: no such name.'],
  [
    'unreachable-host',
    'Nothing answered on db.example.com (192.0.2.10), although the policy allows something there.',
  ],
  [
    'silent-run',
    'No host answered anything in this run, and the canary status.example.com:443 was not open throughout the run (filtered, no-response).',
  ],
  [
    'went-silent',
    'db.example.com (192.0.2.10) stopped answering during the scan, even on ports that had answered before: 300 ports stayed unknown (905-1204).',
  ],
  [
    'started-refusing',
    'db.example.com (192.0.2.10) began to refuse connections during the scan, even on ports that had accepted them before: 300 ports stayed unknown (905-1204).',
  ],
  [
    'canary-not-open',
    'The canary status.example.com:443 was not open throughout the run (filtered, no-response).',
  ],
  [
    'answers-everywhere',
    'db.example.com (192.0.2.10) accepts connections on every port that is tried: 1204 of those probed, and ports that no service uses. On 1 of them a service was positively identified.',
  ],
  [
    'unidentified-service',
    'The service on port 22 of db.example.com (192.0.2.10) could not be identified: it said nothing that Portgate recognises.',
  ],
  ['incomplete-scan', '300 ports of db.example.com (192.0.2.10) stayed unknown (syn-ack): 905-1204.'],
  [
    'missing-shard',
    'Shard 3 of 8 is missing, so nothing is known about 2,400 ports on 2 hosts: db.example.com (192.0.2.10), 192.0.2.11.',
  ],
  [
    'unstated-coverage',
    'The results do not say that 300 ports of db.example.com (192.0.2.10) were scanned: 905-1204.',
  ],
  [
    'stale-results',
    'The results of nmap in scan.xml are older than `max-age` allows: the scan began 2026-06-13T03:00:00.000Z.',
  ],
  [
    'no-ipv6-here',
    '192.0.2.10 of db.example.com cannot be reached: this machine has no IPv6 route to it (ENETUNREACH).',
  ],
  ['unreviewed-policy', 'The effect of this change to the policy is unknown: the base has no `policy.yml`.'],
  ['expiring-allowance', 'The allowance of 443 for www.example.com ends in 12 days, on 2026-05-16.'],
  ['unused-allowance', 'The allowance of 443 for www.example.com is unused: no matching port is open.'],
  ['addresses-differ', 'The addresses of db.example.com have different ports open: 192.0.2.1 has none.'],
  ['untestable-port', 'Port 25 of db.example.com (192.0.2.10) cannot be tested from this runner.'],
  [
    'cleartext',
    'grafana answers unencrypted on port 6379 of db.example.com (192.0.2.10), where TLS is expected.',
  ],
  [
    'certificate-expiring',
    'The certificate on port 6379 of db.example.com (192.0.2.10) expires on 2026-05-16, in 12 days.',
  ],
  ['silent-host', 'Nothing answered on db.example.com (192.0.2.10), where the policy allows nothing.'],
  [
    'opened-since-baseline',
    'Port 6379 of db.example.com (192.0.2.10) is open (redis), and was not on 2026-05-03.',
  ],
  [
    'closed-since-baseline',
    'Port 6379 of db.example.com (192.0.2.10) is open, and was open (ssh) on 2026-05-03.',
  ],
]

describe('a finding says what is so', () => {
  test.each(MESSAGES)('%s', (id, message) => {
    expect(say({ id }).message).toBe(message)
  })

  test('of each id', () => {
    expect(MESSAGES.map(([id]) => id)).toEqual(Object.keys(FINDINGS))
  })
})

test.each([
  [
    '8443=grafana',
    'grafana answers unencrypted on port 8443 of h.example.com (192.0.2.1), where TLS is expected.',
  ],
  ['993=ftp', 'ftp answers unencrypted on port 993 of h.example.com (192.0.2.1), where imaps is expected.'],
])('of what is expected where %s is open', (open, message) => {
  const { findings } = judgeSituation({
    policy: 'hosts: { h.example.com: [993, 8443] }',
    seen: `h.example.com 192.0.2.1: open ${open}; closed 1-992`,
  })
  const [cleartext] = findings.filter(({ id }) => id === 'cleartext')
  expect(cleartext && plain(wordFinding(cleartext).message)).toBe(message)
})

test.each([
  ['2026-06-25', '2026-06-25T00:00:00Z', 'ends in 10 days,', 'expires on 2026-06-25, in 10 days.'],
  ['2026-06-16', '2026-06-16T23:59:59Z', 'ends tomorrow,', 'expires on 2026-06-16, tomorrow.'],
  ['2026-06-15', '2026-06-15T12:00:01Z', 'ends today,', 'expires on 2026-06-15, today.'],
  ['2026-06-15', '2026-06-15T11:59:59Z', 'ends today,', 'expired on 2026-06-15.'],
])('days are counted alike of an allowance until %s and a certificate until %s', (expires, end, ...said) => {
  const { findings } = judgeSituation({
    policy: `hosts: { h.example.com: [{ port: 443, expires: ${expires} }] }`,
    seen: `h.example.com 192.0.2.1: open 443=tls+https^${end}; closed 1-442`,
    now: '2026-06-15T12:00:00Z',
  })
  const messages = (['expiring-allowance', 'certificate-expiring'] as const).map((id) =>
    findings.filter((one) => one.id === id).map((one) => plain(wordFinding(one).message)),
  )
  expect(messages).toEqual(said.map((text) => [expect.stringContaining(text)]))
})

describe('where it is', () => {
  test.each<[what: string, parts: Parts, where: string]>([
    ['a name', {}, 'port 6379 of db.example.com (192.0.2.10)'],
    ['an address', { endpoint: '192.0.2.10' }, '192.0.2.10:6379'],
    ['an IPv6 address', { endpoint: '2001:db8::1', address: '2001:db8::1' }, '[2001:db8::1]:6379'],
    ['a block', { endpoint: '192.0.2.0/24' }, 'port 6379 of 192.0.2.10 (in 192.0.2.0/24)'],
    [
      'a name that a search domain was appended to',
      { searchDomain: 'corp.test' },
      'port 6379 of db.example.com (192.0.2.10, found through the search domain corp.test)',
    ],
  ])('%s', (_, parts, where) => {
    expect(say(parts).message).toBe(`redis on ${where} is open, and no allowance covers it.`)
  })
})

test('one that stands for others on its host says on which ports, and what the first is', () => {
  const alike = { ports: [{ from: 8000, to: 8004 }], first: 8000 }
  expect(say({ id: 'denied-open-port', port: undefined, alike }).message).toBe(
    '5 ports of db.example.com (192.0.2.10) are alike: 8000-8004. The first: redis on port 8000 of db.example.com (192.0.2.10) is open although the policy denies 6379.',
  )
})

test('one that stands for what is not told one by one says how many', () => {
  expect(say({ id: 'undocumented-allowance', more: 2_501 }).message).toBe(
    '2,501 more allowances lack what `risky-allowances` requires.',
  )
})
