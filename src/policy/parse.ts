import { createHash } from 'node:crypto'
import type * as z from 'zod'
import type { CatalogueOverride, Diagnostic, Environment, HostRule, Policy } from '../model.ts'
import { formatNumber } from '../numbers.ts'
import { type Budget, createBudget, findTooManyPatterns, findTooMuchText } from './budget.ts'
import { findDuplicates } from './duplicates.ts'
import { findUselessExceptions } from './exceptions.ts'
import { findExcludedRequirements } from './exclude.ts'
import { explainIssues } from './issues.ts'
import { normaliseCatalogue, normalisePolicy } from './normalise.ts'
import { fail } from './problem.ts'
import { ANCHORS, catalogueKeys, catalogueSchema, policyKeys, policySchema } from './schema.ts'
import { type Fault, readSource, type Source, toDiagnostic } from './source.ts'
import { findOddSpaces } from './syntax.ts'
import { withhold } from './withhold.ts'
import { findPart, readYaml, type Spot } from './yaml.ts'

/** A file with more mistakes than this was never a policy. */
const MOST_DIAGNOSTICS = 500

const SMALLEST_POLICY = `the smallest policy:
version: 1
hosts:
  www.example.com: [80, 443]`

const SMALLEST_CATALOGUE = `the smallest catalogue:
8080: { severity: high }`

const NO_CATALOGUE = `its contents are not shown, since it is not a catalogue; ${SMALLEST_CATALOGUE}`

const NO_FLOOR = `its contents are not shown, since it is not a policy; ${SMALLEST_POLICY}`

/** A file that is good, or all that is wrong with it, by place. */
type Checked<T> =
  | ({ diagnostics?: undefined } & T)
  | ({ diagnostics: Diagnostic[] } & { [K in keyof T]?: undefined })

/**
 * A policy file, checked and normalised.
 *
 * `noEndpoints` has a diagnostic for each environment, or for a policy without environments, that names nothing to
 * scan. That is no fault of the file: a caller that brings endpoints of its own goes on, every other one stops there.
 *
 * @param budget what the policy that extends this one has spent
 */
export function parsePolicy(
  bytes: Uint8Array,
  file: string,
  budget: Budget = createBudget(),
): Checked<{ policy: Policy; noEndpoints: Diagnostic[] }> {
  const checked = readChecked(bytes, file, policySchema, SMALLEST_POLICY, findMore, budget)
  if (checked.diagnostics) return checked
  const { raw, root, source } = checked
  const hash = createHash('sha256').update(bytes).digest('hex')
  const policy = normalisePolicy(raw, root, source, hash)
  return { policy, noEndpoints: toDiagnostics(source, findEmpty(policy, root)) }
}

/**
 * A policy that another one extends, likewise. The diagnostics of a file that is not a policy quote nothing of it: whoever writes a
 * policy can name any file, and its mistakes are printed.
 */
export function parseFloor(bytes: Uint8Array, file: string, budget: Budget): Checked<{ policy: Policy }> {
  const findAll = (root: Spot, source: Source) => [...findMore(root, source), ...findEnvironments(root)]
  const checked = readChecked(bytes, file, policySchema, SMALLEST_POLICY, findAll, budget)
  if (checked.diagnostics)
    return isPolicy(bytes, file) ? checked : { diagnostics: withhold(checked.diagnostics, NO_FLOOR) }
  const hash = createHash('sha256').update(bytes).digest('hex')
  return { policy: normalisePolicy(checked.raw, checked.root, checked.source, hash) }
}

/** A floor may not have `environments`: they are up to the policies that extend it. */
function findEnvironments(root: Spot): Fault[] {
  const environments = root.parts.get('environments')
  if (!environments) return []
  const message =
    'a floor has no `environments`: its rules apply in all environments of the policies that extend it'
  const { problem } = fail(
    'floor-environments',
    message,
    'move the rules that apply everywhere to the top level',
  )
  return [{ span: environments.key, problem }]
}

/** Whether a file has the keys of a policy and no others, whatever is wrong with the values. */
function isPolicy(bytes: Uint8Array, file: string): boolean {
  const { source, fault } = readSource(bytes, file)
  const { root, faults } = fault ? { faults: [fault] } : readYaml(source)
  if (!root || faults.length > 0 || root.parts.get('version')?.spot.value !== 1) return false
  return [...root.parts.keys()].every((key) => policyKeys.has(key) || key.startsWith(ANCHORS))
}

/** Mistakes that no single value shows. */
function findMore(root: Spot, source: Source): Fault[] {
  return [...findDuplicates(root, source), ...findUselessExceptions(root), ...findExcludedRequirements(root)]
}

/**
 * A catalogue in a file of its own: what it changes or adds, by ascending port. The diagnostics of a file that is none
 * quote nothing of it: a policy can name any file, and what is wrong with it is printed.
 */
export function parseCatalogue(bytes: Uint8Array, file: string): Checked<{ overrides: CatalogueOverride[] }> {
  const checked = readChecked(bytes, file, catalogueSchema, SMALLEST_CATALOGUE, () => [])
  if (checked.diagnostics)
    return isCatalogue(bytes, file) ? checked : { diagnostics: withhold(checked.diagnostics, NO_CATALOGUE) }
  const { raw, root: spot, source } = checked
  return { overrides: normaliseCatalogue(raw, { source, spot }) }
}

