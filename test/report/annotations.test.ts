import { describe, expect, test } from 'vitest'
import type { Finding, Report } from '../../src/model.ts'
import { type Annotation, toAnnotations } from '../../src/report/annotations.ts'
import { UNPRINTABLE } from './reading.ts'
import {
  fail,
  HOSTILE,
  huge,
  inconclusive,
  makeFinding,
  makeHostile,
  type Parts,
  pass,
  repeated,
  samples,
} from './samples.ts'

const annotate = (findings: Finding[]): Annotation[] => toAnnotations({ ...pass, findings })
const place = (line: number) => ({ file: '.github/port-policy.yml', line, column: 3 })

describe('the level', () => {
  test.each<[string, Parts, string | undefined]>([
    ['a violation that fails', { fails: true }, 'error'],
    ['a doubt that fails', { kind: 'doubt', fails: true }, 'error'],
    ['a violation below fail-on', { fails: false }, 'warning'],
    ['a doubt that warns', { kind: 'doubt', fails: false }, 'warning'],
    ['a note with a place', { kind: 'note', fails: false }, 'notice'],
    ['a note without a place', { kind: 'note', fails: false, place: undefined }, undefined],
  ])('of %s', (_name, parts, level) => {
    expect(annotate([makeFinding(parts)])[0]?.level).toBe(level)
  })

  test('comes worst first', () => {
    expect(toAnnotations(fail).map(({ level }) => level)).toEqual([
      'error',
      'error',
      'warning',
      'notice',
      'notice',
    ])
  })
})

describe('the place', () => {
  test('is the policy line', () => {
    expect(annotate([makeFinding({ place: place(7) })])[0]).toMatchObject(place(7))
  })

  test.each([
    ['a finding without one', undefined],
    ['the built-in policy', { file: 'built-in:web', line: 1, column: 1 }],
  ])('is absent for %s', (_name, where) => {
    const [annotation] = annotate([makeFinding({ place: where })])
    expect(annotation).toMatchObject({ level: 'error' })
    expect(Object.keys(annotation ?? {})).toEqual(['level', 'title', 'message'])
  })
})

describe('the text', () => {
  test('says by which policy was judged, where that is not the one that is checked out', () => {
    const report = { ...pass, policy: { ...pass.policy, ref: 'main' } }
    const findings = [
      makeFinding({ place: place(7) }),
      makeFinding({ id: 'policy-loosened', kind: 'note', fails: false, place: place(8) }),
    ]
    const [judged, reviewed] = toAnnotations({ ...report, findings })
    expect(judged?.message).toMatch(/\nJudged by the policy at main, in which this is line 7$/)
    expect(reviewed?.message).not.toContain('Judged by')
  })

  test('of one finding says what, why and the remedy', () => {
    const [annotation] = annotate([makeFinding()])
    expect(annotation?.title).toBe('critical: unexpected-open-port on db.example.com:6379')
    expect(annotation?.message).toMatch(
      /^redis on port .*\nWhy: Rated critical: .* Redis trusts .*\nRemedy: Bind Redis .*$/,
    )
  })

  test('of several lists ports as ranges, and addresses', () => {
    const findings = [6379, 6380, 6381, 7000].map((port) => makeFinding({ port, remedy: 'Close it.' }))
    const [annotation, ...others] = annotate(findings)
    expect(others).toEqual([])
    expect(annotation?.title).toBe('critical: unexpected-open-port on db.example.com ports 6379-6381, 7000')
    expect(annotation?.message).toMatch(
      /^4 findings: db\.example\.com ports 6379-6381, 7000 \(192\.0\.2\.10\)\n/,
    )
  })

  test('of one service on many addresses has one annotation a policy line', () => {
    const annotations = toAnnotations(repeated)
    expect(annotations.map(({ line }) => line)).toEqual([4, 7])
    expect(annotations[0]?.message).toMatch(/^8 findings: .*192\.0\.2\.40:6379 .* and 1 more, in /)
  })

  test.each(HOSTILE)('can be seen and is bounded when every text is %j', (text) => {
    for (const { title, message, file } of toAnnotations(makeHostile(text.repeat(400)))) {
      expect(`${title}${message}${file}`).not.toMatch(UNPRINTABLE)
      expect(title).not.toContain('\n')
      expect(title.length).toBeLessThanOrEqual(200)
      expect(message.length).toBeLessThan(16_000)
    }
  })
})

