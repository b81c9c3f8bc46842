import { join } from 'node:path'
import type { Report } from '../model.ts'
import { renderJsonPieces } from '../report/json.ts'
import { type Origin, renderSarif } from '../report/sarif.ts'
import { Unusable } from '../unusable.ts'
import { checkOutputFolder, openOutputFolder, writeWhole } from './output-folder.ts'

/** Paths of the files that could be written. */
export interface SavedFiles {
  json?: string
  sarif?: string
}

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
 * Writes a report in every format for files, as `report.*`. A file that cannot be written keeps none of the others
 * from being written.
 *
 * @param folder made where it does not exist
 * @param checkout whose links are not followed: see `openOutputFolder`
 */
export function saveReport(report: Report, folder: string, checkout: string, origin?: Origin): Saved {
  const sarif = renderSarif(report, origin)
  const texts = { json: renderJsonPieces(report), sarif: sarif.text }
  const saved: Saved = { files: {}, cuts: sarif.cut === undefined ? [] : [sarif.cut], failures: [] }
  for (const format of ['json', 'sarif'] as const) {
    const name = `report.${format}`
    try {
      writeWhole(join(openOutputFolder(folder, checkout), name), texts[format])
      saved.files[format] = join(folder, name)
    } catch (error) {
      saved.failures.push({ name, reason: (error as Error).message })
    }
  }
  return saved
}
