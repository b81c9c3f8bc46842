import type { HostRule } from '../../model.ts'
import { matcherText } from '../hosts.ts'
import { type Block, nestBlocks, readAddress, readBlock } from './blocks.ts'
import type { Comparison } from './loss.ts'
import type { Named, Scope } from './scopes.ts'
import { listSubjects, type Subject, textOf } from './subjects.ts'

/** Beyond this many steps only what the changed rules are about is looked at, and not what they uncover elsewhere. */
const MANY_STEPS = 1_000_000

/**
 * Whom to look at: all that the rules and the endpoints name, since a rule may uncover what another says of them.
 *
 * @param changed the rules that have no equal on the other side
 * @param wide the patterns and blocks of both sides, and whom their denials except
 */
export function chooseSubjects(
  comparison: Comparison,
  { strict, lax }: Named,
  changed: HostRule[],
  wide: Subject[],
): Subject[] {
  // No rule says anything of a host but those that name it.
  if (wide.length === 0) return distinct(changed.flatMap(subjectsOfRule))
  comparison.spend(
    (strict.rules.length + lax.rules.length) * STEPS_A_RULE + strict.endpoints.length + lax.endpoints.length,
  )
  const named = [...strict.endpoints, ...lax.endpoints].flatMap(subjectsOfEndpoint)
  const all = distinct([...strict.rules, ...lax.rules].flatMap(subjectsOfRule), named)
  const some = distinct(changed.flatMap(subjectsOfRule))
  const subjects = divideBlocks(all.length * wide.length <= MANY_STEPS ? all : some, all)
  comparison.spend(subjects.length)
  spendMatching(comparison, wide, subjects)
  return subjects
}

/** Steps to list the hosts that a rule is about, and to distinguish them from all others. */
const STEPS_A_RULE = 3

/** Pairs of characters of two subjects that are one step to hold against each other: wildcards may need all of them. */
const CHARACTERS_A_STEP = 500

/** Called before each of some subjects is compared with each of others. */
export function spendMatching(comparison: Comparison, outer: Subject[], inner: Subject[]): void {
  const lengthOf = (subjects: Subject[]) =>
    subjects.reduce((sum, subject) => sum + matcherText(subject).length, 0)
  const characters = lengthOf(outer) * lengthOf(inner)
  comparison.spend(outer.length * inner.length + characters / CHARACTERS_A_STEP)
}

/** Whom it is about, and whom its denials except. */
function subjectsOfRule({ matcher, deny }: HostRule): Subject[] {
  return [matcher, ...deny.flatMap(({ except = [] }) => except)].flatMap(listSubjects)
}

function subjectsOfEndpoint({ kind, host }: Scope['endpoints'][number]): Subject[] {
  if (kind === 'name') return [{ kind, name: host }]
  return listSubjects(kind === 'address' ? { kind, address: host } : { kind, cidr: host })
}

function distinct(...lists: Subject[][]): Subject[] {
  return [...new Map(lists.flat().map((subject) => [textOf(subject), subject])).values()]
}

/**
 * Subjects, with the parts of a block in its place where others are about all of it between them: there is no address left
 * of which nothing else says more.
 */
function divideBlocks(subjects: Subject[], all: Subject[]): Subject[] {
  if (!subjects.some(({ kind }) => kind === 'cidr')) return subjects
  const blocks = all.flatMap((subject) => {
    const block = blockOf(subject)
    return block ? [{ subject, block }] : []
  })
  const partsOf = new Map<string, Subject[]>()
  for (const { item, within } of nestBlocks(blocks)) {
    const size = within.reduce((sum, { block }) => sum + sizeOf(block), 0n)
    if (size === sizeOf(item.block)) {
      partsOf.set(
        textOf(item.subject),
        within.map(({ subject }) => subject),
      )
    }
  }
  if (partsOf.size === 0) return subjects
  const divide = (subject: Subject): Subject[] => partsOf.get(textOf(subject))?.flatMap(divide) ?? [subject]
  return distinct(subjects.flatMap(divide))
}

function blockOf(subject: Subject): Block | undefined {
  if (subject.kind === 'address') return readAddress(subject.address)
  return subject.kind === 'cidr' ? readBlock(subject.cidr) : undefined
}

function sizeOf({ first, last }: Block): bigint {
  return last - first + 1n
}
