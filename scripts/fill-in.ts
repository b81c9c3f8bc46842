import { readFileSync, writeFileSync } from 'node:fs'

/** Puts a text between the marks of a page: `<!-- bench -->` and `<!-- /bench -->`. */
export function fillIn(page: URL, mark: string, text: string): void {
  const around = new RegExp(`(<!-- ${mark} -->\\n\\n).*?(<!-- /${mark} -->)`, 's')
  const written = readFileSync(page, 'utf8')
  writeFileSync(
    page,
    written.replace(around, (_, begin, end) => `${begin}${text}\n\n${end}`),
  )
}
