/** Lists as inputs and flags write them. */
import { parsePort } from '../policy/ports.ts'

/**
 * The items of a list as an input writes it: one a line, or with commas or spaces between, except those in braces. After
 * a URL a comma separates only before a space. A text of nothing but separators is an item as it stands: an empty list
 * would mean the default.
 */
export function splitList(text: string): string[] {
  return (readNotation(text) ?? [text]).flatMap(splitItems)
}

/** The items of a list that is written as YAML or JSON writes one: `- a` in lines, `["a", "b"]` or `[a, b]`. Undefined for any other text. */
function readNotation(text: string): string[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  if (lines.length > 0 && lines.every((line) => /^\s*-\s+\S/.test(line)))
    return lines.map((line) => unquote(line.replace(/^\s*-\s+/, '').trim()))
  const [, inner] = /^\s*\[([^[\]]*(?:\[[^[\]]*\][^[\]]*)*)\]\s*$/.exec(text) ?? []
  // An IPv6 address may be in brackets, and is not a list.
  if (inner === undefined || !/["',\s]/.test(inner.trim())) return undefined
  const items = inner.split(',').map((item) => unquote(item.trim()))
  return items.at(-1) === '' ? items.slice(0, -1) : items
}

/** A text without the quotes around it. */
export function unquote(item: string): string {
  return /^(["'])([^"']*)\1$/.exec(item)?.[2] ?? item
}

function splitItems(text: string): string[] {
  return text.match(/[^ \t\r\n,]*:\/\/[^ \t\r\n]*[^ \t\r\n,]|(?:\{[^{} \t\r\n]*\}|[^ \t\r\n,])+/g) ?? [text]
}

/** Ports as an input writes them: also as a list of YAML or JSON, or with spaces or lines between. */
export function joinPorts(text: string): string {
  const listed =
    readNotation(text) ?? (/^\[\s*[\w-]+\s*\]$/.test(text) ? [text.slice(1, -1).trim()] : undefined)
  const items = listed ?? text.split(/\s+/)
  return items.every((item) => !parsePort(item).problem) ? items.join(',') : text
}
