import { gzipSync } from 'node:zlib'
import type { Log, Result } from 'sarif'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Finding, FindingId, Report } from '../../src/model.ts'
import { FINDINGS } from '../../src/report/findings.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { isCommand, UNPRINTABLE } from './reading.ts'
import { fail, HOSTILE, huge, makeFinding, makeHostile, type Parts, pass, samples } from './samples.ts'
import { HAS_VALIDATOR, validateSarif } from './validate-sarif.ts'

const ORIGIN = { repository: 'https://github.com/example/portgate', ref: 'v1' }
const IDS = Object.keys(FINDINGS) as FindingId[]

const read = (report: Report): Log => JSON.parse(renderSarif(report, ORIGIN).text)
const readRun = (report: Report) => read(report).runs[0]
const results = (findings: Finding[], report: Partial<Report> = {}): Result[] =>
  readRun({ ...pass, ...report, findings })?.results ?? []
const rules = (report: Report) => readRun(report)?.tool.driver.rules ?? []

/** A finding of each id, with the kind that it has. */
const one = (id: FindingId): Finding =>
  makeFinding({ id, kind: FINDINGS[id].kind, severity: FINDINGS[id].severity })

/** More findings than code scanning keeps, in texts that no compression makes smaller. */
const overlong: Report = {
  ...huge,
  findings: Array.from({ length: 6_000 }, (_, index) =>
    makeFinding({ port: index + 1, why: noise(index, 2_000), remedy: noise(-index, 2_000) }),
  ),
}

/** Letters that look random, the same for the same seed. */
function noise(seed: number, length: number): string {
  let state = seed + 1
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return String.fromCodePoint(0x4e00 + ((state >> 8) % 20_000))
  }).join('')
}

describe("Microsoft's validator", () => {
  const reports: Record<string, Report> = {
    ...samples,
    everyFinding: { ...fail, findings: IDS.map(one) },
    everyHostileText: { ...fail, findings: HOSTILE.flatMap((text) => makeHostile(text).findings) },
    placeless: { ...pass, findings: IDS.map((id) => ({ ...one(id), place: undefined })) },
    baseline: {
      ...pass,
      policy: { file: 'built-in:web', hash: '' },
      findings: [makeFinding({ place: undefined })],
    },
    overlong,
  }
  const names = Object.keys(reports)
  // The rules of the standard take long with thousands of results, and say of the last what they say of the first.
  const small = names.filter((name) => !['huge', 'overlong'].includes(name))
  const render = (which: string[], origin?: typeof ORIGIN) =>
    Object.fromEntries(which.map((name) => [name, renderSarif(reports[name] as Report, origin).text]))
  let remarks: Record<'github' | 'standard', Record<string, string[]>>

  beforeAll(async () => {
    if (!HAS_VALIDATOR) return
    const broken = read(fail)
    for (const result of broken.runs[0]?.results ?? []) result.locations = []
    const { everyFinding: unlinked = '' } = render(['everyFinding'])
    // The validator takes longer to start than to read a file more.
    const github = { ...render(names, ORIGIN), unlinked, broken: JSON.stringify(broken) }
    remarks = {
      github: await validateSarif(github, 'Ghas'),
      standard: await validateSarif(render(small, ORIGIN), 'Sarif'),
    }
  }, 120_000)

  const only = test.skipIf(!HAS_VALIDATOR)
  const where = HAS_VALIDATOR ? '' : ' (SKIPPED: the validator runs on Linux x64)'

  only.each(names)(`has no error and no warning, by GitHub's rules, of %s${where}`, (name) => {
    expect(remarks.github[name]).toEqual([])
  })

  only.each(small)(`nor by the rules of the standard, of %s${where}`, (name) => {
    expect(remarks.standard[name]).toEqual([])
  })

  only(`nor by GitHub's rules where nobody knows what to link to${where}`, () => {
    expect(remarks.github.unlinked).toEqual([])
  })

  only(`refuses what GitHub refuses${where}`, () => {
    expect(remarks.github.broken).toContainEqual(expect.stringMatching(/^error/))
  })
})

