import { describe, expect, test } from 'vitest'
import { judgeSituation, type Situation } from './case.ts'

const POLICY = 'hosts:\n  h.example.com: [443]\n'

/** Violations as `novelty id port`, with `!` in front of what fails, and since when where it is not today. */
function compare(earlier: Partial<Situation>, later: Partial<Situation>): string[] {
  const { findings } = judgeSituation({
    policy: POLICY,
    knownViolations: 'warn',
    ...later,
    earlier: { policy: POLICY, ...earlier },
  })
  return findings
    .filter(({ kind }) => kind === 'violation')
    .map(({ novelty, id, port, address, fails, since, alike }) => {
      const where = alike ? alike.ports.map(({ from, to }) => `${from}-${to}`).join() : port
      const day = since?.startsWith('2026-06-15') ? '' : ` since ${since?.slice(0, 10)}`
      return `${fails ? '!' : ''}${novelty} ${id} ${where ?? ''} ${address ?? ''}`.trim() + day
    })
}

const one = (seen: string) => ({ seen: `h.example.com 192.0.2.1: ${seen}` })

describe('a violation is', () => {
  test.each<[what: string, before: Partial<Situation>, now: Partial<Situation>, expected: string[]]>([
    [
      'known where the baseline has it',
      one('open 22=ssh; closed 80'),
      one('open 22=ssh; closed 80'),
      ['known unexpected-open-port 22 192.0.2.1 since 2026-06-14'],
    ],
    [
      'new where the port was closed, or filtered',
      one('closed 22; filtered 80; open 443'),
      one('open 22=ssh 80=http 443'),
      ['!new unexpected-open-port 22 192.0.2.1', '!new unexpected-open-port 80 192.0.2.1'],
    ],
    [
      'not seen before where it was unknown, or was not probed',
      one('unknown 22; open 443'),
      one('open 22=ssh 80=http 443'),
      [
        '!not-seen-before unexpected-open-port 22 192.0.2.1',
        '!not-seen-before unexpected-open-port 80 192.0.2.1',
      ],
    ],
    [
      'new where Redis answers in place of SSH, though the port was open',
      one('open 16379=ssh'),
      one('open 16379=redis'),
      ['!new unexpected-open-port 16379 192.0.2.1'],
    ],
    [
      'new where it has become more severe',
      one('open 16379'),
      one('open 16379=redis'),
      ['!new unexpected-open-port 16379 192.0.2.1'],
    ],
    [
      'known where nothing tells any more what answers, and it is no worse',
      one('open 6379=redis'),
      one('open 6379'),
      ['known unexpected-open-port 6379 192.0.2.1 since 2026-06-14'],
    ],
    [
      'new where the policy has come to deny it',
      one('open 22=ssh'),
      { policy: 'hosts:\n  h.example.com: { allow: [443], deny: [22] }\n', ...one('open 22=ssh') },
      ['!new denied-open-port 22 192.0.2.1'],
    ],
    [
      'new where the policy allowed it then',
      { policy: 'hosts:\n  h.example.com: [22, 443]\n', ...one('open 22=ssh') },
      one('open 22=ssh'),
      ['!new unexpected-open-port 22 192.0.2.1'],
    ],
    [
      'not seen before in another environment',
      {
        policy: `${POLICY}environments: { p: { endpoints: [h.example.com] } }\n`,
        seen: 'p/h.example.com 192.0.2.1: open 22=ssh',
      },
      {
        policy: `${POLICY}environments: { q: { endpoints: [h.example.com] } }\n`,
        seen: 'q/h.example.com 192.0.2.1: open 22=ssh',
      },
      ['!not-seen-before unexpected-open-port 22 192.0.2.1'],
    ],
    [
      'known on another address of the name, if all that were seen had it',
      one('open 22=ssh'),
      { seen: 'h.example.com 192.0.2.7: open 22=ssh' },
      ['known unexpected-open-port 22 192.0.2.7 since 2026-06-14'],
    ],
    [
      'not seen before on another address of the name, if one had it not',
      { seen: 'h.example.com 192.0.2.1: open 22=ssh\nh.example.com 192.0.2.2: closed 22; open 443' },
      { seen: 'h.example.com 192.0.2.7: open 22=ssh' },
      ['!not-seen-before unexpected-open-port 22 192.0.2.7'],
    ],
    [
      'new on the second address of a name that had it on the first, though its fingerprint is the same',
      { seen: 'h.example.com 192.0.2.1: open 22=ssh\nh.example.com 192.0.2.2: closed 22; open 443' },
      { seen: 'h.example.com 192.0.2.1: open 22=ssh\nh.example.com 192.0.2.2: open 22=ssh 443' },
      ['!new unexpected-open-port 22 192.0.2.2', 'known unexpected-open-port 22 192.0.2.1 since 2026-06-14'],
    ],
    [
      'not seen before where the host answered everywhere',
      one('everywhere; open 22'),
      one('open 22=ssh'),
      ['!not-seen-before unexpected-open-port 22 192.0.2.1'],
    ],
    [
      'not seen before where nothing answered and something was allowed',
      one('filtered 22,443'),
      one('open 22=ssh; filtered 443'),
      ['!not-seen-before unexpected-open-port 22 192.0.2.1'],
    ],
    [
      'not seen before where the canary was not open, though the port was silent',
      { ...one('filtered 22; open 443'), canaries: ['filtered'] },
      one('open 22=ssh 443'),
      ['!not-seen-before unexpected-open-port 22 192.0.2.1'],
    ],
    [
      'known where a required port is still missing, and new where another is',
      {
        policy: 'hosts:\n  h.example.com: { require: [443, 80] }\n',
        ...one('closed 443; open 80=http'),
      },
      { policy: 'hosts:\n  h.example.com: { require: [443, 80] }\n', ...one('closed 80,443; open 22') },
      [
        '!new required-port-not-open 80 192.0.2.1',
        '!not-seen-before unexpected-open-port 22 192.0.2.1',
        'known required-port-not-open 443 192.0.2.1 since 2026-06-14',
      ],
    ],
  ])('%s', (_, before, now, expected) => {
    expect(compare(before, now).sort()).toEqual(expected.sort())
  })

  test('known since the first of several reports that had it', () => {
    const first = { policy: POLICY, ...one('open 22=ssh'), now: '2026-06-01T12:00:00Z' }
    const second = { ...one('open 22=ssh'), earlier: first }
    expect(compare(second, one('open 22=ssh'))).toEqual([
      'known unexpected-open-port 22 192.0.2.1 since 2026-06-01',
    ])
  })

  test('as strict as ever, unless known violations are to warn', () => {
    const later = { ...one('open 22=ssh'), knownViolations: 'fail' } as const
    expect(compare(one('open 22=ssh'), later)).toEqual([
      '!known unexpected-open-port 22 192.0.2.1 since 2026-06-14',
    ])
  })
})

