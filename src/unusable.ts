import type { Diagnostic } from './model.ts'
import { formatDiagnostic } from './policy/diagnostics.ts'

/**
 * The user's input cannot be used, so nothing was judged: exit status 2. Its message is for people and may have
 * many lines.
 */
export class Unusable extends Error {
  override name = 'Unusable'
  /** What is wrong in files, by place; empty where something else is wrong. */
  readonly diagnostics: Diagnostic[]

  constructor(problems: string[], diagnostics: Diagnostic[] = []) {
    super([...problems, ...diagnostics.map(formatDiagnostic)].join('\n'))
    this.diagnostics = diagnostics
  }
}

/** A file could not be read, so that nothing is known of what is in it. */
export class Unreadable extends Unusable {
  override name = 'Unreadable'
}
