/** Writes src/report/html/assets.ts: the program and the style of the HTML report, each as one text. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const PAGE = fileURLToPath(new URL('../src/report/html/page/', import.meta.url))

export const ASSETS = fileURLToPath(new URL('../src/report/html/assets.ts', import.meta.url))

/** What is in that file. */
export async function renderAssets(): Promise<string> {
  const bundle = await rolldown({ input: `${PAGE}main.ts`, platform: 'browser', tsconfig: false })
  const { output } = await bundle.generate({ format: 'iife', minify: false, comments: false })
  const [{ code }] = output
  const style = readFileSync(`${PAGE}style.css`, 'utf8')
  // Any of these would break the element that the text is in.
  for (const text of [code, style])
    if (/<\/(script|style)|<!--/i.test(text)) throw new Error('It would end its element')
  return [
    '// Written by `npm run page` from src/report/html/page/.',
    `export const SCRIPT = ${JSON.stringify(code)}`,
    `export const STYLE = ${JSON.stringify(style)}`,
    '',
  ].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(ASSETS, await renderAssets())
