import { expect, test } from 'vitest'
import { renderSuggestionSummary } from '../../src/report/suggestion.ts'

const suggested = {
  file: '.github/port-policy.yml',
  text: 'version: 1\n',
  sentences: ['With <b>this</b>, *all* passes.'],
}

test('the policy stands as it is, and nothing of what is said of it is Markdown', () => {
  expect(renderSuggestionSummary(suggested)).toBe(
    [
      '### Suggested policy',
      'Read it, and save it as `.github/port-policy.yml`:',
      '```yaml\nversion: 1\n```',
      '- With &#60;b&#62;this&#60;/b&#62;, &#42;all&#42; passes.\n',
    ].join('\n\n'),
  )
})

test.each([
  ['# ```', 4],
  ['# `````x', 6],
  ['```\n````', 5],
])('no line of %j ends its block', (text, length) => {
  const [, fence, inside] =
    /^(`+)yaml\n([\s\S]*)\n\1$/m.exec(renderSuggestionSummary({ ...suggested, text })) ?? []
  expect([fence?.length, inside]).toEqual([length, text])
})

test('a policy that needs no change is not repeated', () => {
  const summary = renderSuggestionSummary({ ...suggested, before: suggested.text })
  expect(summary).toContain('`.github/port-policy.yml` allows everything that is open.')
  expect(summary).not.toContain('```')
})
