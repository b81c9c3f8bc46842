/**
 * What is written as `\u…` though JSON does not ask for it: characters that cannot be seen, and `##[`, which the
 * GitHub runner takes for a command. None of them is part of JSON but inside a string, so nothing is lost.
 */
const ESCAPED = /(?!\n)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|##(?=\[)/gu

/** Pieces are put together until they are as long as this, in characters. */
const PIECE = 65_536

/** JSON for a file or a terminal, such as `report.json`: the value as it is, so many spaces deep, with a final newline. */
export function renderJson(value: unknown, indent = 2): string {
  return `${escapeHidden(JSON.stringify(value, null, indent))}\n`
}

/**
 * The same in pieces of about 64 KiB, so that a report with a finding for every port does not have to be in memory as
 * one text: what is deeper than `depth` is written in one go, such as a finding or an open port of a report.
 */
export function* renderJsonPieces(value: object, depth = 5): Generator<string> {
  let piece = ''
  for (const part of split(value, depth, '\n')) {
    piece += part
    if (piece.length < PIECE) continue
    yield escapeHidden(piece)
    piece = ''
  }
  yield escapeHidden(`${piece}\n`)
}

/** Lists of more than so many items are written one by one. */
const LONG = 100

const MAKE = Symbol('make')

/** A list whose items are made as they are written, so that they are not in memory all at once. */
interface LazyList {
  readonly length: number
  readonly [MAKE]: () => Iterable<unknown>
}

/** The same list in JSON as that of the items it makes. */
export function makeLazily<T>(items: readonly T[], make: (item: T) => unknown): LazyList | unknown[] {
  if (items.length <= LONG) return items.map(make)
  return {
    length: items.length,
    *[MAKE]() {
      for (const item of items) yield make(item)
    },
  }
}

function isLazy(value: object): value is LazyList {
  return MAKE in value
}

/** Whether a value has a list that is long, down to a depth: what has none is written in one go, which is much quicker. */
function hasLongList(value: unknown, depth: number): boolean {
  if (depth === 0 || typeof value !== 'object' || value === null) return false
  if (isLazy(value) || (Array.isArray(value) && value.length > LONG)) return true
  return Object.values(value).some((item) => hasLongList(item, depth - 1))
}

/** @param newline what begins a line at the depth of the value */
function* split(value: unknown, depth: number, newline: string): Generator<string> {
  if (!hasLongList(value, depth)) {
    yield (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', newline)
    return
  }
  const inner = `${newline}  `
  const items = listItems(value as object)
  let before = items ? '[' : '{'
  for (const item of items ?? []) {
    yield `${before}${inner}`
    yield* split(item, depth - 1, inner)
    before = ','
  }
  for (const [key, item] of items ? [] : listEntries(value as object)) {
    yield `${before}${inner}${JSON.stringify(key)}: `
    yield* split(item, depth - 1, inner)
    before = ','
  }
  yield `${newline}${items ? ']' : '}'}`
}

/** What a list has in it; undefined for what is none. */
function listItems(value: object): Iterable<unknown> | undefined {
  if (isLazy(value)) return value[MAKE]()
  return Array.isArray(value) ? value : undefined
}

/** What JSON has of an object. */
function listEntries(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined)
}

function escapeHidden(json: string): string {
  return json.replace(ESCAPED, escapeUnits)
}

function escapeUnits(text: string): string {
  return text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
