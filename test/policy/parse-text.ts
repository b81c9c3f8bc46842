import { parsePolicy } from '../../src/policy/parse.ts'

/** `parsePolicy` for a text, as the file `p.yml`. */
export function parseText(text: string): ReturnType<typeof parsePolicy> {
  return parsePolicy(new TextEncoder().encode(text), 'p.yml')
}
