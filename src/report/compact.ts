import stringWidth from 'string-width'
import type { Finding, Report } from '../model.ts'
import { formatRanges } from '../port-ranges.ts'
import { foldAlike, sayTogether } from './compact-folded.ts'
import { count } from './counts.ts'
import { logSafe, printable, printableAscii } from './escape.ts'
import { wordFinding } from './findings.ts'
import { layOutFirst } from './first.ts'
import { headline, sayFailing } from './headline.ts'
import { createPalette, cutMiddle, cutText, type Palette, pad, paintSeverity, wrap } from './layout.ts'
import { formatSpot, formatTarget, type Spot } from './spots.ts'
import type { TextOptions } from './text.ts'
import { plain } from './wording/text.ts'
import { THIS_RUN } from './wording/wording.ts'

/** Columns between two cells. */
const GAP = '  '

/** Columns that a sentence needs; with fewer left, a line says in a word or two what is there. */
const SENTENCE = 60

/** Fewer columns than these have no room for the ids. */
const NARROW = 72

/** What a line is made of. */
interface Row {
  finding: Finding
  severity: string
  /** Where it is: in full, and (`target`) without the details of the host. */
  where: string
  target: string
  id: string
  /** What is there, in a word or two; empty where that takes a sentence. */
  brief: string
}

/** Lines of findings that fit a screen. If there are more findings, those that are alike share a line; lines beyond these are counted. */
const SCREEN = 40

/** Where to find the full wording. */
const IN_FULL = '--format text, json or html'

/**
 * One line per finding, worst first, in aligned columns, below the verdict; then how much is wrong, how much was seen, what to do
 * first, and what the marks mean; with a final newline. If there are more findings than fit a screen, alike ones share a line.
 * In a terminal no line is wider than the terminal; elsewhere no line is cut.
 */
export function* renderCompact(report: Report, options: Partial<TextOptions> = {}): Generator<string> {
  const { paint, columns } = layOut(options)
  const { findings, mode } = report
  const { verdict, wrong, seen } = headline(report, Number.isFinite(columns) ? columns : undefined)
  const colour = { pass: paint.green, fail: paint.red, inconclusive: paint.yellow }[report.verdict]
  // Names from outside are not coloured.
  const [title = '', ...more] = wrap(verdict, columns)
  yield* writeLines([title.replace(/^[A-Z]+/, (text) => paint.bold(colour(text))), ...more])
  if (findings.length <= SCREEN) yield* writeRows(findings, options)
  else {
    const lines = foldAlike(findings)
    yield* writeFolded(lines.slice(0, SCREEN), report.environments, options)
    const left = lines.slice(SCREEN).flat()
    const more = `and ${count(left.length, 'more finding')} (${sayFailing(left, mode)}): --format json or html`
    if (left.length > 0) yield* writeLines(wrap(more, columns))
  }
  if (findings.length > 0) yield '\n'
  yield* writeLines([
    ...wrap(wrong, columns),
    ...wrap(seen, columns),
    ...layOutFirst(report, columns, paint),
    ...(findings.length > 0 ? wrap(explainMarks(report), columns).map(paint.dim) : []),
  ])
}

/** The violations and doubts alone, each on a line of its own: nothing where there are none. */
export function renderCompactFindings(
  { findings }: Report,
  options: Partial<TextOptions> = {},
): Generator<string> {
  return writeRows(
    findings.filter(({ kind }) => kind !== 'note'),
    options,
  )
}

/** What the marks that occur in the lines mean, and where to find the rest. */
function explainMarks({ findings, mode }: Report): string {
  const has = (isIt: (finding: Finding) => boolean) => findings.some(isIt)
  const marks = [
    has(({ fails }) => fails) && `! ${mode === 'audit' ? 'would fail' : 'fails'} the check`,
    has(({ fails, kind }) => !fails && kind !== 'note') && 'without !: does not fail it',
    has(({ kind }) => kind === 'doubt') && 'doubt: could not be seen',
    has(({ kind }) => kind === 'note') && 'note: never fails it',
  ]
  return [...marks.filter(Boolean), `why, and what to do: ${IN_FULL}`].join(' · ')
}

function* writeLines(lines: readonly string[]): Generator<string> {
  for (const line of lines) yield `${logSafe(line)}\n`
}

function layOut({ colours = false, width = Number.POSITIVE_INFINITY }: Partial<TextOptions>) {
  return { paint: createPalette(colours), columns: Math.max(40, width) }
}

function* writeRows(findings: readonly Finding[], options: Partial<TextOptions>): Generator<string> {
  const { paint, columns } = layOut(options)
  const widths = measure(findings, columns)
  for (const finding of findings) yield `${logSafe(writeRow(toRow(finding), widths, paint))}\n`
}

