/** Builds dist/: the sources as JavaScript in lib/, and from there one bundle for the action and one for the command line. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describeLicences } from './licences.ts'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

// What an earlier build left would be bundled, or stay beside the bundle.
for (const folder of ['lib', 'dist']) rmSync(folder, { recursive: true, force: true })

runBin('typescript/bin/tsc')
// A thread is a file of its own, which the bundles copy as it is, so it must be self-contained.
const threads = ['lib/scan/worker/worker-thread', 'lib/scan/identify/aside-thread']
for (const thread of threads) {
  bundle(`${thread}.js`, `${thread}-bundle`)
  copyFileSync(`${thread}-bundle/index.js`, `${thread}.js`)
}
for (const entry of ['action', 'cli']) {
  bundle(`lib/${entry}.js`, `dist/${entry}`)
  // A Node that is too old could not parse the bundle: the file that starts it says so first.
  renameSync(`dist/${entry}/index.js`, `dist/${entry}/main.js`)
  writeFileSync(`dist/${entry}/index.js`, readFileSync('lib/start.js'), { mode: 0o755 })
  // ncc's own file has the licences of the chunk that it wrote last, and none of the threads'.
  const stats = [`lib/${entry}.js`, ...threads.map((thread) => `${thread}.js`)].map(statsOf)
  writeFileSync(`dist/${entry}/licenses.txt`, describeLicences(stats))
  // A process of its own, which imports Node's modules only, and a thread that the bundler does not find by itself.
  copyFileSync('lib/scan/targets/lookup-process.js', `dist/${entry}/lookup-process.js`)
  copyFileSync('lib/scan/identify/aside-thread.js', `dist/${entry}/aside-thread.js`)
}

function bundle(source: string, folder: string): void {
  runBin('@vercel/ncc/dist/ncc/cli.js', 'build', source, '-o', folder, '--stats-out', statsOf(source))
}

/** Where the bundler says what it has bundled. */
function statsOf(source: string): string {
  return `${source}.stats.json`
}

/** Runs a package's program by its path: names on the path differ between systems. */
function runBin(path: string, ...args: string[]): void {
  execFileSync(process.execPath, [`node_modules/${path}`, ...args], { stdio: 'inherit' })
}
