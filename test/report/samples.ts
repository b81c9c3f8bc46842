/** Reports as a run makes them, for the tests of every renderer. Names and addresses are those for documentation. */
import { createHash } from 'node:crypto'
import type {
  CanaryResult,
  CatalogueEntry,
  Finding,
  FindingArgs,
  FindingId,
  FindingOf,
  Place,
  Report,
  ReportHost,
} from '../../src/model.ts'

/** When the baseline of the samples ran. */
const SINCE = '2026-05-03T06:00:00.000Z'

const POLICY = '.github/port-policy.yml'

const REDIS = {
  service: 'redis',
  name: 'Redis',
  ports: [6379],
  category: 'database',
  severity: 'critical',
  why: 'Redis trusts whoever can reach it: without a password anyone can read and write all keys, and run code through modules.',
  remedy: 'Bind Redis to a private address and block the port at the firewall.',
  sources: [],
} satisfies CatalogueEntry

const ALLOWANCE = { allowance: '443', key: 'www.example.com' }

const CANARY: CanaryResult = {
  host: 'status.example.com',
  port: 443,
  outcome: { state: 'filtered', reason: 'no-response' },
}

/** Particulars of a finding of each id. */
const ARGS: FindingArgs = {
  'unexpected-open-port': {
    risk: REDIS,
    rating: 'answer',
    suggestion: { host: 'db.example.com', kept: [], port: 6379, service: 'redis', documents: [] },
  },
  'denied-open-port': { risk: REDIS, rating: 'answer', denied: '6379' },
  'expired-allowance': { risk: REDIS, rating: 'answer', expires: '2026-04-30' },
  'required-port-not-open': {},
  'wrong-service': { risk: REDIS, rating: 'answer', wanted: ['ssh', 'http'] },
  'undocumented-allowance': { ...ALLOWANCE, risk: REDIS, from: 'high', lacks: [{ key: 'owner' }] },
  'policy-loosened': {
    change: {
      direction: 'loosened',
      part: 'allow',
      severity: 'critical',
      message: 'allows 6379 (Redis or Valkey, critical) on every host under `*.example.com`',
    },
  },
  'unresolved-host': { detail: 'no such name', some: false },
  'unreachable-host': {},
  'silent-run': { canaries: [CANARY] },
  'went-silent': { ports: [{ from: 905, to: 1204 }] },
  'started-refusing': { ports: [{ from: 905, to: 1204 }] },
  'canary-not-open': { canary: CANARY },
  'answers-everywhere': { open: 1204, own: 1 },
  'unidentified-service': { ports: [{ from: 22, to: 22 }], why: 'silent' },
  'incomplete-scan': { ports: [{ from: 905, to: 1204 }], what: 'not-probed' },
  'missing-shard': {
    index: 3,
    of: 8,
    pairs: 2400,
    hosts: 2,
    named: [
      { endpoint: 'db.example.com', address: '192.0.2.10' },
      { endpoint: '192.0.2.11', address: '192.0.2.11' },
    ],
  },
  'unstated-coverage': { ports: [{ from: 905, to: 1204 }] },
  'stale-results': {
    file: 'scan.xml',
    tool: 'nmap',
    startedAt: '2026-06-13T03:00:00.000Z',
    stale: 'too-old',
  },
  'no-ipv6-here': { detail: 'ENETUNREACH' },
  'unreviewed-policy': { problem: 'the base has no `policy.yml`.' },
  'expiring-allowance': { ...ALLOWANCE, expires: '2026-05-16', days: 12 },
  'unused-allowance': ALLOWANCE,
  'addresses-differ': { addresses: [{ address: '192.0.2.1', open: [] }] },
  'untestable-port': { ports: [{ from: 25, to: 25 }] },
  cleartext: { answered: 'grafana', expected: 'http' },
  'certificate-expiring': { day: '2026-05-16', days: 12, hasExpired: false },
  'silent-host': {},
  'opened-since-baseline': { baseline: SINCE },
  'closed-since-baseline': { baseline: SINCE, answered: 'ssh' },
}

function at(line: number, column = 5): Place {
  return { file: POLICY, line, column }
}