describe('where findings of a host are told together', () => {
  const list = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => `${from + index}=redis`).join(' ')

  test('a new port does not hide among known ones', () => {
    const before = one(`open ${list(9000, 9119)}; closed 9120-9130`)
    const lines = compare(before, one(`open ${list(9000, 9120)}; closed 9121-9130`))
    expect(lines).toEqual([
      '!new unexpected-open-port 9120 192.0.2.1',
      'known unexpected-open-port 9000-9119 192.0.2.1 since 2026-06-14',
    ])
  })

  test('nor do many, which have a fingerprint of their own', () => {
    const before = one(`open ${list(9000, 9119)}; closed 9120-9130`)
    const later = { policy: POLICY, ...one(`open ${list(9000, 9129)}; closed 9130`) }
    const { findings } = judgeSituation({ ...later, earlier: { policy: POLICY, ...before } })
    const violations = findings.filter(({ kind }) => kind === 'violation')
    expect(violations.map(({ novelty }) => novelty)).toEqual(['new', 'known'])
    expect(new Set(violations.map(({ fingerprint }) => fingerprint)).size).toBe(2)
    // What is known keeps the fingerprint that it has without a baseline.
    const [alone] = judgeSituation(later).findings
    const [first] = judgeSituation({ policy: POLICY, ...before }).findings
    expect(violations[1]?.fingerprint).toBe(first?.fingerprint)
    expect(alone?.fingerprint).toBe(first?.fingerprint)
  })

  test('ports are known though each was told for itself before, or will be', () => {
    const [few, many] = [one(`open ${list(9000, 9089)}; closed 9090-9130`), one(`open ${list(9000, 9119)}`)]
    const known = compare(few, many)
    expect(known).toEqual([
      '!new unexpected-open-port 9090-9119 192.0.2.1',
      'known unexpected-open-port 9000-9089 192.0.2.1 since 2026-06-14',
    ])
    expect(compare(many, few).every((line) => line.startsWith('known '))).toBe(true)
  })
})

