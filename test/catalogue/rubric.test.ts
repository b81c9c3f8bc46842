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
  [{ auth: 'yes', yields: 'hints', cleartext: true, exploited: false }, 'medium'],
  [{ auth: 'yes', yields: 'control', cleartext: true, exploited: false }, 'high'],
  [{ auth: 'yes', yields: 'control', cleartext: 'content', exploited: false }, 'medium'],
  [{ auth: 'weak', yields: 'some', cleartext: true, exploited: false }, 'high'],
  [{ auth: 'weak', yields: 'data', cleartext: true, exploited: false }, 'critical'],
  [{ auth: 'weak', yields: 'data', cleartext: 'content', exploited: false }, 'high'],
  [{ auth: 'weak', yields: 'data', cleartext: false, exploited: true }, 'critical'],
  [{ auth: 'weak', yields: 'some', cleartext: false, exploited: true }, 'medium'],
  [{ auth: 'weak', yields: 'nothing', cleartext: true, exploited: false }, 'low'],
  [{ auth: 'none', yields: 'hints', cleartext: true, exploited: false }, 'medium'],
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

/**
 * The CVEs that the catalogue names and that are on CISA's list of known exploited vulnerabilities, version 2025.08.25:
 * https://github.com/cisagov/kev-data
 */
const KNOWN_EXPLOITED = new Set(
  `CVE-2014-6324 CVE-2014-8361 CVE-2015-1427 CVE-2016-3088 CVE-2016-3427 CVE-2017-0144 CVE-2017-5689 CVE-2017-6742
  CVE-2018-0171 CVE-2018-14847 CVE-2019-0708 CVE-2019-2725 CVE-2019-7238 CVE-2019-7609 CVE-2019-10149 CVE-2019-15107
  CVE-2019-17558 CVE-2020-1350 CVE-2020-1938 CVE-2020-5741 CVE-2020-10189 CVE-2020-11651 CVE-2020-13927 CVE-2020-14882
  CVE-2021-27877 CVE-2021-30116 CVE-2021-33044 CVE-2021-38647 CVE-2021-44228 CVE-2022-0543 CVE-2022-24706
  CVE-2022-26134 CVE-2022-27925 CVE-2023-6448 CVE-2023-27350 CVE-2023-27532 CVE-2023-28432 CVE-2023-32315
  CVE-2023-33246 CVE-2023-46604 CVE-2024-1709 CVE-2024-23897 CVE-2024-27198 CVE-2024-47575 CVE-2024-51567
  CVE-2025-3248 CVE-2025-31324 CVE-2025-34028`.match(/CVE-\d+-\d+/g),
)

/** Entries that name one of these and are not called exploited, and why. */
const NOT_ITSELF: Record<string, string> = {
  kerberos: 'CVE-2014-6324 needs a login',
  plex: 'CVE-2020-5741 needs a login',
  db2: 'CVE-2025-31324 is of SAP NetWeaver, which shares the port',
  prometheus: 'CVE-2023-32315 is of Openfire, which shares the port',
  cvd: 'CVE-2025-34028 is of the web console, on another port',
}

const naming = services.filter(({ why, sources }) =>
  (`${why} ${sources.join(' ')}`.match(/CVE-\d+-\d+/g) ?? []).some((cve) => KNOWN_EXPLOITED.has(cve)),
)

test.each(naming)("$service, whose flaw is on CISA's list, is called exploited", ({ service, facts }) => {
  expect(facts?.exploited).toBe(!(service in NOT_ITSELF))
})

test('every exception is one', () => {
  expect(naming.map(({ service }) => service)).toEqual(expect.arrayContaining(Object.keys(NOT_ITSELF)))
})

test.each([
  ['ftp', 'high'],
  ['ms-wbt-server', 'high'],
  ['telnet', 'critical'],
  ['mysql', 'critical'],
  ['postgresql', 'critical'],
  ['mongodb', 'critical'],
  ['ms-sql-s', 'critical'],
])('%s is %s', (service, severity) => {
  expect(services.find((entry) => entry.service === service)?.severity).toBe(severity)
})