/** What is particular to a finding of the samples. `why` and `remedy` are those of the service. */
export type Parts = Partial<Omit<FindingOf<'unexpected-open-port'>, 'id' | 'args'>> & {
  id?: FindingId
  args?: FindingArgs[FindingId]
  why?: string
  remedy?: string
}

/** A finding with what every finding has; its fingerprint comes from what it is about. */
export function makeFinding({
  id = 'unexpected-open-port',
  args,
  why,
  remedy,
  ...parts
}: Parts = {}): Finding {
  const facts = {
    kind: 'violation',
    severity: 'critical',
    endpoint: 'db.example.com',
    address: '192.0.2.10',
    port: 6379,
    service: 'redis',
    state: 'open',
    reason: 'syn-ack',
    place: at(4, 3),
    fails: true,
    ...parts,
  } as const
  const { environment, endpoint, address, port } = facts
  const identity = JSON.stringify([id, environment, endpoint, address, port])
  const fingerprint = createHash('sha256').update(identity).digest('hex').slice(0, 32)
  return {
    ...facts,
    id,
    args: args ?? makeArgs({ id, endpoint, address, port, service: facts.service, why, remedy }),
    fingerprint,
  } as Finding
}

function makeArgs({
  id = 'unexpected-open-port',
  endpoint,
  address,
  port = 6379,
  service,
  why,
  remedy,
}: Parts) {
  const risk = { ...REDIS, ...(why && { why }), ...(remedy && { remedy }) }
  const known = { ...ARGS[id], ...('risk' in ARGS[id] && { risk }) }
  if (!('suggestion' in known)) return known
  const host = (endpoint?.includes('/') ? address : endpoint) ?? ''
  return { ...known, suggestion: { ...known.suggestion, host, port, service } }
}

/** A host with nothing open on it. */
export function makeHost(parts: Partial<ReportHost> = {}): ReportHost {
  return {
    endpoint: 'db.example.com',
    address: '192.0.2.10',
    ports: { open: [], closed: '1-1204', filtered: '', unknown: [] },
    posture: 'A',
    ...parts,
  }
}

const web = makeHost({
  endpoint: 'www.example.com',
  address: '192.0.2.20',
  ports: {
    open: [
      { port: 80, service: 'http', product: 'nginx', reason: 'syn-ack', rttMs: 11.2 },
      {
        port: 443,
        service: 'https',
        product: 'nginx',
        reason: 'syn-ack',
        rttMs: 11.9,
        tls: {
          protocol: 'TLSv1.3',
          subject: 'www.example.com',
          issuer: 'Example CA',
          names: ['www.example.com', 'example.com'],
          validTo: '2027-03-01T00:00:00.000Z',
        },
      },
    ],
    closed: '1-79,81-442,444-1204',
    filtered: '',
    unknown: [],
  },
})

/** Two hosts that hold to the policy. */
export const pass: Report = {
  schemaVersion: 1,
  tool: { name: 'portgate', version: '0.1.0' },
  policy: { file: POLICY, hash: createHash('sha256').update('version: 1').digest('hex') },
  environments: [],
  startedAt: '2026-05-04T06:00:00.000Z',
  finishedAt: '2026-05-04T06:00:12.345Z',
  vantage: { platform: 'linux', node: 'v24.21.0', githubHosted: true, ipv6: false, fileDescriptors: 65_536 },
  seed: 4711,
  mode: 'enforce',
  verdict: 'pass',
  coverage: {
    endpoints: 2,
    addresses: 2,
    ports: 1204,
    probes: 2411,
    pairs: 2408,
    unknown: 0,
    skippedIpv6: [],
  },
  hosts: [web, makeHost()],
  findings: [],
  policyChanges: [],
}

