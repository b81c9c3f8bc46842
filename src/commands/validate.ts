import type { Diagnostic } from '../model.ts'
import { count } from '../numbers.ts'
import { formatDiagnostic } from '../policy/diagnostics.ts'

/** What is to be said of a policy that is valid. */
export interface Validated {
  /** How many endpoints it names; 0 where they come with the run. */
  endpoints: number
  /** What is worth a look, and no mistake. */
  notes: Diagnostic[]
}

/** The same for people: a sentence, and each note with its place. */
export function sayValid({ endpoints, notes }: Validated): string {
  const named = endpoints === 0 ? 'no endpoints' : count(endpoints, 'endpoint')
  return [
    `The policy is valid; it names ${named}.`,
    ...notes.map((note) => formatDiagnostic({ ...note, code: `note: ${note.code}` })),
  ].join('\n')
}