describe('violations of the policy itself', () => {
  const risky = (allow: string) =>
    `risky-allowances: { from: high, need: [owner] }\nhosts:\n  h.example.com: [${allow}]\n`

  test('an allowance without an owner is known, and another one is new', () => {
    const before = { policy: risky('6379'), ...one('closed 6379,27017') }
    expect(compare(before, { policy: risky('6379, 27017'), ...one('closed 6379,27017') })).toEqual([
      '!new undocumented-allowance 27017',
      'known undocumented-allowance 6379 since 2026-06-14',
    ])
  })

  test('a loosening is never known: the next commit of a pull request must not be excused by the one before', () => {
    const loosened = {
      policy: 'hosts:\n  h.example.com: [443, 6379]\n',
      before: POLICY,
      ...one('open 443=https'),
    }
    expect(compare(loosened, loosened)).toEqual(['!new policy-loosened 6379'])
  })
})

describe('what has changed', () => {
  const driftOf = (earlier: Partial<Situation>, later: Partial<Situation>) =>
    judgeSituation({ policy: POLICY, ...later, earlier: { policy: POLICY, ...earlier } }).drift

  test('is told by port, with what answered', () => {
    const drift = driftOf(
      one('open 22=ssh 80=http 443=https; closed 8080; unknown 9000'),
      one('open 80=ssh 443=https 8080=http 9000; filtered 22'),
    )
    const host = { endpoint: 'h.example.com', address: '192.0.2.1' }
    expect(drift).toEqual({
      baseline: {
        file: 'report.json',
        startedAt: '2026-06-14T12:00:00.000Z',
        finishedAt: '2026-06-14T12:00:00.000Z',
      },
      opened: [{ ...host, port: 8080, after: 'http' }],
      closed: [{ ...host, port: 22, before: 'ssh' }],
      changed: [{ ...host, port: 80, before: 'http', after: 'ssh' }],
      notSeenBefore: [{ ...host, port: 9000 }],
      resolved: 1,
    })
  })

  test('counts as gone only what this run has seen', () => {
    const before = one('open 22=ssh 23=telnet 25=smtp; closed 80')
    expect(driftOf(before, one('closed 22; unknown 23; open 443=https'))?.resolved).toBe(1)
    expect(driftOf(before, { seen: 'h.example.com 192.0.2.9: closed 22,23,25; open 443' })?.resolved).toBe(0)
    // Nothing answers where something is allowed: nobody knows.
    expect(driftOf(before, one('filtered 22,23,25,443'))).toMatchObject({ closed: [], resolved: 0 })
  })

  test('is no closed port where the host answers everywhere', () => {
    const drift = driftOf(one('open 22=ssh; closed 80'), one('everywhere; open 80; closed 22'))
    expect(drift).toMatchObject({ opened: [], closed: [], notSeenBefore: [] })
  })

  test('does not tell of the addresses of a name that come and go', () => {
    const drift = driftOf(one('open 443=https; closed 22'), {
      seen: 'h.example.com 192.0.2.9: open 22=ssh 443=https',
    })
    expect(drift?.notSeenBefore.map(({ port }) => port)).toEqual([22])
  })
})
