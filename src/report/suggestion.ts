import { codeSpan, markdown } from './escape.ts'

/** A summary may have 1 MiB; what is longer than this leaves no room for the rest, in UTF-16 code units. */
const LONGEST_POLICY = 500_000

/** A suggested policy, as far as a summary is concerned. */
interface SuggestedPolicy {
  file: string
  /** The policy that it amends. */
  before?: string
  text: string
  sentences: string[]
}

/** A suggested policy for the job summary, ready to be copied. */
export function renderSuggestionSummary({ file, before, text, sentences }: SuggestedPolicy): string {
  const what =
    before === undefined ? 'Suggested policy' : before === text ? 'Nothing to change' : 'Suggested change'
  const todo =
    before === text
      ? `${codeSpan(file)} allows everything that is open.`
      : `Read it, and save it as ${codeSpan(file)}:`
  const shown = text.length > LONGEST_POLICY ? 'It is too long for the summary; the log has it.' : fence(text)
  return [
    `### ${what}`,
    todo,
    ...(before === text ? [] : [shown]),
    ...sentences.map((sentence) => `- ${markdown(sentence)}`),
  ]
    .join('\n\n')
    .concat('\n')
}

/** A block of code that nothing in it can end: its fence is longer than any run of backticks there. */
function fence(text: string, language = 'yaml'): string {
  const runs = text.match(/`+/g) ?? []
  const mark = '`'.repeat(Math.max(3, ...runs.map(({ length }) => length + 1)))
  return `${mark}${language}\n${text.replace(/\n*$/, '\n')}${mark}`
}
