import type { Diagnostic } from '../model.ts'
import { DIAGNOSTIC_CODES, type DiagnosticCode } from './problem.ts'

/**
 * Diagnostics that say where a file is wrong and in which way, and quote nothing of it: neither lines nor keys and
 * values, which messages and hints repeat.
 *
 * @param hint why nothing is quoted, and what to do; said once
 */
export function withhold(diagnostics: readonly Diagnostic[], hint: string): Diagnostic[] {
  return diagnostics.map(({ code, place }, index) => {
    const what = DIAGNOSTIC_CODES[code as DiagnosticCode].replace(/\.$/, '')
    const message = what.charAt(0).toLowerCase() + what.slice(1)
    return { code, message, ...(index === 0 ? { hint } : {}), place, source: '', width: 1 }
  })
}
