import fc from 'fast-check'
import { expect, it } from 'vitest'
import { stringify } from 'yaml'
import { FAIL_ON, SEVERITIES } from '../../../src/model.ts'
import { type Hosts, type Level, type RichPolicy, tidy } from '../diff/rich-policies.ts'
import { lay, plainPolicy, richFloor } from './rich-floors.ts'

/** Policies that are tried on floors. By hand: 20,000 of them. */
const PAIRS = Number(process.env.PAIRS ?? 200)
const SEED = { seed: Number(process.env.SEED ?? 4242) }

/** Ports that no floor of these denies. */
const FREE_PORTS = [8443, '9000-9010', 5432, 'imap', 2222]

const chance = fc.boolean()

/** What may stand in an ordinary policy, whatever its floor says. */
const ordinary = fc.record({
  plain: plainPolicy,
  ports: fc.array(fc.constantFrom(...FREE_PORTS), { minLength: 1, maxLength: 3 }),
  isStricter: fc.record({ failOn: chance, onDoubt: chance, ip: chance, identify: chance, ports: chance }),
  isLonger: chance,
  isWorse: chance,
  isNoted: chance,
  hasCanary: chance,
  isDocumented: chance,
  isInEnvironment: chance,
})

type Ordinary = typeof ordinary extends fc.Arbitrary<infer T> ? T : never

/** A policy that keeps to its floor: its own hosts, allowances of ports that the floor does not deny, and settings that are as strict or stricter. */
function keepTo(floor: RichPolicy, ordinary: Ordinary): RichPolicy {
  const { plain, ports, isStricter, isLonger, isWorse, isNoted, hasCanary, isDocumented } = ordinary
  const allow = (hosts: Hosts = {}): Hosts =>
    Object.fromEntries(
      Object.entries(hosts).map(([key, { deny }]) => [key, { allow: [...ports], require: [], deny }]),
    )
  const { scan = {}, 'risky-allowances': risky } = floor
  // Where doubts pass, more ports than there is time for are a loosening.
  const isSeen = floor['on-doubt'] !== 'warn' && !floor.ignore
  const strict: Level = {
    ...(isStricter.failOn && { 'fail-on': stricter(FAIL_ON, floor['fail-on'] ?? 'low') }),
    ...(isStricter.onDoubt && { 'on-doubt': 'fail' }),
    scan: {
      ...(isStricter.ports && isSeen && { ports: 'all' }),
      ...(isStricter.ip && (scan.ip ?? 'auto') === 'auto' && { ip: 'both' }),
      ...(isStricter.identify && scan.identify !== false && { identify: true }),
      ...(isLonger && { 'time-limit': '1h' }),
      ...(hasCanary && !scan.canary && { canary: 'status.example.com:443' }),
    },
  }
  const environments = Object.fromEntries(
    Object.entries(plain.environments ?? {}).map(([name, { hosts, ...rest }]) => [
      name,
      { ...rest, ...(hosts && { hosts: allow(hosts) }), ...(ordinary.isInEnvironment ? strict : {}) },
    ]),
  )
  return tidy({
    version: 1,
    ...(ordinary.isInEnvironment && plain.environments ? {} : strict),
    hosts: allow(plain.hosts),
    ...(plain.environments && { environments }),
    ...(isWorse && { catalogue: { 8443: { severity: 'critical', why: 'ours' } } }),
    ...(isNoted && { ignore: [{ finding: 'unused-allowance', reason: 'seasonal' }] }),
    ...(isDocumented && {
      'risky-allowances': { from: stricter(SEVERITIES, String(risky?.from ?? 'high')), need: ['owner'] },
    }),
  })
}

/** The same or the next that asks for more; `never` and `critical` come to ask for a bit. */
function stricter(values: readonly string[], floor: string): string {
  if (floor === 'never') return 'critical'
  const at = values.indexOf(floor)
  return values[Math.min(at + 1, values.indexOf('info'))] ?? floor
}

it('accepts policies that keep to their floors', { timeout: 30_000 + PAIRS * 1000 }, () => {
  const check = (floor: RichPolicy, one: Ordinary) => {
    const texts = [floor, keepTo(floor, one)].map((policy) => stringify(policy)) as [string, string]
    const { loosened } = lay(...texts)
    if (loosened.length > 0)
      expect.fail(
        `${texts.join('---\n')}---\n${loosened.map(({ message, hint }) => `${message} (${hint})`).join('\n')}`,
      )
  }
  fc.assert(fc.property(richFloor, ordinary, check), {
    numRuns: PAIRS,
    ...SEED,
  })
})
