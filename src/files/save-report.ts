import { join } from 'node:path'
import type { Report } from '../model.ts'
import { loadRenderer, type ReportFormat } from '../report/formats.ts'
import type { Links } from '../report/links.ts'
import { Unusable } from '../unusable.ts'
import { checkOutputFolder, openOutputFolder, writeWhole } from './output-folder.ts'

const FILE_NAMES: Record<ReportFormat, string> = {
  text: 'report.txt',
  compact: 'report.compact.txt',
  json: 'report.json',
  markdown: 'report.md',
  html: 'report.html',
  sarif: 'report.sarif',
  junit: 'junit.xml',
  csv: 'open-ports.csv',
  github: 'report.commands.txt',
}

/** The formats that every run leaves as files. */
const ALWAYS = ['json', 'sarif', 'html', 'junit'] as const satisfies readonly ReportFormat[]

/**
 * File names by format. A shard has one file, with its attempt in the name, so that attempts collected in one folder do
 * not overwrite each other.
 */
function nameFiles({ shard }: Report, more: readonly ReportFormat[]): [format: ReportFormat, name: string][] {
  if (shard) return [['json', `shard-${shard.index}-attempt-${shard.attempt}.json`]]
  return [...new Set([...ALWAYS, ...more])].map((format) => [format, FILE_NAMES[format]])
}

/** Paths of the files that could be written. */
export type SavedFiles = Partial<Record<ReportFormat, string>>

/** What came of saving a report. */
interface Saved {
  files: SavedFiles
  /** Sentences that say what a file has left out for lack of space. */
  cuts: string[]
  failures: { name: string; reason: string }[]
}

/** What is written in addition to the files of every run, and what they link to. */
interface SaveOptions {
  formats?: readonly ReportFormat[]
  links?: Links
}

/**
 * Makes the folder that the user names for the report, before anything is scanned for it.
 *
 * @throws {Unusable} where nothing can be written there
 */
export function requireOutputFolder(folder: string, checkout: string): void {
  try {
    checkOutputFolder(folder, checkout)
  } catch (error) {
    throw new Unusable(
      [`output-directory: ${(error as Error).message}.`],
      [],
      'NOT RUN: output-directory cannot be written',
    )
  }
}

/**
 * Writes a report as `report.json`, `report.sarif`, `report.html` and `junit.xml`, and in other formats that are asked for; that
 * of a shard as `shard-*.json`. If one file cannot be written, the others still are.
 *
 * @param folder made where it does not exist
 * @param checkout whose links are not followed: see `openOutputFolder`
 */
export async function saveReport(
  report: Report,
  folder: string,
  checkout: string,
  { formats = [], links }: SaveOptions = {},
): Promise<Saved> {
  const saved: Saved = { files: {}, cuts: [], failures: [] }
  for (const [format, name] of nameFiles(report, formats)) {
    try {
      const render = await loadRenderer(format)
      const text = render(report, { links, onCut: (cut) => saved.cuts.push(cut) })
      writeWhole(join(openOutputFolder(folder, checkout), name), text)
      saved.files[format] = join(folder, name)
    } catch (error) {
      saved.failures.push({ name, reason: (error as Error).message })
    }
  }
  return saved
}