/** A critical service open, an allowance that has run out, a medium port below `fail-on`, and two notes. */
export const fail: Report = {
  ...pass,
  environments: ['production'],
  verdict: 'fail',
  coverage: {
    ...pass.coverage,
    endpoints: 3,
    addresses: 3,
    probes: 3651,
    pairs: 3612,
    skippedIpv6: ['2001:db8::20'],
  },
  hosts: [
    makeHost({
      environment: 'production',
      posture: 'F',
      ports: {
        open: [
          { port: 6379, service: 'redis', product: 'Redis 7.2.4', reason: 'syn-ack', rttMs: 12.5 },
          { port: 8080, service: 'http', product: 'Apache Tomcat', reason: 'syn-ack', rttMs: 12.7 },
        ],
        closed: '1-6378,6380-8079,8081-9000',
        filtered: '',
        unknown: [],
      },
    }),
    { ...web, environment: 'production' },
    makeHost({
      environment: 'production',
      endpoint: 'bastion.example.com',
      address: '192.0.2.30',
      posture: 'B',
      ports: {
        open: [
          { port: 22, service: 'ssh', product: 'OpenSSH_9.2p1 Debian-2', reason: 'syn-ack', rttMs: 13.1 },
        ],
        closed: '',
        filtered: '1-21,23-1204',
        unknown: [],
      },
    }),
  ],
  findings: [
    makeFinding({ environment: 'production' }),
    makeFinding({
      id: 'expired-allowance',
      severity: 'medium',
      environment: 'production',
      why: 'Public SSH servers are tried with guessed passwords all day.',
      remedy: 'Let only known addresses reach it.',
      endpoint: 'bastion.example.com',
      address: '192.0.2.30',
      port: 22,
      service: 'ssh',
      place: at(9, 9),
    }),
    makeFinding({
      severity: 'low',
      environment: 'production',
      port: 8080,
      service: 'http',
      why: 'A web server beside a database is often an admin page that was meant for the inside.',
      remedy: 'Close the port.',
      fails: false,
    }),
    makeFinding({
      id: 'expiring-allowance',
      kind: 'note',
      severity: 'info',
      environment: 'production',
      endpoint: 'www.example.com',
      address: undefined,
      port: 80,
      service: undefined,
      state: undefined,
      reason: undefined,
      place: at(6, 12),
      fails: false,
    }),
    makeFinding({
      id: 'unused-allowance',
      kind: 'note',
      severity: 'info',
      environment: 'production',
      endpoint: undefined,
      address: undefined,
      port: 8443,
      service: undefined,
      state: undefined,
      reason: undefined,
      place: at(12, 12),
      fails: false,
    }),
  ],
}

/** One name that did not resolve, and a scan that its time limit ended. */
export const inconclusive: Report = {
  ...pass,
  verdict: 'inconclusive',
  coverage: { ...pass.coverage, addresses: 1, pairs: 2408, unknown: 1504 },
  hosts: [
    makeHost({
      endpoint: 'www.example.com',
      address: '192.0.2.20',
      ports: {
        open: web.ports.open,
        closed: '1-79,81-442,444-904',
        filtered: '',
        unknown: [{ ports: '905-1204', reason: 'time-limit' }],
      },
    }),
  ],
  findings: [
    makeFinding({
      id: 'unresolved-host',
      kind: 'doubt',
      severity: 'high',
      address: undefined,
      port: undefined,
      service: undefined,
      state: undefined,
      reason: undefined,
    }),
    makeFinding({
      id: 'incomplete-scan',
      kind: 'doubt',
      severity: 'high',
      endpoint: 'www.example.com',
      address: '192.0.2.20',
      port: undefined,
      service: undefined,
      state: 'unknown',
      reason: 'time-limit',
      place: undefined,
    }),
  ],
}

/** The failing report in audit mode. */
export const audit: Report = { ...fail, mode: 'audit' }

/** A pull request that allows a critical service, and takes a denial out. */
export const review: Report = {
  ...pass,
  policy: { ...pass.policy, ref: 'main' },
  findings: [
    makeFinding({
      id: 'policy-loosened',
      kind: 'note',
      endpoint: '*.example.com',
      address: undefined,
      service: undefined,
      state: undefined,
      reason: undefined,
      fails: false,
    }),
  ],
  policyChanges: [
    {
      direction: 'loosened',
      part: 'allow',
      severity: 'critical',
      hosts: ['*.example.com'],
      ports: '6379',
      message: 'allows 6379 (Redis or Valkey, critical) on every host under `*.example.com`',
      place: at(4),
    },
    {
      direction: 'loosened',
      part: 'deny',
      severity: 'critical',
      environments: ['production'],
      hosts: ['10.0.0.0/8'],
      ports: '23',
      message: 'no longer denies 23 (Telnet, critical) on every address in `10.0.0.0/8`, in `production`',
      before: at(7),
    },
    {
      direction: 'tightened',
      part: 'endpoints',
      severity: 'high',
      hosts: ['api.example.com'],
      message: 'scans `api.example.com`',
      place: at(9),
    },
  ],
}