/** Whether a file maps ports to entries and holds nothing else, whatever is wrong with the values in them. */
function isCatalogue(bytes: Uint8Array, file: string): boolean {
  const { source, fault } = readSource(bytes, file)
  const { root, faults } = fault ? { faults: [fault] } : readYaml(source)
  if (!root || root.parts.size === 0 || faults.length > 0) return false
  return [...root.parts].every(([key, { spot }]) => /^[1-9]\d{0,4}$/.test(key) && isEntry(spot))
}

function isEntry({ parts }: Spot): boolean {
  return parts.size > 0 && [...parts].every(([key, { spot }]) => catalogueKeys.has(key) && isSingle(spot))
}

function isSingle({ parts, items }: Spot): boolean {
  return parts.size === 0 && items.length === 0
}

function readChecked<S extends z.ZodType>(
  bytes: Uint8Array,
  file: string,
  schema: S,
  smallest: string,
  findMore: (root: Spot, source: Source) => Fault[],
  budget: Budget = createBudget(),
): Checked<{ raw: z.output<S>; root: Spot; source: Source }> {
  const { source, fault } = readSource(bytes, file)
  const tooMuch = fault ?? findTooMuchText(source, budget)
  if (tooMuch) return { diagnostics: [toDiagnostic(source, tooMuch)] }
  const { root, faults } = readYaml(source)
  const tooMany = root && findTooManyPatterns(root, budget)
  // Before anything expands them.
  if (tooMany) return { diagnostics: toDiagnostics(source, [...faults, tooMany]) }
  if (!root)
    return {
      diagnostics: toDiagnostics(
        source,
        faults.length > 0 ? findCause(source, faults) : [emptyFile(smallest)],
      ),
    }
  const result = validate(schema, withoutAnchors(root), source)
  const all = [...faults, ...findMore(root, source), ...(result.faults ?? [])]
  if (result.faults || all.length > 0)
    return { diagnostics: toDiagnostics(source, findCause(source, all), result.more) }
  return { raw: result.raw, root, source }
}

/** A tree without the top-level keys that hold anchors: what stands there is read where an alias names it. */
function withoutAnchors(root: Spot): Spot {
  const isKept = ([key]: [string, unknown]) => !key.startsWith(ANCHORS)
  if (root.parts.size === 0 || [...root.parts].every(isKept)) return root
  const entries = Object.entries(root.value as object).filter(isKept)
  const value = Object.assign(Object.create(null), Object.fromEntries(entries))
  return { ...root, value, parts: new Map([...root.parts].filter(isKept)) }
}

/** What is wrong with a file: odd spaces make everything else wrong, too. */
function findCause(source: Source, faults: Fault[]): Fault[] {
  const odd = findOddSpaces(source)
  return odd.length > 0 ? odd : faults
}

function validate<S extends z.ZodType>(
  schema: S,
  root: Spot,
  source: Source,
): { raw: z.output<S>; faults?: undefined; more?: undefined } | { faults: Fault[]; more: number } {
  try {
    const { data, error } = schema.safeParse(root.value)
    if (!error) return { raw: data as z.output<S> }
    return explainIssues(error.issues, root, source, MOST_DIAGNOSTICS + 1)
  } catch (error) {
    // zod passes issues on as the arguments of one call, which can hold about a hundred thousand.
    if (!(error instanceof RangeError)) throw error
    const { problem } = fail(
      'too-many-problems',
      'more is wrong with this file than can be listed',
      'begin with a smaller file',
    )
    return { faults: [{ span: root.span, problem }], more: 0 }
  }
}

function emptyFile(smallest: string): Fault {
  return { span: { start: 0, end: 0 }, problem: fail('empty-file', 'the file is empty', smallest).problem }
}

/** By place; what an alias repeats is reported once. `more` is the number of further faults, which are not listed. */
function toDiagnostics(source: Source, faults: Fault[], more = 0): Diagnostic[] {
  const distinct = new Map<string, Fault>()
  for (const fault of faults) {
    distinct.set(`${fault.span.start} ${fault.problem.code} ${fault.problem.message}`, fault)
  }
  const sorted = [...distinct.values()].sort((a, b) => a.span.start - b.span.start)
  const shown = sorted.slice(0, MOST_DIAGNOSTICS)
  const next = sorted[MOST_DIAGNOSTICS]
  if (next) {
    const message = `${formatNumber(sorted.length - MOST_DIAGNOSTICS + more)} more problems from here on`
    shown.push({
      span: next.span,
      problem: fail('too-many-problems', message, 'fix those above first').problem,
    })
  }
  return shown.map((fault) => toDiagnostic(source, fault))
}

/** The environments, or the policy without them, that name nothing to scan. */
function findEmpty(policy: Policy, root: Spot): Fault[] {
  const whole = findPart(root, ['hosts'])?.key ?? root.span
  if (namesHost(policy.hosts)) return []
  if (policy.environments.length === 0) return [noEndpoints('the policy', whole)]
  return policy.environments.filter(isEmpty).map(({ name }) => {
    return noEndpoints('the environment', findPart(root, ['environments', name])?.key ?? whole)
  })
}

function isEmpty({ endpoints, hosts }: Environment): boolean {
  return endpoints === undefined && !namesHost(hosts)
}

function namesHost(rules: HostRule[]): boolean {
  return rules.some(({ matcher }) => matcher.kind === 'name' || matcher.kind === 'address')
}

function noEndpoints(what: string, span: Fault['span']): Fault {
  const message = `${what} names nothing to scan: patterns and CIDR blocks in \`hosts\` only match`
  const hint =
    'add a host name or an address to `hosts`, list `endpoints` in an environment, or give endpoints with the run: the input `endpoints`, or `portgate check www.example.com`'
  return { span, problem: fail('no-endpoints', message, hint).problem }
}
