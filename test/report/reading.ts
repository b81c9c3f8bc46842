/** How others read what the renderers write: the runner, and GitHub's Markdown. */

/** What no output may hold: control, format and other characters that cannot be seen, but for the line end. */
export const UNPRINTABLE = /(?!\n)[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u

/** Text without its colours. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how colours begin
  return text.replace(/\u001b\[[\d;]+m/g, '')
}

/** Whether the GitHub runner could take a line for a command: see `ActionCommand.cs` in actions/runner. */
export function isCommand(line: string): boolean {
  const seen = plain(line).replace(/(?!\s)[\p{C}\p{Default_Ignorable_Code_Point}]/gu, '')
  return seen.trimStart().startsWith('::') || seen.includes('##[')
}

/** What a reader sees of escaped Markdown that holds nothing else. */
export function decodeMarkdown(markdown: string): string {
  return markdown
    .replace(/<span>(.)<\/span>/g, '$1')
    .replace(/&#(\d+);/g, (_reference, code) => String.fromCharCode(code))
}