/** No endpoint gave an address. */
export const nothingScanned: Report = {
  ...pass,
  coverage: { endpoints: 0, addresses: 0, ports: 0, probes: 0, pairs: 0, unknown: 0, skippedIpv6: [] },
  hosts: [],
}

/** What somebody may try, in every notation that a reader of the output interprets. */
export const HOSTILE = [
  '::error file=x,line=1::owned',
  '\n::stop-commands::abc\r::add-mask::e\n##[error]owned ##[group]x',
  '\u001b[31m\u001b]8;;https://evil.example\u0007red\u001b[2J',
  'left\u202egnp.exe \u2066iso\u2069 \u200e\u200f\u061c',
  'zero\u200bwidth\u2060\ufeff\u00ad\u2028line\u2029para\u0085next',
  '::set-output name=verdict::pass',
  '</td></tr></table></details><script>alert(1)</script>',
  '<script>alert(1)</script><img src=x onerror=alert(1)><!-- portgate --><details>',
  '| a | b |\n|---|---|\n| c | d |',
  '`code` ``two`` ```js\nalert(1)\n``` \\`',
  '**bold** _it_ ~~del~~ # head\n# head\n- item\n> [!NOTE]\n> quote',
  '[link](https://evil.example) ![img](https://evil.example/x.png) [^1] [x]: https://evil.example',
  'https://evil.example www.evil.example ftp://evil.example mailto:a@evil.example a@evil.example',
  '@octocat #123 octo/repo#1 GH-12 :smile: :+1: 2001:db8:a:b::1 $x^2$ $`y`$',
  '&lt;b&gt; &#60;i&#62; &colon; \\| \\\\| a\\',
  '::',
  '\ud800 lone \udc00',
]

/** The failing report with hostile text wherever a report has text. */
const hostile: Report = makeHostile(HOSTILE.join(' '))

/** A report in which every free text is `text`. */
export function makeHostile(text: string): Report {
  const moved = { environment: text, endpoint: text, address: text, port: 22, before: text, after: text }
  const tls = { protocol: text, subject: text, issuer: text, names: [text], validTo: text }
  const risk = {
    ...REDIS,
    name: text,
    why: text,
    remedy: text,
    isPolicysRemedy: true as const,
    alternative: text,
  }
  const guess = { name: text, isPolicys: false, seen: { product: text, service: text } }
  const suggestion = { host: text, kept: [text], environment: text, port: 6379, service: text, documents: [] }
  const about = {
    place: { file: text, line: 3, column: 1 },
    environment: text,
    endpoint: text,
    address: text,
    searchDomain: text,
    service: text,
    port: undefined,
    fails: false,
  }
  const ignored = { reason: text, owner: text, expires: '2026-06-30', place: about.place }
  return {
    ...fail,
    tool: { name: 'portgate', version: text },
    policy: { file: text, ref: text, hash: text },
    environments: [text, text],
    vantage: { platform: text, node: text, githubHosted: false, ipv6: false },
    results: [{ file: text, tool: text, version: text, startedAt: fail.startedAt, others: 1 }],
    coverage: { ...fail.coverage, unknown: 3, skippedIpv6: [text, text] },
    hosts: [
      {
        environment: text,
        endpoint: text,
        address: text,
        posture: 'F',
        ports: {
          open: [{ port: 6379, service: text, product: text, tls, reason: 'syn-ack', rttMs: 1 }],
          closed: '',
          filtered: '',
          unknown: [{ ports: '1-3', reason: 'aborted' }],
        },
      },
    ],
    drift: {
      // Whatever reads a baseline takes nothing but times for these.
      baseline: { file: text, startedAt: SINCE, finishedAt: SINCE },
      opened: [moved],
      closed: [moved],
      changed: [moved],
      notSeenBefore: [moved],
      resolved: 1,
    },
    findings: [
      makeFinding({
        ...about,
        port: 6379,
        fails: true,
        novelty: 'known',
        since: SINCE,
        args: { risk, setting: text, rating: 'usual', guess, suggestion },
      }),
      makeFinding({
        ...about,
        kind: 'doubt',
        id: 'unresolved-host',
        severity: 'high',
        args: { detail: text, some: false },
      }),
      makeFinding({ ...about, kind: 'note', id: 'silent-host', severity: 'info', ignored }),
    ],
    policyChanges: (['loosened', 'tightened'] as const).map((direction) => ({
      direction,
      part: 'allow',
      severity: 'critical',
      environments: [text],
      hosts: [text],
      ports: '22',
      message: text,
      place: { file: text, line: 3, column: 1 },
    })),
  }
}

