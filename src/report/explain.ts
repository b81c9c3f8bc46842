import picocolors from 'picocolors'
import type { CatalogueEntry } from '../model.ts'
import { printable } from './escape.ts'
import { labelled, paintSeverity, wrap } from './layout.ts'
import type { TextOptions } from './text.ts'

/**
 * What the catalogue says of a service, for the terminal, with a final newline: the name and the severity first,
 * then why, what to do, and where this is from.
 */
export function renderEntry(entry: CatalogueEntry, { colours, width }: TextOptions): string {
  const paint = picocolors.createColors(colours)
  const columns = Math.max(40, width)
  const row = (label: string, text: string) =>
    labelled(label, printable(text), { width: columns, indent: 2, label: 9, paint: paint.dim })
  const severity = `${entry.severity.toUpperCase()} when it faces the internet`
  const lines = [
    ...wrap(printable(`${entry.name} (${entry.service})`, 200), columns).map(paint.bold),
    ...wrap(severity, columns).map((line) => paint.bold(paintSeverity(entry.severity, paint)(line))),
    '',
    ...row(entry.ports.length === 1 ? 'port' : 'ports', `TCP ${entry.ports.join(', ') || 'any'}`),
    ...row('kind', entry.category + (entry.over ? `, over ${entry.over}` : '')),
    ...row('why', entry.why),
    ...row('remedy', entry.remedy),
    '',
    // On lines of their own: an address that is broken cannot be followed.
    ...entry.sources.flatMap((source) =>
      wrap(printable(source), columns - 2).map((line) => paint.dim(`  ${line}`)),
    ),
  ]
  return lines.map((line) => `${line}\n`).join('')
}
