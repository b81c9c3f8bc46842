/** Builds dist/: the sources as JavaScript in lib/, and from there one bundle for the action and one for the command line. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))

// What an earlier build left would be bundled, or stay beside the bundle.
for (const folder of ['lib', 'dist']) rmSync(folder, { recursive: true, force: true })

runBin('typescript/bin/tsc')
// A thread is a file of its own, which the bundles take along as it is: so it has to be whole.
runBin('@vercel/ncc/dist/ncc/cli.js', 'build', 'lib/scan/helper-thread.js', '-o', 'lib/helper-thread')
copyFileSync('lib/helper-thread/index.js', 'lib/scan/helper-thread.js')
for (const entry of ['action', 'cli']) {
  runBin(
    '@vercel/ncc/dist/ncc/cli.js',
    'build',
    `lib/${entry}.js`,
    '-o',
    `dist/${entry}`,
    '--license',
    'licenses.txt',
  )
  // A process of its own, which knows Node only.
  copyFileSync('lib/scan/lookup-process.js', `dist/${entry}/lookup-process.js`)
}

/** Runs a package's program by its path: names on the path differ between systems. */
function runBin(path: string, ...args: string[]): void {
  execFileSync(process.execPath, [`node_modules/${path}`, ...args], { stdio: 'inherit' })
}