describe('more than GitHub shows', () => {
  const redis = (line: number, why?: string): Finding =>
    makeFinding({ place: place(line), endpoint: `db-${line}.example.com`, why })
  const lines = Array.from({ length: 11 }, (_, index) => index + 1)

  test('of one cause on many lines stands on nine of them, and the tenth says what else there is', () => {
    const annotations = annotate(lines.map((line) => redis(line)))
    expect(annotations.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, undefined])
    expect(annotations.at(-1)).toMatchObject({
      title: '2 more findings',
      message: expect.stringContaining('db-10.example.com:6379 and 1 more'),
    })
  })

  test('of several ids on few lines is one annotation a line, with each in a few words', () => {
    const findings = [1, 2, 3, 4, 5, 6].flatMap((line) => [
      redis(line, `Cause ${line}k.`),
      makeFinding({
        id: 'incomplete-scan',
        kind: 'doubt',
        place: place(line),
        endpoint: `db-${line}.example.com`,
        port: undefined,
      }),
    ])
    const annotations = annotate(findings)
    expect(annotations.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6])
    expect(annotations[0]?.title).toMatch(/^critical: unexpected-open-port, incomplete-scan on db-1/)
    expect(annotations[0]?.message).toMatch(
      /^2 findings: redis open on db-1\.example\.com:6379; scan of db-1\.example\.com incomplete\n/,
    )
  })

  test('however it is put together has the rest named', () => {
    const findings = lines.map((line) => ({ ...redis(line, `Cause ${line}k.`), port: 6370 + line }))
    const annotations = annotate(findings)
    expect(annotations.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, undefined])
    expect(annotations.at(-1)).toMatchObject({
      title: '2 more findings',
      message: expect.stringMatching(
        /^redis open on db-10\.example\.com:6380; redis open on db-11\.example\.com:6381\n/,
      ),
    })
  })
})

describe("GitHub's limits", () => {
  const lines = (count: number, parts: Parts) =>
    Array.from({ length: count }, (_, index) =>
      makeFinding({ ...parts, place: place(index + 1), why: `Cause ${index}k.` }),
    )

  test.each([
    ['error', { fails: true }],
    ['warning', { fails: false }],
    ['notice', { kind: 'note', fails: false }],
  ] as const)('ten of level %s all show', (_level, parts) => {
    const annotations = annotate(lines(10, parts))
    expect(annotations.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  test('of eleven, the tenth counts the rest, each finding of them', () => {
    const findings = [...lines(11, {}), makeFinding({ place: place(11), port: 1 })]
    const annotations = annotate(findings)
    expect(annotations).toHaveLength(10)
    expect(annotations.at(-1)).toMatchObject({ level: 'error', title: '3 more findings' })
    expect(annotations.at(-1)?.message).toContain('job summary')
  })

  test.each(Object.keys(samples))('%s: at most ten of a level', (name) => {
    const annotations = toAnnotations(samples[name] as Report)
    for (const level of ['error', 'warning', 'notice']) {
      expect(annotations.filter((annotation) => annotation.level === level).length).toBeLessThanOrEqual(10)
    }
  })

  test('thousands of findings leave none uncounted', () => {
    const annotations = toAnnotations(huge)
    const shown = annotations.map(({ title, message }) => {
      const [, many] =
        /^([\d,]+) (?:more )?findings/.exec(`${title.includes('more findings') ? title : message}`) ?? []
      return Number(many?.replace(',', '') ?? 1)
    })
    expect(shown.reduce((sum, count) => sum + count)).toBe(5000)
  })
})

test('doubts without a place still show', () => {
  expect(toAnnotations(inconclusive).map(({ level, file }) => [level, file])).toEqual([
    ['error', '.github/port-policy.yml'],
    ['error', undefined],
  ])
})

test('each loosening of one line of the policy is an annotation of its own, a notice unless it fails', () => {
  const loosened = (message: string, fails: boolean) =>
    makeFinding({
      id: 'policy-loosened',
      kind: fails ? 'violation' : 'note',
      args: { change: { direction: 'loosened', part: 'allow', severity: 'high', message } },
      fails,
      place: { file: 'p.yml', line: 3, column: 1 },
    })
  const findings = [
    loosened('allows one', true),
    loosened('allows two', false),
    loosened('allows three', false),
  ]
  expect(
    toAnnotations({ ...pass, findings }).map(({ level, message }) => [level, message.split('\n')[0]]),
  ).toEqual([
    ['error', 'This change allows one.'],
    ['notice', 'This change allows two.'],
    ['notice', 'This change allows three.'],
  ])
})
