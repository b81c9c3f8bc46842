import { buildCatalogue } from '../../catalogue/catalogue.ts'
import type { Diagnostic, HostRule, Place, Policy } from '../../model.ts'
import { formatNumber } from '../../numbers.ts'
import { overlap } from '../../port-ranges.ts'
import { listDenying } from '../denying.ts'
import { findLoosenings, type Located } from '../diff/diff.ts'
import { ignoresDoubts } from '../diff/ignored.ts'
import type { Side } from '../diff/loss.ts'
import { createKeyTest } from '../exclude.ts'
import { type DiagnosticCode, fail, quote } from '../problem.ts'
import { explainAllowance } from '../remarks.ts'
import { type Layer, sourceOf } from './layer.ts'
import type { Merged } from './merge.ts'

/** At most this many problems are reported at once. */
const MOST_TOLD = 50

/** Most comparisons in looking for allowances that a floor denies; those that are not found are denied all the same. */
const MOST_STEPS = 4_000_000

/** A floor, as messages name it, and the line of a policy that does. */
interface Named {
  name: string
  place: Place
}

/** Tells the text of a line, as it is shown to people; undefined where it is not known. */
export type ReadLine = (place: Pick<Place, 'file' | 'line'>) => string | undefined

/**
 * How a policy loosens its floor: where it demands less than the floor, by the comparison that reviews changes; what it allows or
 * requires and the floor denies; and what it requires where the floor lets nothing be scanned.
 *
 * @param own the policy without its floor
 * @param floor what messages call it, and the line that names it
 * @throws {TooLarge} where it would take too long to compare them
 */
export function findLoosened(
  { merged, required }: Merged,
  own: Policy,
  floor: Named,
  readLine: ReadLine,
): Diagnostic[] {
  const floorRules = required.policy.hosts.slice(0, required.policy.hosts.length - own.hosts.length)
  const all = [
    ...findLosses(merged, required, floor, readLine),
    ...findDenied(floorRules, own, readLine),
    ...findExcluded(required.policy, own),
  ]
  // An allowance may have been split where its policy was read.
  const found = [...new Map(all.map((one) => [JSON.stringify([one.place, one.message]), one])).values()]
  const [next] = found.slice(MOST_TOLD)
  if (!next) return found
  const more = `${formatNumber(found.length - MOST_TOLD)} more problems from here on`
  return [...found.slice(0, MOST_TOLD), diagnose('too-many-problems', more, next.place, readLine)]
}

function findLosses(merged: Layer, required: Layer, floor: Named, readLine: ReadLine): Diagnostic[] {
  const after = toSide(merged)
  const areDoubtsHeld = failsDoubts(after.policy)
  return findLoosenings(toSide(required), after)
    .filter((located) => !isHarmless(located, areDoubtsHeld))
    .map(({ change: { part, message }, places: { strict, lax } }) => {
      const place = lax && !lax.floor ? lax : floor.place
      return diagnose(
        'loosened-floor',
        `this loosens the floor: it ${message}`,
        place,
        readLine,
        sayFloor(part, strict, floor, readLine),
      )
    })
}

function toSide({ policy, overrides }: Layer): Side {
  return { policy, catalogue: buildCatalogue(overrides) }
}

/** Whether doubts fail the check everywhere: in all environments, and with none ignored. */
function failsDoubts(policy: Policy): boolean {
  const { onDoubt, environments } = policy
  return onDoubt !== 'warn' && environments.every((one) => one.onDoubt !== 'warn') && !ignoresDoubts(policy)
}

/**
 * Loosenings that a review reports but that let nothing pass: ignored notes; too little time, if what was not scanned fails as a doubt;
 * large blocks that a workflow may name; and another name for a port's usual service, which matters only on a host that is in doubt.
 */
function isHarmless({ change, isOfWorkflow }: Located, areDoubtsHeld: boolean): boolean {
  const { part, severity } = change
  if (severity !== 'info') return false
  if (part === 'ignore' || isOfWorkflow) return true
  return areDoubtsHeld && (part === 'time-limit' || part === 'max-rate' || part === 'catalogue')
}

/** Where the floor says it, so that the policy's author knows whom to ask for an exception. */
function sayFloor(
  part: Located['change']['part'],
  strict: Place | undefined,
  { name }: Named,
  readLine: ReadLine,
): string {
  if (strict?.floor) return sayLine(strict, readLine)
  if (part === 'exclude' || part === 'ignore')
    return `only a floor can do that for the policies that extend it, and ${name} does not`
  return `${name} leaves it out, and so demands the default`
}

function sayLine(place: Place, readLine: ReadLine): string {
  const { file, line, column } = sourceOf(place)
  const text = readLine({ file, line })?.trim()
  return `the floor, ${file}:${line}:${column}${text ? `: ${quote(text)}` : ''}`
}

/** Allowances and requirements that a floor denies on all hosts that they are for. */
function* findDenied(floorRules: HostRule[], own: Policy, readLine: ReadLine): Generator<Diagnostic> {
  const meter = { steps: 0 }
  const { findCovering } = listDenying(floorRules, meter)
  for (const rules of [own.hosts, ...own.environments.map(({ hosts }) => hosts)]) {
    for (const rule of rules) {
      if (meter.steps > MOST_STEPS) return
      const denials = rule.allow.length > 0 ? findCovering(rule.matcher) : []
      for (const allowance of denials.length > 0 ? rule.allow : []) {
        meter.steps += denials.length
        const denied = denials.map((denial) => ({ denial }))
        for (const { message, place } of explainAllowance(rule, allowance, denied)) {
          const first = denials.find(({ ports }) => overlap(ports, allowance.ports))
          const hint = first && sayLine(first.place, readLine)
          yield diagnose('loosened-floor', `this loosens the floor: ${message}`, place, readLine, hint)
        }
      }
    }
  }
}

/** Requirements on addresses that the floor excludes: nobody would see whether they are met. */
function* findExcluded({ exclude }: Policy, own: Policy): Generator<Diagnostic> {
  const requiring = [own.hosts, ...own.environments.map(({ hosts }) => hosts)]
    .flat()
    .filter(({ allow }) => allow.some(({ required }) => required))
  if (exclude.length === 0 || requiring.length === 0) return
  const isExcluded = createKeyTest(exclude.map(({ cidr }) => cidr))
  for (const { key, place } of requiring) {
    if (!isExcluded(key)) continue
    const message = `the floor excludes ${quote(key)}, so nothing would check whether its required ports are open`
    yield diagnose('excluded-requirement', message, place, () => undefined, 'remove its `require`')
  }
}

function diagnose(
  code: DiagnosticCode,
  message: string,
  { file, line, column }: Place,
  readLine: ReadLine,
  hint?: string,
): Diagnostic {
  const { problem } = fail(code, message, hint)
  return { ...problem, place: { file, line, column }, source: readLine({ file, line }) ?? '', width: 1 }
}
