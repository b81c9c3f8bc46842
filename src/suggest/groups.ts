import { matchesPattern, parsePattern } from '../policy/patterns.ts'

/** Fewer hosts than these are written one by one. */
const LEAST_GROUP = 3

/** Longest pattern that lists each of its choices. */
const LONGEST_LIST = 60

/** Hosts that are alike, and the pattern for them. */
export interface Group {
  pattern: string
  members: string[]
}

/**
 * Patterns for names that are alike. A pattern matches its members and none of the other names of the scan.
 *
 * @param all names that were to be scanned, by the domain that they are in, whatever was seen of them
 * @param isExact whether it must match nothing else at all: risky ports are not allowed on hosts that were never seen
 */
export function groupNames(
  alike: string[],
  all: ReadonlyMap<string, readonly string[]>,
  isExact: boolean,
): Group[] {
  return [...groupByDomain(alike)].flatMap(([domain, names]) => {
    const members = new Set(names)
    // A pattern of this domain matches nothing in another one.
    const others = (all.get(domain) ?? []).filter((name) => !members.has(name))
    const labels = names.map((name) => name.slice(0, -domain.length - 1))
    return groupLabels(labels, domain, others, isExact)
  })
}

/** Names by what follows their first label; names with one label are in no group. */
export function groupByDomain(names: readonly string[]): Map<string, string[]> {
  const domains = new Map<string, string[]>()
  for (const name of names) {
    const dot = name.indexOf('.')
    if (dot > 0) addTo(domains, name.slice(dot + 1), name)
  }
  return domains
}

function addTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const known = lists.get(key)
  if (known) known.push(item)
  else lists.set(key, [item])
}

function groupLabels(labels: string[], domain: string, others: string[], isExact: boolean): Group[] {
  const choose = (of: string[], candidates: (string | undefined)[]): Group | undefined => {
    if (of.length < LEAST_GROUP) return undefined
    const members = of.map((label) => `${label}.${domain}`)
    const pattern = candidates
      .flatMap((candidate) => (candidate === undefined ? [] : `${candidate}.${domain}`))
      .find((candidate) => fits(candidate, members, others))
    return pattern === undefined ? undefined : { pattern, members }
  }
  const wide = (candidate: string | undefined) => (isExact ? undefined : candidate)
  const whole = choose(labels, [writeNumbers(labels), wide(writeCommon(labels)), wide('*')])
  if (whole) return [whole]
  const groups = [...byStem(labels).values()].flatMap(
    (stem) => choose(stem, [writeNumbers(stem), wide(writeCommon(stem))]) ?? [],
  )
  const grouped = new Set(groups.flatMap(({ members }) => members))
  const rest = labels.filter((label) => !grouped.has(`${label}.${domain}`))
  const listed = choose(rest, [writeList(rest)])
  return listed ? [...groups, listed] : groups
}

function fits(candidate: string, members: string[], others: readonly string[]): boolean {
  const { value } = parsePattern(candidate)
  if (value === undefined) return false
  const matches = (name: string) => matchesPattern(value, name)
  return members.every(matches) && !others.some(matches)
}

/** Labels that differ in their numbers only. */
function byStem(labels: string[]): Map<string, string[]> {
  const stems = new Map<string, string[]>()
  for (const label of labels) addTo(stems, label.replace(/\d+/g, '#'), label)
  return stems
}

/** `web{1..12}`: numbers without a gap, the only thing in which labels differ. */
function writeNumbers(labels: string[]): string | undefined {
  const parts = labels.map((label) => /^(\D*)(\d+)(\D*)$/.exec(label))
  const [first] = parts
  if (!first || parts.some((part) => !part || part[1] !== first[1] || part[3] !== first[3])) return undefined
  const written = parts.map((part) => part?.[2] ?? '').sort((a, b) => Number(a) - Number(b))
  const [low = '', high = ''] = [written[0], written.at(-1)]
  const isPadded = written.some((text) => text.length > 1 && text.startsWith('0'))
  if (isPadded && written.some(({ length }) => length !== low.length)) return undefined
  const isWhole = Number(high) - Number(low) + 1 === new Set(written.map(Number)).size
  return isWhole ? `${first[1]}{${low}..${high}}${first[3]}` : undefined
}

/** `web*`: the beginning that labels have in common. */
function writeCommon(labels: string[]): string | undefined {
  const [first = ''] = labels
  let length = 0
  while (length < first.length && labels.every((label) => label[length] === first[length])) length++
  // Digits that happen to be the same in all are no name.
  const common = first.slice(0, length).replace(/\d+$/, '')
  return common.length < 2 ? undefined : `${common}*`
}

/** `{api,blog,www}` */
function writeList(labels: string[]): string | undefined {
  const list = `{${[...labels].sort().join(',')}}`
  return list.length > LONGEST_LIST ? undefined : list
}
