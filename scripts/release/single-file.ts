/**
 * The command line as one file, for machines that have Node and nothing else: a program that unpacks the bundle into a folder
 * of its own and starts it there. A folder, because the bundle starts threads and a process from files.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

/** Any Node that knows modules reads this: the bundle's first file says which version it needs. */
const LAUNCHER = `
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'

const folder = mkdtempSync(join(tmpdir(), 'portgate-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const files = JSON.parse(gunzipSync(Buffer.from(PACKED, 'base64')).toString())
for (const name of Object.keys(files)) writeFileSync(join(folder, name), files[name])
import(pathToFileURL(join(folder, 'index.js')).href)
`

/**
 * @param bundle the folder of the built command line
 * @returns the text of the program
 */
export function packSingleFile(bundle: string, version: string): string {
  const files = Object.fromEntries(
    readdirSync(bundle).map((name) => [name, readFileSync(`${bundle}/${name}`, 'utf8')]),
  )
  const packed = gzipSync(JSON.stringify(files), { level: 9 }).toString('base64')
  return `#!/usr/bin/env node\n// Portgate ${version}; the licences are in the bundle.\nconst PACKED = '${packed}'\n${LAUNCHER}`
}
