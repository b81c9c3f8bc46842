import type { CatalogueEntry, RiskFacts } from '../model.ts'
import { isWayIn, MAY_LOCK_OUT, renderClosings } from './closing.ts'
import { printable } from './escape.ts'
import { createPalette, labelled, paintSeverity, wrap } from './layout.ts'
import type { TextOptions } from './text.ts'

/** What else is known of an entry, or of the port that was asked for. */
export interface EntryContext {
  /** Names that IANA has for its ports, where they are others. */
  iana: { port: number; name: string; about: string; isSame: boolean }[]
  port?: number
  /** Other services that use the port by default. */
  others?: CatalogueEntry[]
}

const LOGINS: Record<RiskFacts['auth'], string> = {
  none: 'none by default',
  weak: 'weak: known, guessed in bulk, or only where somebody turned it on',
  yes: 'asks for one',
}

const YIELDS: Record<RiskFacts['yields'], string> = {
  control: 'whoever gets in runs code or operates a machine',
  data: 'whoever gets in reads or changes what it keeps',
  some: 'whoever gets in has part of what it keeps',
  hints: 'whoever gets in learns something, or wastes something',
  nothing: 'made for the public, or harmless',
}

/**
 * What the catalogue says of a service, for the terminal, with a final newline: the name and the severity first,
 * then why, what to do, the commands that close the port, and where this is from.
 */
export function renderEntry(
  entry: CatalogueEntry,
  { colours, width }: TextOptions,
  context: EntryContext = { iana: [] },
): string {
  const paint = createPalette(colours)
  const columns = Math.max(40, width)
  const row = (label: string, text: string) =>
    labelled(label, printable(text), { width: columns, indent: 2, label: 9, paint: paint.dim })
  const severity = `${entry.severity.toUpperCase()} when it faces the internet`
  const { facts } = entry
  const lines = [
    ...wrap(printable(`${entry.name} (${entry.service})`, 200), columns).map(paint.bold),
    ...wrap(severity, columns).map((line) => paint.bold(paintSeverity(entry.severity, paint)(line))),
    '',
    ...row('why', entry.why),
    ...row('remedy', entry.remedy),
    ...(entry.alternative ? row('or', entry.alternative) : []),
    ...(entry.bind ? row('bind', entry.bind) : []),
    '',
    ...row(entry.ports.length === 1 ? 'port' : 'ports', describePorts(entry)),
    ...describeContext(context).flatMap(([label, text]) => row(label, text)),
    ...row('kind', entry.category + (entry.over ? `, over ${entry.over}` : '')),
    ...(facts ? [...row('login', LOGINS[facts.auth]), ...row('at stake', describeStake(facts))] : []),
    '',
    // On lines of their own: an address that is broken across lines cannot be followed.
    ...entry.sources.flatMap((source) =>
      wrap(printable(source), columns - 2).map((line) => paint.dim(`  ${line}`)),
    ),
  ]
  if (context.port) lines.push('', ...describeClosings(context.port, entry, columns, paint.dim))
  return lines.map((line) => `${line}\n`).join('')
}

function describePorts({ ports, shares = [] }: CatalogueEntry): string {
  const own = ports.length > 0 ? [`TCP ${ports.join(', ')}`] : []
  const shared =
    shares.length > 0 ? [`${own.length > 0 ? 'also' : 'TCP'} ${shares.join(', ')}, with others`] : []
  return [...own, ...shared].join('; ') || 'TCP any'
}

function describeContext({ port, iana, others = [] }: EntryContext): [label: string, text: string][] {
  const rows: [string, string][] = []
  if (others.length > 0) {
    const names = others.map(({ name, service, severity }) => `${name} (${service}, ${severity})`)
    rows.push(['also', `${names.join(', ')} on ${port}`])
  }
  for (const difference of iana) rows.push(['IANA', describeDifference(difference)])
  return rows
}

function describeDifference({ port, name, about, isSame }: EntryContext['iana'][number]): string {
  if (isSame) return `calls it ${name} on ${port}`
  return `has given ${port} to another service, ${name}${about && about.toLowerCase() !== name ? ` (${about})` : ''}`
}

function describeStake({ yields, cleartext, exploited }: RiskFacts): string {
  return [
    YIELDS[yields],
    ...(cleartext ? ['unencrypted'] : []),
    ...(exploited ? ['exploited in large numbers'] : []),
  ].join('; ')
}

/** Whole lines, however wide, and none indented: a command that is broken cannot be copied. */
function describeClosings(
  port: number,
  { service }: CatalogueEntry,
  columns: number,
  dim: (text: string) => string,
): string[] {
  const warning = isWayIn(service) ? wrap(MAY_LOCK_OUT, columns) : []
  const script = renderClosings(port).map((line) => (line.startsWith('#') ? dim(line) : line))
  return [...wrap(`To close port ${port}, one of these:`, columns), ...warning, '', ...script]
}
