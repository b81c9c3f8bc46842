import type { Report } from '../../model.ts'
import type { ReportFormat } from '../../report/formats.ts'
import type { RunContext } from '../../run.ts'
import type { TraceRecord } from '../../scan/engine/trace.ts'
import type { Flags } from '../flags.ts'

/** How the command line runs a command and shows its result. */
export interface Terminal {
  /** Runs with progress on stderr. */
  watched<T>(task: (context: RunContext) => Promise<T>): Promise<T>
  /** Writes a report, prints it, and says how it ends. */
  show(report: Report, flags: ShowFlags): Promise<void>
  print(text: string): void
  warn(sentence: string): void
  onTrace(record: TraceRecord): void
  columns: number
}

/**
 * Where a report goes: the first format is printed, and the others are written as files, in addition to those of every
 * run.
 */
export interface ShowFlags extends Pick<Flags, 'outputDirectory'> {
  format: [ReportFormat, ...ReportFormat[]]
}

/** What `merge` is given. */
export type MergeFlags = ShowFlags & Pick<Flags, 'plan' | 'maxAge' | 'baseline' | 'knownViolations'>
