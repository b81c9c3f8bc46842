import type { Report } from '../src/model.ts'
import { ALL_PORTS, formatRanges, subtractRanges, toRanges } from '../src/port-ranges.ts'
import { judgeSituation, NOW, reviewSituation, type Situation } from '../test/judge/case.ts'
import { HOSTILE, huge, makeHostile, pass } from '../test/report/samples.ts'

/** A run worth a picture. */
interface PictureCase {
  name: string
  title: string
  /** What it shows, for the page. */
  about: string
  report: Report
}

/** How long a pictured scan took. */
const TOOK_MS = 12_345

const WEB = 'open 80=http 443=tls+https^2026-09-01; closed 1-79,81-442,444-65535'

const MIXED: Situation = {
  policy: `
hosts:
  www.example.com: { require: [80, 443] }
  bastion.example.com:
    allow:
      - { port: 22, service: ssh, owner: "@example/platform", expires: 2026-05-31 }
    deny: [3389]
  git.example.com:
    allow:
      - { port: 22, service: ssh }
      - { port: 443, expires: 2026-06-20 }
  old.example.com: [80]
`,
  seen: `
    www.example.com 192.0.2.20: open 80=http; closed 1-79,81-442,444-65535; filtered 443
    bastion.example.com 192.0.2.30: open 22=ssh 3389=ms-wbt-server; closed 1-21,23-3388,3390-65535
    git.example.com 192.0.2.40: open 22=http 443=tls+https^2026-06-25; closed 1-21,23-442,444-65535
    old.example.com 192.0.2.50: closed 1-65535`,
}

