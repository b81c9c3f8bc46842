import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { rateFacts } from '../../src/catalogue/rubric.ts'
import { services } from '../../src/catalogue/services/index.ts'
import type { RiskFacts } from '../../src/model.ts'

const page = readFileSync(new URL('../../docs/severity.md', import.meta.url), 'utf8')

/** The rubric as the page has it: auth, yields, severity. */
const rows = [...page.matchAll(/^\| `(none|weak|yes)` *\|(.*)\|$/gm)].flatMap(([, auth = '', cells = '']) =>
  ['control', 'data', 'some', 'hints', 'nothing'].map((yields, index) => [
    auth as RiskFacts['auth'],
    yields as RiskFacts['yields'],
    cells.split('|')[index]?.trim(),
  ]),
) as [RiskFacts['auth'], RiskFacts['yields'], string][]

test('the page has all of the rubric', () => expect(rows.length).toBe(15))

test.each(rows)('%s and %s is %s, as the page says', (auth, yields, severity) => {
  expect(rateFacts({ auth, yields, cleartext: false, exploited: false })).toBe(severity)
})

test.each<[RiskFacts, string]>([
  [{ auth: 'yes', yields: 'control', cleartext: false, exploited: true }, 'high'],
  [{ auth: 'yes', yields: 'some', cleartext: false, exploited: true }, 'medium'],
  [{ auth: 'yes', yields: 'some', cleartext: true, exploited: false }, 'medium'],
  [{ auth: 'yes', yields: 'hints', cleartext: true, exploited: false }, 'low'],
  [{ auth: 'none', yields: 'nothing', cleartext: true, exploited: true }, 'low'],
])('%j is %s', (facts, severity) => expect(rateFacts(facts)).toBe(severity))

test.each(services.map((entry) => [entry.service, entry] as const))(
  '%s has the severity of its facts',
  (_, entry) => {
    if (!entry.facts) throw new Error('no facts')
    expect(entry.severity).toBe(rateFacts(entry.facts))
  },
)

test.each(services.filter(({ facts }) => facts?.exploited).map((entry) => [entry.service, entry] as const))(
  '%s, which is said to be exploited, names a source for it',
  (_, { sources, why }) => {
    expect(`${why} ${sources.join(' ')}`).toMatch(
      /CVE-|cisa|\d{4}|botnet|ransom|worm|Mirai|guess|flaw|steal|thie/i,
    )
  },
)
