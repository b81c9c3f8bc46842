import type { Report } from '../model.ts'
import { renderCompact } from './compact.ts'
import { renderCsv } from './csv.ts'
import { renderJunit } from './junit.ts'
import { renderReport } from './report-json.ts'
import { renderSarif } from './sarif.ts'
import { renderSummary } from './summary.ts'
import { renderText, type TextOptions } from './text.ts'
import { renderWorkflowCommands } from './workflow-commands.ts'

/** The formats of a report; the first is the default. */
export const REPORT_FORMATS = [
  'text',
  'compact',
  'json',
  'markdown',
  'html',
  'sarif',
  'junit',
  'csv',
  'github',
] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]

/** The formats of a comparison of two policies. */
export const DIFF_FORMATS = ['text', 'json', 'markdown'] as const satisfies readonly ReportFormat[]
export type DiffFormat = (typeof DIFF_FORMATS)[number]

/** The output formats for policies and the catalogue. */
export const PLAIN_FORMATS = ['text', 'json'] as const satisfies readonly ReportFormat[]
export type PlainFormat = (typeof PLAIN_FORMATS)[number]

/** How a suggested policy is printed: whole, or as what changes. */
export const SUGGEST_FORMATS = ['yaml', 'patch'] as const
export type SuggestFormat = (typeof SUGGEST_FORMATS)[number]

/** What a report is written for. Each format takes of it what it needs. */
interface RenderContext extends Partial<TextOptions> {
  /** Told as a sentence what was left out for lack of space. */
  onCut?(sentence: string): void
}

/** Writes a report, with a final newline; in pieces where one text could be too long to be held in memory. */
export type Renderer = (report: Report, context: RenderContext) => string | Iterable<string>

/** Columns of text that goes to a file or a pipe. */
export const PIPE_COLUMNS = 100

/** What is loaded at the start: all but what is large. */
const LIGHT: Record<Exclude<ReportFormat, 'html'>, Renderer> = {
  text: (report, { colours = false, width = PIPE_COLUMNS, ...others }) =>
    renderText(report, { ...others, colours, width }),
  compact: renderCompact,
  json: renderReport,
  markdown: (report, { links }) => renderSummary(report, { links }),
  sarif: (report, { links, onCut }) => {
    const { text, cut } = renderSarif(report, links?.origin)
    if (cut !== undefined) onCut?.(cut)
    return text
  },
  junit: renderJunit,
  csv: renderCsv,
  github: renderWorkflowCommands,
}

/** What writes a format; the page and its program are loaded when they are asked for. */
export async function loadRenderer(format: ReportFormat): Promise<Renderer> {
  if (format !== 'html') return LIGHT[format]
  const { renderHtml } = await import('./html/html.ts')
  return renderHtml
}
