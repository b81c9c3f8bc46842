import picocolors from 'picocolors'
import { expect, test } from 'vitest'
import type { PolicyChange } from '../../src/model.ts'
import { layOutChanges, renderChanges, renderChangesMarkdown } from '../../src/report/changes.ts'
import { renderHtml } from '../../src/report/html/html.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { renderText } from '../../src/report/text.ts'
import { huge, pass, review } from './samples.ts'

const TEXT = { colours: false, width: 100 }

test('the text report has the changes, and among the notes no loosening', () => {
  const text = renderText(review, TEXT)
  expect(text).toContain(`Policy changes
  loosened   CRITICAL: allows 6379 (Redis or Valkey, critical) on every host under \`*.example.com\`
             .github/port-policy.yml:4:5
  loosened   CRITICAL: no longer denies 23 (Telnet, critical) on every address in \`10.0.0.0/8\`, in
             \`production\`
             .github/port-policy.yml:7:5, removed
  tightened  scans \`api.example.com\`
             .github/port-policy.yml:9:5
`)
  expect(text).not.toContain('Notes')
  expect(text).toContain('.github/port-policy.yml at main (SHA-256')
})

test('the summary has the changes, and among the notes no loosening', () => {
  const summary = renderSummary(review)
  expect(summary).toContain(`**Policy changes**

- **loosened** (critical): allows 6379 (Redis or Valkey, critical) on every host under \`*.example.com\` \`.github/port-policy.yml:4:5\`
- **loosened** (critical): no longer denies 23 (Telnet, critical) on every address in \`10.0.0.0/8\`, in \`production\` \`.github/port-policy.yml:7:5\`, removed
- tightened: scans \`api.example.com\` \`.github/port-policy.yml:9:5\`
`)
  expect(summary).not.toContain('<details><summary>1 note')
})

test.each(['``two``', '```js alert(1) ```', '`a` and ` half', 'a ``'])(
  'backticks that are not ours are no code: %s',
  (message) => {
    const [change] = review.policyChanges as [PolicyChange]
    const changed = { ...review, policyChanges: [{ ...change, message }] }
    const [row = ''] = renderSummary(changed)
      .split('\n')
      .filter((line) => line.startsWith('- **loosened**'))
    expect(row).toBe(
      `- **loosened** (critical): ${message.replaceAll('`', '&#96;')} \`.github/port-policy.yml:4:5\``,
    )
    const [, html = ''] =
      /<ul class="changes">(.*)<span class="place">/s.exec([...renderHtml(changed, {})].join('')) ?? []
    expect(html).toContain(message)
    expect(html).not.toContain('<code>')
  },
)

test('where the policy has not changed there is no section', () => {
  expect(renderText(pass, TEXT)).not.toContain('Policy changes')
  expect(renderSummary(pass)).not.toContain('Policy changes')
})

test('a log shows fifty and counts the others; the comparison itself shows all', () => {
  const { policyChanges } = huge
  const lines = layOutChanges(policyChanges, 100, picocolors.createColors(false))
  expect(lines.at(-1)).toBe('  and 4,950 more changes; report.json has all of them')
  expect(renderChanges(policyChanges, TEXT).match(/CRITICAL/g)).toHaveLength(5000)
})

test('two policies that mean the same', () => {
  expect(renderChanges([], TEXT)).toBe('The two policies mean the same.\n')
  expect(renderChangesMarkdown([])).toBe('The two policies mean the same.\n')
})
