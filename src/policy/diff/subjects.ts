import { memoize } from '../../memo.ts'
import type { HostMatcher } from '../../model.ts'
import { isInCidr } from '../addresses.ts'
import { matcherText, matchesHost } from '../hosts.ts'
import { isPattern } from '../patterns.ts'

/**
 * Whom a rule is about, one matcher without braces at a time. What is found for a pattern or a block holds for every
 * host that it matches and that nothing else says more of.
 */
export type Subject = HostMatcher

/** Equal if the subjects are equal. */
export function textOf(subject: Subject): string {
  return `${subject.kind} ${matcherText(subject)}`
}

/** The subjects of a key: one for each choice of its braces. A block of one address is that address. */
export function listSubjects(matcher: HostMatcher): Subject[] {
  if (matcher.kind === 'cidr') {
    const single = /^(.*)\/(?:32|128)$/.exec(matcher.cidr)
    const [, address = ''] = single ?? []
    const isWhole = single !== null && address.includes(':') === matcher.cidr.endsWith('/128')
    return [isWhole ? { kind: 'address', address } : matcher]
  }
  if (matcher.kind !== 'pattern') return [matcher]
  return expand(matcher.pattern).map((text) =>
    isPattern(text) ? { kind: 'pattern', pattern: text } : { kind: 'name', name: text },
  )
}

/** The choices of a pattern in its normal form, `{a,b}`. */
const expand = memoize((pattern) => (pattern.startsWith('{') ? pattern.slice(1, -1).split(',') : [pattern]))

/**
 * Whether one subject has every host that another has. Of patterns it says so only where each part of the inner one
 * is seen to be in a part of the outer one.
 */
export function includes(outer: Subject, inner: Subject): boolean {
  switch (inner.kind) {
    case 'name':
      return matchesHost(outer, { name: inner.name })
    case 'address':
      return matchesHost(outer, { address: inner.address })
    case 'cidr':
      return outer.kind === 'cidr' && isInBlock(outer.cidr, inner.cidr)
    case 'pattern':
      return (
        outer.kind === 'pattern' &&
        covers(readLabels(outer.pattern), readLabelsOfNames(inner.pattern), LABELS)
      )
  }
}

/** Every name has a label, so that `**` has no more names than `*.**`. */
function readLabelsOfNames(pattern: string): readonly string[] {
  const labels = readLabels(pattern)
  return labels.length === 1 && labels[0] === '**' ? ['*', '**'] : labels
}

/** Whether a block holds all of another. */
function isInBlock(outer: string, inner: string): boolean {
  const [network = '', prefix] = inner.split('/')
  return Number(outer.split('/')[1]) <= Number(prefix) && isInCidr(outer, network)
}

/** How to compare the parts of a pattern: labels of a name, or characters of a label. */
interface Grain {
  /** The part that stands for any number of parts. */
  many: string
  /** Whether one part has all that another one, which is not `many`, stands for. */
  covers(outer: string, inner: string): boolean
}

const CHARACTERS: Grain = {
  many: '*',
  covers: (outer, inner) => outer === '?' || outer === inner,
}

const LABELS: Grain = {
  many: '**',
  covers: (outer, inner) => outer === '*' || covers([...outer], [...inner], CHARACTERS),
}

/** Glob matching in which the text may hold wildcards too: those only a wildcard covers. */
function covers(outer: readonly string[], inner: readonly string[], grain: Grain): boolean {
  let at = 0
  let star = -1
  let resume = 0
  for (let read = 0; read < inner.length; ) {
    const part = outer[at]
    if (part === grain.many) {
      star = at++
      resume = read
    } else if (
      part !== undefined &&
      inner[read] !== grain.many &&
      grain.covers(part, inner[read] as string)
    ) {
      at++
      read++
    } else if (star >= 0) {
      at = star + 1
      read = ++resume
    } else return false
  }
  return outer.slice(at).every((part) => part === grain.many)
}

/** The labels of a pattern. Of neighbours that stand for whole labels, `*` come first and `**` is one: `**.*` is `*.**`. */
const readLabels = memoize((pattern) => {
  const labels: string[] = []
  let isOpen = false
  for (const label of [...pattern.split('.'), '']) {
    if (label === '**') isOpen = true
    else if (label === '*') labels.push(label)
    else {
      if (isOpen) labels.push('**')
      isOpen = false
      if (label !== '') labels.push(label)
    }
  }
  return labels
})
