import { parsePattern } from './patterns.ts'

/**
 * A name in the brackets of a shell's glob, such as `app[01-20].example.com`, with braces; undefined if the brackets are not a
 * choice.
 */
export function bracesForBrackets(text: string): string | undefined {
  const written = text.replace(/\[([\w-]+)\]/g, (whole, choices: string) => {
    const [, from, to] = /^(\d+|[a-z])-(\d+|[a-z])$/i.exec(choices) ?? []
    if (from !== undefined) return `{${from}..${to}}`
    return /^\w{2,}$/.test(choices) ? `{${[...choices].join(',')}}` : whole
  })
  return written !== text && !parsePattern(written).problem ? written : undefined
}
