import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from './model.ts'
import { renderJsonPieces } from './report/json.ts'
import { type Origin, renderSarif } from './report/sarif.ts'

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
 * Writes a report in every format for files, as `report.*`. A file that cannot be written keeps none of the others
 * from being written.
 *
 * @param folder made where it does not exist
 */
export async function saveReport(report: Report, folder: string, origin?: Origin): Promise<Saved> {
  const sarif = renderSarif(report, origin)
  const texts = { json: renderJsonPieces(report), sarif: sarif.text }
  const saved: Saved = { files: {}, cuts: sarif.cut === undefined ? [] : [sarif.cut], failures: [] }
  for (const format of ['json', 'sarif'] as const) {
    const name = `report.${format}`
    try {
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, name), texts[format])
      saved.files[format] = join(folder, name)
    } catch (error) {
      saved.failures.push({ name, reason: (error as Error).message })
    }
  }
  return saved
}