/** Findings that share lines: how bad it is, and the rest as a sentence. */
function* writeFolded(
  lines: readonly Finding[][],
  environments: readonly string[],
  options: Partial<TextOptions>,
): Generator<string> {
  const { paint, columns } = layOut(options)
  const firsts = lines.map(([first]) => first as Finding)
  const width = Math.max(...firsts.map((first) => stringWidth(weigh(first))))
  const room = columns - width - GAP.length
  for (const [index, findings] of lines.entries()) {
    const first = firsts[index] as Finding
    const text = sayTogether(findings, room, environments.length > 1)
    yield `${logSafe(`${colourOf(first, paint)(pad(weigh(first), width))}${GAP}${cutText(text, room)}`)}\n`
  }
}

/** How bad it is. What fails the check is marked: colours may be off. */
function weigh({ kind, severity, fails }: Finding): string {
  const weight = kind === 'note' ? 'note' : kind === 'doubt' ? 'doubt' : severity.toUpperCase()
  return `${fails ? '!' : ' '}${weight}`
}

function colourOf({ kind, severity, fails }: Finding, paint: Palette): (text: string) => string {
  if (kind === 'note') return paint.dim
  return kind === 'doubt' && !fails ? paint.yellow : paintSeverity(severity, paint)
}

function toRow(finding: Finding): Row {
  const { id, environment, endpoint, address, port, alike, place } = finding
  const ports = alike ? formatRanges(alike.ports) : port === undefined ? '' : String(port)
  const spot: Spot = { environment, endpoint, addresses: address ? [address] : [], ports }
  const elsewhere = place ? `${place.file}:${place.line}` : THIS_RUN
  // A port without a host is one of the policy's.
  const isSomewhere = endpoint !== undefined || address !== undefined
  return {
    finding,
    severity: weigh(finding),
    where: logSafe(printable((isSomewhere && formatSpot(spot)) || elsewhere, 600)),
    target: logSafe(printable((isSomewhere && formatTarget(spot)) || elsewhere)),
    id,
    brief: logSafe(isSomewhere || ports === '' ? sayBriefly(finding) : printable(`port ${ports}`, 60)),
  }
}

function sayBriefly({ service, usual, state, reason }: Finding): string {
  const answers = [service ?? '', usual ? `usually ${usual}` : ''].filter(Boolean).join(', ')
  if (answers) return printableAscii(answers, 60)
  return state ? printable(reason ? `${state}, ${reason}` : state, 60) : ''
}

type Widths = Record<'severity' | 'where' | 'id' | 'text', number>

/**
 * Columns of each cell; 0 if there is no room for it. If there is room for sentences, all other cells are shown in full. The rows
 * are built here and again when they are written, because there may be a million.
 */
function measure(findings: readonly Finding[], columns: number): Widths {
  const widest = { severity: 0, where: 0, target: 0, id: 0, brief: 0 }
  const cells = Object.keys(widest) as (keyof typeof widest)[]
  for (const finding of findings) {
    const row = toRow(finding)
    for (const cell of cells) widest[cell] = Math.max(widest[cell], stringWidth(row[cell]))
  }
  const { severity, where } = widest
  const id = columns < NARROW ? 0 : widest.id
  const room = Math.max(0, columns - severity - id - (id > 0 ? 3 : 2) * GAP.length)
  if (room - where >= SENTENCE) return { severity, where, id, text: room - where }
  // Names alone, unless every line has room for more.
  const name = where + widest.brief <= room ? where : widest.target
  const kept = Math.min(name, room - Math.min(widest.brief, Math.floor(room * 0.3)))
  return { severity, where: kept, id, text: room - kept }
}

function writeRow(
  { finding, severity, where, target, id, brief }: Row,
  widths: Widths,
  paint: Palette,
): string {
  const place = stringWidth(where) <= widths.where ? where : cutMiddle(target, widths.where)
  const text =
    widths.text >= SENTENCE
      ? logSafe(printable(plain(wordFinding(finding).message)))
      : brief || (widths.id === 0 ? id : '')
  const cells = [
    { text: severity, width: widths.severity, paint: colourOf(finding, paint) },
    { text: place, width: widths.where, paint: paint.bold },
    ...(widths.id > 0 ? [{ text: id, width: widths.id, paint: paint.dim }] : []),
    { text: cutText(text, widths.text), width: 0, paint: String },
  ].filter(({ text }, index, { length }) => index < length - 1 || text !== '')
  // The last cell is not padded: nothing stands behind it.
  return cells
    .map(({ text, width, paint }, index) => paint(index < cells.length - 1 ? pad(text, width) : text))
    .join(GAP)
}