describe('a rule', () => {
  test('is there for every finding, found or not', () => {
    expect(rules(pass).map(({ id }) => id)).toEqual(IDS)
  })

  test.each(IDS)('%s: says what it is within the limits, with a link to its heading', (id) => {
    const rule = rules(pass).find((rule) => rule.id === id)
    expect(rule?.shortDescription?.text.length).toBeLessThanOrEqual(1024)
    expect(rule?.fullDescription?.text.length).toBeLessThanOrEqual(1024)
    expect(rule?.help?.text).toContain(FINDINGS[id].remedy)
    expect(rule?.help?.markdown).toContain(`**What to do.** ${FINDINGS[id].remedy}`)
    expect(rule?.helpUri).toBe(`https://github.com/example/portgate/blob/v1/docs/findings.md#${id}`)
    expect(rule?.properties?.tags?.length).toBeLessThanOrEqual(10)
  })

  test('has no link where nobody knows where to', () => {
    const { driver } = JSON.parse(renderSarif(pass).text).runs[0].tool
    expect(driver.informationUri).toBeUndefined()
    expect(driver.rules[0].helpUri).toBeUndefined()
  })

  test.each([
    ['critical', '9.5'],
    ['high', '8.0'],
    ['medium', '5.5'],
    ['low', '2.0'],
    ['info', undefined],
  ] as const)('of a %s finding has the score %s', (severity, score) => {
    const [rule] = rules({ ...pass, findings: [makeFinding({ severity })] })
    expect(rule?.properties?.['security-severity']).toBe(score)
    expect(rule?.properties?.tags?.includes('security')).toBe(score !== undefined)
  })

  test('has the worst of its results, and each result its own', () => {
    const findings = [makeFinding({ severity: 'low' }), makeFinding({ severity: 'high', port: 1 })]
    expect(rules({ ...pass, findings })[0]?.properties?.['security-severity']).toBe('8.0')
    expect(results(findings).map(({ rank, properties }) => [rank, properties?.severity])).toEqual([
      [20, 'low'],
      [80, 'high'],
    ])
    expect(results(findings)[0]?.message.text).toContain('\nSeverity: low.\n')
  })
})

describe('the level', () => {
  test.each<[string, Parts, Report['mode'], string]>([
    ['a violation that fails', { fails: true }, 'enforce', 'error'],
    ['a violation below fail-on', { fails: false }, 'enforce', 'warning'],
    ['a doubt that fails', { kind: 'doubt', fails: true }, 'enforce', 'error'],
    ['a doubt that warns', { kind: 'doubt', fails: false }, 'enforce', 'warning'],
    ['a note', { kind: 'note', fails: false }, 'enforce', 'note'],
    ['a violation in audit mode', { fails: true }, 'audit', 'warning'],
    ['a doubt in audit mode', { kind: 'doubt', fails: true }, 'audit', 'warning'],
  ])('of %s', (_name, parts, mode, level) => {
    expect(results([makeFinding(parts)], { mode })[0]?.level).toBe(level)
  })
})

describe('the place', () => {
  const at = (file: string) => ({ file, line: 7, column: 3 })
  const locate = (finding: Parts, policy: string) => {
    const [result] = results([makeFinding(finding)], { policy: { file: policy, hash: '' } })
    const { artifactLocation, region } = result?.locations?.[0]?.physicalLocation ?? {}
    return [artifactLocation?.uri, artifactLocation?.uriBaseId, region?.startLine, region?.startColumn]
  }

  test.each<[string, Finding['place'], string, unknown[]]>([
    ['the policy line', at('ports/policy.yml'), 'x.yml', ['ports/policy.yml', '%SRCROOT%', 7, 3]],
    [
      'of a name with all sorts of characters',
      at('a b/ü:%#?.yml'),
      'x.yml',
      ['a%20b/%C3%BC%3A%25%23%3F.yml', '%SRCROOT%', 7, 3],
    ],
    ['of a finding without one', undefined, 'ports/policy.yml', ['ports/policy.yml', '%SRCROOT%', 1, 1]],
    ...['built-in:web', '/etc/policy.yml', 'C:/policy.yml', '../policy.yml', 'x'.repeat(1_001)].map(
      (file): [string, Finding['place'], string, unknown[]] => [
        `of a file outside of the repository, ${file.slice(0, 20)}`,
        at(file),
        file,
        ['.github/port-policy.yml', '%SRCROOT%', 1, 1],
      ],
    ),
  ])('%s', (_name, place, policy, expected) => {
    expect(locate({ place }, policy)).toEqual(expected)
  })
})

