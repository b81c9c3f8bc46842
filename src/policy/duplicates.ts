import { parseEndpoint } from './endpoints.ts'
import { matcherText, parseHostKey } from './hosts.ts'
import { listLevels } from './levels.ts'
import { fail, quote } from './problem.ts'
import { type Fault, lineAt, type Source } from './source.ts'
import { duplicateKey } from './syntax.ts'
import type { Part, Spot } from './yaml.ts'

/**
 * Environments that GitHub takes for the same, keys of one `hosts` that mean the same, and endpoints that one
 * environment lists twice. Works on any tree, valid or not, so that these are reported together with everything else.
 */
export function findDuplicates(root: Spot, source: Source): Fault[] {
  const named = root.parts.get('environments')
  const levels = listLevels(root)
  return [
    ...findSameKeys(named, source, (name) => name.toLowerCase()),
    ...levels.flatMap((level) => findSameKeys(level.parts.get('hosts'), source, readHost)),
    ...levels
      .slice(1)
      .flatMap((environment) => findSameEndpoints(environment.parts.get('endpoints'), source)),
  ]
}

/** What a key of `hosts` means; undefined if it is not valid. */
function readHost(key: string): string | undefined {
  const matcher = parseHostKey(key).value
  return matcher && matcherText(matcher)
}

function findSameKeys(
  mapping: Part | undefined,
  source: Source,
  read: (key: string) => string | undefined,
): Fault[] {
  const first = new Map<string, { key: string; line: number }>()
  const faults: Fault[] = []
  for (const [key, part] of mapping?.spot.parts ?? []) {
    const meaning = read(key)
    if (meaning === undefined) continue
    const known = first.get(meaning)
    if (!known) first.set(meaning, { key, line: lineAt(source, part.key.start) + 1 })
    else faults.push(duplicateKey(key, part.key, known.line, known.key))
  }
  return faults
}

function findSameEndpoints(endpoints: Part | undefined, source: Source): Fault[] {
  const firstLine = new Map<string, number>()
  const faults: Fault[] = []
  for (const spot of endpoints?.spot.items ?? []) {
    const text = spot.parts.get('host')?.spot.value ?? spot.value
    const endpoint = typeof text === 'string' ? parseEndpoint(text).value : undefined
    if (!endpoint) continue
    const meaning = `${endpoint.host} ${endpoint.extraPort ?? ''}`
    const known = firstLine.get(meaning)
    if (known === undefined) {
      firstLine.set(meaning, lineAt(source, spot.span.start) + 1)
    } else {
      const message = `${quote(endpoint.text)} is already an endpoint on line ${known}`
      faults.push({
        span: spot.span,
        problem: fail('duplicate-endpoint', message, 'keep one of them').problem,
      })
    }
  }
  return faults
}
