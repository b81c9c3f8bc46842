import { join } from 'node:path'
import type { Report } from '../model.ts'
import { RENDERERS, type ReportFormat } from '../report/formats.ts'
import type { Origin } from '../report/sarif.ts'
import { Unusable } from '../unusable.ts'
import { checkOutputFolder, openOutputFolder, writeWhole } from './output-folder.ts'

/** The formats that a run leaves as files, `report.json` and `report.sarif`. */
const FILE_FORMATS = ['json', 'sarif'] as const satisfies readonly ReportFormat[]

/** Names of files by format. Of a shard there is one: attempts do not overwrite each other, wherever they meet. */
function nameFiles({ shard }: Report): [format: (typeof FILE_FORMATS)[number], name: string][] {
  if (shard) return [['json', `shard-${shard.index}-attempt-${shard.attempt}.json`]]
  return FILE_FORMATS.map((format) => [format, `report.${format}`])
}

/** Paths of the files that could be written. */
export type SavedFiles = Partial<Record<(typeof FILE_FORMATS)[number], string>>

/** What came of saving a report. */
interface Saved {
  files: SavedFiles
  /** Sentences that say what a file has left out for want of room. */
  cuts: string[]
  failures: { name: string; reason: string }[]
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
 * Writes a report in every format for files, as `report.*`, or that of a shard as `shard-*.json`. A file that cannot be written keeps none of the others
 * from being written.
 *
 * @param folder made where it does not exist
 * @param checkout whose links are not followed: see `openOutputFolder`
 */
export function saveReport(report: Report, folder: string, checkout: string, origin?: Origin): Saved {
  const saved: Saved = { files: {}, cuts: [], failures: [] }
  for (const [format, name] of nameFiles(report)) {
    const text = RENDERERS[format](report, { origin, onCut: (cut) => saved.cuts.push(cut) })
    try {
      writeWhole(join(openOutputFolder(folder, checkout), name), text)
      saved.files[format] = join(folder, name)
    } catch (error) {
      saved.failures.push({ name, reason: (error as Error).message })
    }
  }
  return saved
}