test.each(Object.keys(samples))('%s: every result has its rule, and a place on a line', (name) => {
  const run = readRun(samples[name] as Report)
  expect(run?.results).toHaveLength(samples[name]?.findings.length ?? 0)
  expect(run?.originalUriBaseIds).toHaveProperty('%SRCROOT%')
  for (const { ruleId, ruleIndex = -1, locations } of run?.results ?? []) {
    expect(run?.tool.driver.rules?.[ruleIndex]?.id).toBe(ruleId)
    const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {}
    expect(artifactLocation?.uri).toMatch(/^[^/:]+(\/[^/:]+)*$/)
    expect(region?.startLine).toBeGreaterThan(0)
  }
})

test('the fingerprint is that of the finding, under the name that code scanning reads', () => {
  const finding = makeFinding()
  expect(results([finding])[0]?.partialFingerprints).toEqual({ primaryLocationLineHash: finding.fingerprint })
})

describe('text from outside', () => {
  test.each(HOSTILE)('is seen, and is neither a link nor a placeholder, when every text is %j', (text) => {
    const { text: sarif } = renderSarif(makeHostile(text))
    expect(sarif).not.toMatch(UNPRINTABLE)
    expect(sarif.split('\n').filter(isCommand)).toEqual([])
    for (const { message, properties } of readRun(makeHostile(text))?.results ?? []) {
      expect(JSON.stringify(properties)).not.toMatch(UNPRINTABLE)
      expect(message.text).not.toMatch(UNPRINTABLE)
      expect(message.text).not.toContain('](')
      expect(message.text?.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/)
    }
  })

  test('keeps its braces and brackets', () => {
    const [result] = results([makeFinding({ why: 'a {0} [b](1) [::1]:80' })])
    expect(result?.message.text).toContain('. a {{0}} [b] (1) [::1]:80\n')
  })
})

describe("GitHub's limits", () => {
  test('5,000 results are kept as they are', () => {
    const { text, cut } = renderSarif(huge)
    expect(cut).toBeUndefined()
    expect(JSON.parse(text).runs[0].results).toHaveLength(5_000)
  })

  test('of more, the worst are kept, and it is said', () => {
    const { text, cut } = renderSarif({
      ...huge,
      findings: [...huge.findings, makeFinding({ severity: 'low' })],
    })
    const [run] = JSON.parse(text).runs
    expect(cut).toBe(
      'report.sarif has 5,000 of 5,001 findings, the worst of each host, as many as code scanning takes; report.json has all of them.',
    )
    expect(run.results).toHaveLength(5_000)
    expect(run.results.some(({ rank }: Result) => rank === 20)).toBe(false)
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      { level: 'warning', message: { text: cut } },
    ])
  })

  test('one host with thousands of findings leaves room for the others, and nothing that is left out counts as mended', () => {
    const tarpit = Array.from({ length: 6_000 }, (_, index) =>
      makeFinding({ severity: 'critical', endpoint: 't.example.com', address: '192.0.2.9', port: index + 1 }),
    )
    const other = makeFinding({
      severity: 'low',
      endpoint: 'h.example.com',
      address: '192.0.2.1',
      port: 8080,
    })
    const { text } = renderSarif({ ...fail, findings: [...tarpit, other] })
    const [run] = JSON.parse(text).runs
    expect(run.results).toHaveLength(5_000)
    expect(run.results.at(-1).properties.endpoint).toBe('h.example.com')
    expect(run.invocations[0].executionSuccessful).toBe(false)
  })

  test('10 MB, compressed, hold whatever the texts are', { timeout: 90_000 }, () => {
    const { text, cut } = renderSarif(overlong)
    expect(gzipSync(text).length).toBeLessThan(10_000_000)
    expect(Buffer.byteLength(text)).toBeGreaterThan(9_000_000)
    expect(cut).toMatch(/^report\.sarif has [\d,]+ of 6,000 findings, the worst of each host/)
  })
})
