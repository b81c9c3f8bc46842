/**
 * Writes what a release consists of, from the dist/ that is there:
 *
 *     node scripts/release/files.ts <folder>
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readChanges } from './changes.ts'
import { packSingleFile } from './single-file.ts'

const [to = 'release'] = process.argv.slice(2)
const folder = resolve(to)
process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const { version } = manifest
const changes = readChanges(readFileSync('CHANGELOG.md', 'utf8'), version)

mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/notes.md`, changes)
packPackage()
writeFileSync(`${folder}/portgate.mjs`, packSingleFile('dist/cli', version), { mode: 0o755 })
writeFileSync(`${folder}/portgate.cdx.json`, JSON.stringify(listParts(), undefined, 2))
const sums = readdirSync(folder)
  .filter((name) => name.startsWith('portgate'))
  .sort()
  .map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(`${folder}/${name}`))
        .digest('hex')}  ${name}\n`,
  )
writeFileSync(`${folder}/SHA256SUMS`, sums.join(''))

/**
 * What the bundles are made of, as CycloneDX: npm lists all that the lock file has, and `--omit dev` would leave out what a
 * development dependency needs as well.
 */
function listParts(): object {
  const sbom = JSON.parse(npm('sbom', '--package-lock-only', '--sbom-format', 'cyclonedx'))
  const licences = ['action', 'cli']
    .map((entry) => readFileSync(`dist/${entry}/licenses.txt`, 'utf8'))
    .join('\n')
  const bundled = new Set(
    [...licences.matchAll(/^(\S+)\n(\d\S*), /gm)].map(([, name, version]) => `${name}@${version}`),
  )
  const isPart = ({ name, version }: Part) => bundled.has(`${name}@${version}`)
  const components = sbom.components.filter(isPart)
  const refs = new Set(components.map((part: Part) => part['bom-ref']))
  refs.add(sbom.metadata.component['bom-ref'])
  const dependencies = sbom.dependencies
    .filter(({ ref }: Dependency) => refs.has(ref))
    .map(({ ref, dependsOn }: Dependency) => ({ ref, dependsOn: dependsOn.filter((to) => refs.has(to)) }))
  return { ...sbom, components, dependencies }
}

/** Of CycloneDX, what is read here. */
interface Part {
  name: string
  version: string
  'bom-ref': string
}

interface Dependency {
  ref: string
  dependsOn: string[]
}

/** Packs the command line for npm. Everything is in the bundle, so that an installation fetches nothing else. */
function packPackage(): void {
  const staging = mkdtempSync(join(tmpdir(), 'portgate-'))
  for (const name of [...manifest.files, 'README.md', 'LICENSE'])
    cpSync(name, join(staging, name), { recursive: true })
  const { name, description, license, type, bin, files, engines } = manifest
  const packed = { name, version, description, license, type, bin, files, engines }
  writeFileSync(join(staging, 'package.json'), JSON.stringify(packed, undefined, 2))
  npm('pack', staging, '--silent', '--pack-destination', folder)
  rmSync(staging, { recursive: true })
}

function npm(...args: string[]): string {
  return execFileSync('npm', args, { encoding: 'utf8', shell: process.platform === 'win32' })
}
