import type { Diagnostic } from './model.ts'
import { count } from './numbers.ts'
import { formatDiagnostic } from './policy/diagnostics.ts'

/**
 * The heading above the reason in a summary: `UNUSABLE` if its author has to fix something, `NOT RUN` if nothing is wrong with what was
 * written.
 */
export type Heading = `UNUSABLE: ${string}` | `NOT RUN: ${string}`

/** Nothing could be judged: exit status 2. The message is for people and may have many lines. */
export class Unusable extends Error {
  override name = 'Unusable'
  /** What is wrong in files, by place; empty where something else is wrong. */
  readonly diagnostics: Diagnostic[]
  readonly heading: Heading

  constructor(
    problems: string[],
    diagnostics: Diagnostic[] = [],
    heading: Heading = `UNUSABLE: ${count(problems.length, 'input')} cannot be used`,
  ) {
    super([...problems, ...diagnostics.map(formatDiagnostic)].join('\n'))
    this.diagnostics = diagnostics
    this.heading = heading
  }
}

/** A file is not in the folder. */
export class Missing extends Unusable {
  override name = 'Missing'
}

/** A file could not be read, so that nothing is known of what is in it. */
export class Unreadable extends Unusable {
  override name = 'Unreadable'
}
