import type { Suggestion } from '../../model.ts'
import { code, join, say, type Text } from './text.ts'

/** What would allow an open port, as text that can be pasted into the policy. */
export function sayAllowance(suggestion: Suggestion): Text {
  const { key, environment } = suggestion
  const item = writeItem(suggestion)
  if (key !== undefined)
    return say`If it is meant to be open, add ${code(item)} to the ports that the policy allows for ${code(say`${key}`)}.`
  const hosts =
    environment === undefined
      ? say`${code(['hosts'])}`
      : say`${code(['hosts'])} of ${code(say`${environment}`)}`
  const line = code(writeLine(suggestion))
  return say`If it is meant to be open, add this line to ${hosts} in the policy: ${line}.`
}

/** What to paste into the policy: a line of `hosts`, or an item of the list that its key has there. */
export function writeAllowance(suggestion: Suggestion): Text {
  return suggestion.key === undefined ? writeLine(suggestion) : writeItem(suggestion)
}

/** `db.example.com: [22, { port: 6379, service: redis }]`. */
function writeLine(suggestion: Suggestion): Text {
  const list = join([...suggestion.kept.map((text) => say`${text}`), writeItem(suggestion)], ', ')
  return say`${quoteKey(suggestion.host)}: [${list}]`
}

/** `{ port: 6379, service: redis }`, or the port alone. */
function writeItem({ port, service, documents }: Suggestion): Text {
  if (service === undefined && documents.length === 0) return say`${port}`
  const named = service === undefined ? [] : [say`service: ${service}`]
  const carried = documents.map(({ key, value }) => say`${key}: ${value}`)
  return say`{ ${join([say`port: ${port}`, ...named, ...carried], ', ')} }`
}

/** YAML takes an address with colons for a key only in quotes, and some names for numbers or keywords. */
function quoteKey(host: string): Text {
  const isPlain = /^(?:[a-z][a-z0-9-]*\.[a-z0-9.-]+|\d+\.\d+\.\d+\.\d+)$/.test(host)
  return isPlain ? say`${host}` : say`"${host}"`
}