/** Typical runs. What was seen is made up; what is said of it is the judge's own. */
export const pictureCases: PictureCase[] = [
  {
    name: 'pass',
    title: 'Everything is as the policy says',
    about: 'Two hosts, and nothing open but what the policy allows.',
    report: report({
      policy: 'hosts: { www.example.com: [80, 443], db.example.com: [] }',
      seen: `www.example.com 192.0.2.20: ${WEB}\ndb.example.com 192.0.2.10: closed 1-65535`,
    }),
  },
  {
    name: 'critical',
    title: 'One critical port',
    about: 'Redis answers on a host on which nothing may be open.',
    report: report({
      policy: 'hosts:\n  www.example.com: [80, 443]\n  db.example.com: []\n',
      seen: `www.example.com 192.0.2.20: ${WEB}\ndb.example.com 192.0.2.10: open 6379=redis; closed 1-6378,6380-65535`,
    }),
  },
  {
    name: 'loosened',
    title: 'A pull request that loosens the policy',
    about: 'No forbidden port is open, but the new policy would allow more; `fail-on-loosening: high`.',
    report: report({
      before: `
hosts:
  "*.example.com": [80, 443]
  db.example.com: { deny: [5432] }
  bastion.example.com: { allow: [{ port: 22, service: ssh, expires: 2026-07-01 }] }
environments:
  production: { endpoints: [www.example.com, db.example.com, bastion.example.com] }
`,
      policy: `
fail-on: high
hosts:
  "*.example.com": [80, 443, 5432, 8000-8010]
  bastion.example.com: { allow: [{ port: 22, service: ssh, expires: 2026-12-31 }] }
environments:
  production: { endpoints: [www.example.com, bastion.example.com], hosts: { www.example.com: { require: [443] } } }
`,
      seen: `production/www.example.com 192.0.2.20: ${WEB}
production/bastion.example.com 192.0.2.30: open 22=ssh; closed 1-21,23-65535`,
    }),
  },
  {
    name: 'since',
    title: 'What is new since the last run',
    about:
      'Compared with the report of the day before (`baseline`, `known-violations: warn`): Redis is new and fails; SSH was open before, and does not fail.',
    report: report({
      policy: 'hosts:\n  www.example.com: [80, 443, 8443]\n  db.example.com: []\n',
      seen: `www.example.com 192.0.2.20: open 22=ssh 80=http 443=tls+https^2026-09-01 8443=grafana; closed 1-21,23-79,81-442,444-8442,8444-65535
db.example.com 192.0.2.10: open 6379=redis; closed 1-6378,6380-65535`,
      knownViolations: 'warn',
      earlier: {
        policy: 'hosts:\n  www.example.com: [80, 443, 8443]\n  db.example.com: []\n',
        seen: `www.example.com 192.0.2.20: open 22=ssh 80=http 443=tls+https^2026-09-01 8443=http; closed 1-21,23-79,81-442,444-8442,8444-65535
db.example.com 192.0.2.10: open 3306=mysql; closed 1-3305,3307-65535`,
      },
    }),
  },
  {
    name: 'many-hosts',
    title: 'Many hosts',
    about: 'A block of addresses: each cause is reported once, with all its addresses.',
    report: report({
      policy: `
hosts:
  203.0.113.0/27: [443]
environments:
  production: { endpoints: [203.0.113.0/27] }
`,
      seen: Array.from({ length: 32 }, (_, index) => {
        const open = ['443=tls+https^2026-09-01']
        if (index % 4 === 1) open.unshift('22=ssh')
        if (index % 8 === 3) open.push('9200=elasticsearch')
        if (index % 16 === 5) open.push('2375=docker')
        const ports = open.map((one) => Number.parseInt(one, 10))
        const closed = subtractRanges([ALL_PORTS], toRanges(ports))
        return `production/203.0.113.0/27 203.0.113.${index}: open ${open.join(' ')}; closed ${formatRanges(closed)}`
      }).join('\n'),
    }),
  },
  {
    name: 'mixed',
    title: 'Denied, expired, missing, and another service',
    about: 'Four hosts with four kinds of violations, and notes.',
    report: report(MIXED),
  },
  {
    name: 'inconclusive',
    title: 'What could not be seen',
    about: 'No violation, but three doubts: the check is inconclusive.',
    report: report({
      policy: 'hosts:\n  www.example.com: [80, 443]\n  db.example.com: [5432]\n  app.example.com: [443]\n',
      seen: `
        www.example.com 192.0.2.20: open 80=http 443=tls+https; closed 1-79,81-442,444-904; unknown 905-65535 time-limit
        app.example.com 192.0.2.60: filtered 1-65535`,
      unseen: [
        {
          endpoint: 'db.example.com',
          kind: 'unresolved',
          detail: 'no such name, or it has no address (ENOTFOUND)',
        },
      ],
      stopped: 'time-limit',
    }),
  },
  {
    name: 'audit',
    title: 'Audit mode',
    about: 'The same four hosts; the check passes and says what would fail.',
    report: { ...report(MIXED), mode: 'audit' },
  },
  {
    name: 'tarpit',
    title: 'A host that answers everywhere',
    about: 'One doubt, not 1,476 open ports.',
    report: report({
      policy: 'hosts:\n  www.example.com: [80, 443]\n  shop.example.com: [443]\n',
      seen: `www.example.com 192.0.2.20: ${WEB}\nshop.example.com 192.0.2.70: open ${Array.from({ length: 200 }, (_, index) => index + 1).join(' ')}; everywhere`,
    }),
  },
  {
    name: 'after-deploy',
    title: 'After a deploy: the service is not there',
    about: 'A required port is closed on one of two addresses.',
    report: report({
      policy: `
hosts:
  "*.staging.example.com": { require: [443] }
environments:
  staging: { endpoints: [api.staging.example.com] }
`,
      seen: `
        staging/api.staging.example.com 198.51.100.7: open 443=tls+https; closed 1-442,444-65535
        staging/api.staging.example.com 198.51.100.8: closed 1-65535`,
    }),
  },
  {
    name: 'hostile',
    title: 'Hostile text',
    about:
      'Every text is an attack: on the log, on Markdown and HTML, with mentions and invisible characters.',
    report: makeHostile([HOSTILE[0], HOSTILE[3], HOSTILE[5], HOSTILE[9], HOSTILE[11]].join(' ')),
  },
  {
    name: 'too-many',
    title: 'Too many to fit',
    about:
      '5,000 findings, of which the picture shows the first: a summary has room for a million bytes, a comment for 65,536 characters. The worst come first, and what is left out is counted.',
    report: huge,
  },
]

/** A run in which this was seen. */
function report(about: Situation): Report {
  const situation = { ...about, file: '.github/port-policy.yml' }
  const judged = judgeSituation(situation)
  const environments = [...new Set(judged.hosts.flatMap(({ environment }) => environment ?? []))]
  const open = judged.hosts.reduce((sum, { ports }) => sum + ports.open.length, 0)
  // Each port once, and open ones again.
  const coverage = { ...judged.coverage, probes: judged.coverage.pairs + open }
  // The time that expiry dates and baselines are compared with.
  const days = { startedAt: NOW, finishedAt: new Date(Date.parse(NOW) + TOOK_MS).toISOString() }
  return { ...pass, ...judged, ...days, coverage, environments, policyChanges: reviewSituation(situation) }
}
