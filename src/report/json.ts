/**
 * What is written as `\u…` though JSON does not ask for it: characters that cannot be seen, and `##[`, which the
 * GitHub runner takes for a command. None of them is part of JSON but inside a string, so nothing is lost.
 */
const ESCAPED = /(?!\n)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|##(?=\[)/gu

/** Pieces are put together until they are as long as this, in characters. */
const PIECE = 65_536

/** JSON for a file or a terminal, such as `report.json`: the value, indented by the given number of spaces, with a final newline. */
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

/** Longer lists are written item by item. */
const LONG = 100

/** Whether a value has a list that is long, down to a depth: what has none is written in one go, which is much quicker. */
function hasLongList(value: unknown, depth: number): boolean {
  if (depth === 0 || typeof value !== 'object' || value === null) return false
  if (Array.isArray(value) && value.length > LONG) return true
  return Object.values(value).some((item) => hasLongList(item, depth - 1))
}

/** @param newline what begins a line at the depth of the value */
function* split(value: unknown, depth: number, newline: string): Generator<string> {
  if (!hasLongList(value, depth)) {
    yield (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', newline)
    return
  }
  const isList = Array.isArray(value)
  const entries = isList ? value.map((item) => ['', item]) : listEntries(value as object)
  const inner = `${newline}  `
  let before = isList ? '[' : '{'
  for (const [key, item] of entries) {
    yield `${before}${inner}${isList ? '' : `${JSON.stringify(key)}: `}`
    yield* split(item, depth - 1, inner)
    before = ','
  }
  yield `${newline}${isList ? ']' : '}'}`
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
