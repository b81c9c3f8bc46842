import type { Report } from '../model.ts'
import { type Annotation, toAnnotations } from './annotations.ts'
import { renderCompact } from './compact.ts'

/**
 * The report for the log of a GitHub workflow: the findings a line each, and then as workflow
 * commands, which become annotations. Any step may print it; nothing in it is a command but these.
 */
export function* renderWorkflowCommands(report: Report): Generator<string> {
  yield* renderCompact(report)
  for (const annotation of toAnnotations(report)) yield `${writeCommand(annotation)}\n`
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
function writeCommand({ level, title, message, file, line, column }: Annotation): string {
  const properties = Object.entries({ file, line, col: column, title })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
  return `::${level} ${properties.join(',')}::${escapeData(message)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
