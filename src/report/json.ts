/**
 * What is written as `\u…` though JSON does not ask for it: characters that cannot be seen, and `##[`, which the
 * GitHub runner takes for a command. None of them is part of JSON but inside a string, so nothing is lost.
 */
const ESCAPED = /(?!\n)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|##(?=\[)/gu

/** JSON for a file or a terminal, such as `report.json`: the value as it is, so many spaces deep, with a final newline. */
export function renderJson(value: unknown, indent = 2): string {
  return `${JSON.stringify(value, null, indent).replace(ESCAPED, escapeUnits)}\n`
}

function escapeUnits(text: string): string {
  return text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