/** 5,000 findings, each on a port and with a cause of its own so that none can be grouped, on 5,000 addresses. */
export const huge: Report = {
  ...fail,
  coverage: {
    ...fail.coverage,
    endpoints: 20,
    addresses: 5000,
    probes: 6_020_000,
    pairs: 6_020_000,
    skippedIpv6: [],
  },
  hosts: Array.from({ length: 5000 }, (_, index) =>
    makeHost({
      endpoint: `host-${index}.example.com`,
      address: `2001:db8::${(index + 1).toString(16)}`,
      posture: 'F',
      ports: {
        open: [{ port: 1000 + index, service: 'redis', reason: 'syn-ack', rttMs: 9 }],
        closed: '1-999',
        filtered: '',
        unknown: [],
      },
    }),
  ),
  findings: Array.from({ length: 5000 }, (_, index) =>
    makeFinding({
      severity: index < 100 ? 'critical' : 'high',
      endpoint: `host-${index}.example.com`,
      address: `2001:db8::${(index + 1).toString(16)}`,
      port: 1000 + index,
      why: `Cause ${index}k. ${REDIS.why}`,
      place: at(10 + (index % 40)),
    }),
  ),
  policyChanges: Array.from({ length: 5000 }, (_, index) => ({
    direction: 'loosened',
    part: 'allow',
    severity: 'critical',
    hosts: [`host-${index}.example.com`],
    ports: '6379',
    message: `allows 6379 (Redis or Valkey, critical) on \`host-${index}.example.com\``,
    place: at(10 + index),
  })),
}

/** The same service on twelve addresses of two endpoints. */
export const repeated: Report = {
  ...fail,
  findings: Array.from({ length: 12 }, (_, index) => {
    const endpoint = index < 8 ? '192.0.2.0/24' : 'cache.example.com'
    const address = `192.0.2.${40 + index}`
    return makeFinding({
      endpoint,
      address,
      place: at(index < 8 ? 4 : 7),
    })
  }),
}

const moved = { environment: 'production', endpoint: 'db.example.com', address: '192.0.2.10' }

/** `fail`, held against a report of the day before: Redis is new, SSH is known and does not fail, and the rest is what else may be. */
export const compared: Report = {
  ...fail,
  findings: fail.findings.map((finding) => {
    if (finding.kind !== 'violation') return finding
    if (finding.port === 6379) return { ...finding, novelty: 'new', since: fail.startedAt }
    if (finding.port === 8080) return { ...finding, novelty: 'not-seen-before', since: fail.startedAt }
    return { ...finding, novelty: 'known', since: '2026-04-02T06:00:00.000Z', fails: false }
  }),
  drift: {
    baseline: { file: 'report.json', startedAt: SINCE, finishedAt: SINCE },
    opened: [
      { ...moved, port: 6379, after: 'redis' },
      { ...moved, endpoint: 'www.example.com', address: '192.0.2.20', port: 443, after: 'https' },
    ],
    closed: [{ ...moved, port: 22, before: 'ssh' }],
    changed: [{ ...moved, port: 8443, before: 'http', after: 'grafana' }],
    notSeenBefore: [8080, 8081, 8082].map((port) => ({ ...moved, port, after: 'http' })),
    resolved: 2,
  },
}

/** All of them, by name. */
export const samples: Record<string, Report> = {
  pass,
  fail,
  inconclusive,
  review,
  audit,
  nothingScanned,
  hostile,
  huge,
  repeated,
  compared,
}
