import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { renderChangesMarkdown } from '../../src/report/changes.ts'
import { codeSpan, markdown, printable } from '../../src/report/escape.ts'
import { renderSummary } from '../../src/report/summary.ts'
import { HOSTILE, makeHostile } from './samples.ts'

/** GitHub-flavoured Markdown as HTML, raw HTML let through. */
function render(source: string): string {
  return micromark(source, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] })
}

/** The pieces of text between tags, outside of code: what GitHub searches for mentions, issues, emoji and math. */
function textNodes(html: string): string[] {
  return html
    .replace(/<code[^>]*>.*?<\/code>/gs, '<code>')
    .split(/<[^>]*>/)
    .map(decode)
}

function decode(html: string): string {
  return html
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
}

const ACTIVE = /@\w|#\d|GH-\d|:[\w+-]+:|\$[^$]|:\/\/|www\.\w/i

/** Elements of the summary's own making, with how often they come when every text is plain. */
function elements(html: string): string[] {
  return [...html.matchAll(/<([a-z]\w*)[^>]*>/g)]
    .map(([, name = '']) => name)
    .filter((name) => !/^(span|code)$/.test(name))
}

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'`*_~|[]()<>!&#@$:/\\.-+=1w \n'), maxLength: 40 }),
  fc.constantFrom(...HOSTILE),
)

describe('in a real renderer', () => {
  test('a sentence is text and nothing else', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const html = render(markdown(text))
        expect(elements(html)).toEqual(printable(text) === '' ? [] : ['p'])
        expect(decode(html.replace(/<[^>]*>/g, ''))).toBe(printable(text))
        expect(textNodes(html).filter((text) => ACTIVE.test(text))).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  test('a name in a cell is code and nothing else', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const html = render(`| a | b |\n|--|--|\n| ${codeSpan(text)} | ${markdown(text)} |`)
        const [, , code = '', plain = ''] = html.match(/<t[hd]>.*?<\/t[hd]>|<td><\/td>/gs) ?? []
        expect(decode(code.replace(/<[^>]*>/g, ''))).toBe(printable(text, 300))
        expect(decode(plain.replace(/<[^>]*>/g, ''))).toBe(printable(text))
        expect(elements(html)).toEqual(elements(render('| a | b |\n|--|--|\n| a | b |')))
      }),
      { numRuns: 2000 },
    )
  })

  test('a change of the policy is one row of text and code', () => {
    fc.assert(
      fc.property(anything, anything, (one, other) => {
        const message = `allows 80 on \`${one}\`, in ${other}`
        const change = { direction: 'tightened', part: 'allow', severity: 'low', message } as const
        const html = render(renderChangesMarkdown([change]))
        expect(elements(html)).toEqual(['h3', 'ul', 'li'])
        expect(textNodes(html).filter((text) => ACTIVE.test(text))).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })

  test.each(HOSTILE)('a summary has the same elements when every text is %j', (text) => {
    const html = render(renderSummary(makeHostile(text)))
    expect(elements(html)).toEqual(elements(render(renderSummary(makeHostile('text')))))
    expect(textNodes(html).filter((text) => ACTIVE.test(text))).toEqual([])
  })
})
