/** Floors, and policies that stand on them, as the objects that YAML gives. */
import fc from 'fast-check'
import { stringify } from 'yaml'
import { buildCatalogue } from '../../../src/catalogue/catalogue.ts'
import type { Diagnostic, Place } from '../../../src/model.ts'
import type { Side } from '../../../src/policy/diff/loss.ts'
import { findLoosened } from '../../../src/policy/floor/check.ts'
import { mergeFloor } from '../../../src/policy/floor/merge.ts'
import { IGNORED, type RichPolicy, richPolicy, tidy, tidyIgnored } from '../diff/rich-policies.ts'
import { readSide } from '../diff/side.ts'

/** A floor has no environments, and may leave anything out. */
export const richFloor: fc.Arbitrary<RichPolicy> = fc
  .tuple(
    richPolicy,
    fc.array(fc.constantFrom('scan', 'ports', 'exclude', 'ignore', 'catalogue'), { maxLength: 2 }),
  )
  .map(([{ environments: _, hosts = {}, ...rest }, absent]) => {
    const floor: RichPolicy = structuredClone({ ...rest, hosts })
    for (const key of absent) {
      if (key === 'ports') delete floor.scan?.ports
      else delete floor[key as 'scan']
    }
    return floor
  })

/** Who owns which hosts, and what is allowed there; nothing else is said. */
export const plainPolicy: fc.Arbitrary<RichPolicy> = richPolicy.map(({ hosts = {}, environments }) => ({
  version: 1,
  hosts,
  ...(environments && {
    environments: Object.fromEntries(
      Object.entries(environments).map(([name, { endpoints, hosts }]) => [
        name,
        {
          ...(endpoints && {
            endpoints: endpoints.map((one) => (typeof one === 'string' ? one : String(one.host))),
          }),
          ...(hosts && { hosts }),
        },
      ]),
    ),
  }),
}))

const ANYWHERE = ['**', '0.0.0.0/0', '::/0']

/** What somebody adds to a policy who wants to be rid of the floor. */
const EVASIONS: Partial<RichPolicy>[] = [
  { 'fail-on': 'never' },
  { 'on-doubt': 'warn' },
  { scan: { identify: false } },
  { scan: { ip: 4 } },
  { scan: { ports: [80] } },
  { scan: { canary: 'up.org:443' } },
  { scan: { 'time-limit': '1ms' } },
  { exclude: ['10.0.0.0/8'] },
  { catalogue: { 6379: { severity: 'info' }, 22: { severity: 'info' } } },
  { 'risky-allowances': { from: 'critical', need: ['reason'] } },
  ...IGNORED.map((finding) => ({
    ignore: [tidyIgnored({ finding, hosts: ANYWHERE, reason: 'because', expires: '2027-01-31' })],
  })),
]

/** A plain policy with one or two of these. */
export const evasivePolicy: fc.Arbitrary<RichPolicy> = fc
  .tuple(plainPolicy, fc.array(fc.constantFrom(...EVASIONS), { minLength: 1, maxLength: 2 }))
  .map(([plain, evasions]) => tidy(Object.assign({}, plain, ...evasions)))

const EXTENDS: Place = { file: 'policy.yml', line: 2, column: 1 }

/** A policy on its floor: what is judged by, and how it loosens the floor. */
export function lay(floor: string, own: string): { side: Side; loosened: Diagnostic[] } {
  const [below, above] = [readSide(floor, 'floor.yml'), readSide(own)]
  const layerOf = ({ policy }: Side) => ({
    policy,
    overrides: Array.isArray(policy.catalogue) ? policy.catalogue : [],
  })
  const merged = mergeFloor(layerOf(below), layerOf(above), EXTENDS)
  const loosened = findLoosened(merged, above.policy, { name: 'floor.yml', place: EXTENDS }, () => undefined)
  return { side: toSide(merged.merged), loosened }
}

function toSide({ policy, overrides }: ReturnType<typeof mergeFloor>['merged']): Side {
  return { policy, catalogue: buildCatalogue(overrides) }
}

/** The floor alone, applied to the hosts of a policy: its rules beside theirs, and all else as the floor has it. */
export function applyAlone(floor: RichPolicy, own: RichPolicy): Side {
  const { scan = {}, ...strictness } = floor
  const leave = (settings: Record<string, unknown> = {}) =>
    Object.fromEntries(
      ['ports', 'canary'].flatMap((key) => (key in settings && !(key in scan) ? [[key, settings[key]]] : [])),
    )
  const environments = Object.entries(own.environments ?? {}).map(([name, { endpoints, hosts, scan }]) => [
    name,
    {
      ...(endpoints && {
        endpoints: endpoints.map((one) =>
          typeof one === 'string' ? one : { host: one.host, ...leave(one) },
        ),
      }),
      ...(hosts && { hosts }),
      scan: leave(scan),
    },
  ])
  const text = stringify({
    ...strictness,
    scan: { ...leave(own.scan), ...scan },
    hosts: own.hosts ?? {},
    ...(environments.length > 0 && { environments: Object.fromEntries(environments) }),
  })
  const side = readSide(text)
  const rules = readSide(stringify(floor)).policy.hosts
  const { policy } = side
  const below = rules.map((rule) => ({ ...rule, place: { ...rule.place, floor: rule.place } }))
  return { ...side, policy: { ...policy, hosts: [...below, ...policy.hosts] } }
}
