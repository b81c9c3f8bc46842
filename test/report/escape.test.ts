import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeSpan, logSafe, markdown, printable, printableAscii, prose } from '../../src/report/escape.ts'
import { code, say, written } from '../../src/report/wording/text.ts'
import { decodeMarkdown, isCommand, UNPRINTABLE } from './reading.ts'
import { HOSTILE } from './samples.ts'

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'`*_~|[]<>&#@$:/\\.-+=1 \n\r\t\u00ad\u202ewGH') }),
  fc.constantFrom(...HOSTILE),
)

describe('printable', () => {
  test.each([
    ['plain text stays', 'redis 7.2, ready.', 'redis 7.2, ready.'],
    ['letters of any script stay', 'Büro 東京 база', 'Büro 東京 база'],
    ['emoji stay, without their variation selector', '⚠️ legacy 🗄️', '⚠ legacy 🗄'],
    ['line ends and tabs are one space', ' a\r\n\tb\u2028c\u00a0d ', 'a b c d'],
    ['escape sequences', '\u001b[31mred', '\\u{1b}[31mred'],
    ['bidi controls', 'a\u202eb\u2066c\u200f\u061c', 'a\\u{202e}b\\u{2066}c\\u{200f}\\u{61c}'],
    ['zero-width characters', 'exam\u200bple\u2060\u00ad', 'exam\\u{200b}ple\\u{2060}\\u{ad}'],
    ['a lone surrogate', 'a\ud800', 'a\\u{d800}'],
  ])('%s', (_name, text, expected) => {
    expect(printable(text)).toBe(expected)
  })

  test('keeps to its length, and cuts no character and no escape in two', () => {
    expect(printable('abcdef', 6)).toBe('abcdef')
    expect(printable('abcdefg', 6)).toBe('abcde…')
    expect(printable('abc\u202edef', 8)).toBe('abc…')
    expect(printable('ab😀😀', 5)).toBe('ab😀…')
  })

  test('never gives what cannot be seen, whatever comes in', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 60 }), (text, max) => {
        const shown = printable(text, max)
        expect(shown).not.toMatch(UNPRINTABLE)
        expect(shown.length).toBeLessThanOrEqual(max)
        expect(printableAscii(text, max)).toMatch(/^[\x20-\x7e]*…?$/)
      }),
    )
  })
})

describe('logSafe', () => {
  test.each([
    ['::error::x', ': :error::x'],
    [' \t::add-mask::x', ' \t: :add-mask::x'],
    ['text\r::stop-commands::x', 'text\r: :stop-commands::x'],
    ['text\n  ::debug::x', 'text\n  : :debug::x'],
    ['text ##[group]x', 'text ## [group]x'],
    ['\u001b[31m::error::x', '\u001b[31m: :error::x'],
    ['\u00ad:\u200b:error::x', '\u00ad: \u200b:error::x'],
    ['#\u200b#\u200b[error]x', '#\u200b# \u200b[error]x'],
    ['db on ::1, a::b and [::1]:22', 'db on ::1, a::b and [::1]:22'],
    ['# heading, ## and [x]', '# heading, ## and [x]'],
  ])('%j', (text, expected) => {
    expect(logSafe(text)).toBe(expected)
  })

  test('leaves no command and changes nothing twice', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const safe = logSafe(text)
        expect(safe.split(/\r\n|\r|\n/).filter(isCommand)).toEqual([])
        expect(logSafe(safe)).toBe(safe)
      }),
    )
  })

  test('takes no long time over a long line', () => {
    const long = ' \t'.repeat(50_000)
    expect(logSafe(`${long}:x`)).toBe(`${long}:x`)
  })
})

describe('markdown', () => {
  test.each([
    ['a | b', 'a &#124; b'],
    ['OpenSSH_9.2', 'OpenSSH&#95;9.2'],
    ['<b>&amp;', '&#60;b&#62;&#38;amp;'],
    ['- item', '&#45; item'],
    ['12. item', '12&#46; item'],
    ['# head', '<span>#</span> head'],
    ['ask @octocat', 'ask <span>@</span>octocat'],
    ['see #12 and GH-12', 'see <span>#</span>12 and GH<span>-</span>12'],
    ['www.example.com', 'www<span>.</span>example.com'],
    ['https://example.com', 'https<span>:</span>//example.com'],
    ['2001:db8:a:b::1', '2001<span>:</span>db8<span>:</span>a<span>:</span>b::1'],
    ['db.example.com:6379, at 06:00', 'db.example.com:6379, at 06:00'],
  ])('%s', (text, expected) => {
    expect(markdown(text)).toBe(expected)
  })

  test('leaves nothing that acts, and reads as written', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const bare = markdown(text).replace(/<span>[@#$:.-]<\/span>|&#\d+;/g, '\u0000')
        expect(bare).not.toMatch(/[&<>\\`*_~|[\]@#$\n]|:\/\/|www\.|:[\w+-]+:|\bGH-\d|^[-+=]|^\d{1,9}[.)]/i)
        expect(decodeMarkdown(markdown(text))).toBe(printable(text))
      }),
    )
  })
})

describe('prose', () => {
  test.each([
    ['open `db.example.com` to `fail-on`', 'open <code>db.example.com</code> to <code>fail-on</code>'],
    ['every host under `*.example.com`', 'every host under <code>&#42;.example.com</code>'],
    ['blocks: `10.20.0.0/16`', 'blocks: <code>10.20.0.0/16</code>'],
    [
      'what would act: `<b>` and `a[1](x)`',
      'what would act: <code>&lt;b&gt;</code> and <code>a&#91;1&#93;(x)</code>',
    ],
    ['`www.example.com: [22]`', '<code>www<span>.</span>example.com: &#91;22&#93;</code>'],
    ['the end of a ` quote', 'the end of a &#96; quote'],
  ])('%s', (text, expected) => {
    expect(prose(written(text)).replaceAll('&#60;', '&lt;').replaceAll('&#62;', '&gt;')).toBe(expected)
  })

  test('escapes what pieces are together', () => {
    expect(prose(written('see GH-80 and :80:', '80'))).toBe('see GH<span>-</span>80 and <span>:</span>80:')
  })

  test('takes a backtick in what comes from outside for a backtick', () => {
    expect(prose(say`${'`x`'} on ${code(['fail-on'])}`)).toBe('&#96;x&#96; on <code>fail-on</code>')
  })
})

describe('codeSpan', () => {
  test.each([
    ['db.example.com:6379', '`db.example.com:6379`'],
    ['<b>@octocat</b>', '`<b>@octocat</b>`'],
    ['a|b', '<code>a&#124;b</code>'],
    ['a`b', '<code>a&#96;b</code>'],
    ['a\\', '<code>a&#92;</code>'],
    ['##[x]', '<code><span>#</span><span>#</span>&#91;x&#93;</code>'],
    ['`@octocat', '<code>&#96;<span>@</span>octocat</code>'],
    [' \n ', ''],
  ])('%j', (text, expected) => {
    expect(codeSpan(text)).toBe(expected)
  })

  test('ends neither its cell nor itself', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const [, plain, escaped] = /^(?:`([^`|\\#]+)`|<code>(.+)<\/code>|)$/s.exec(codeSpan(text)) ?? []
        expect(plain ?? decodeMarkdown(escaped ?? '')).toBe(printable(text, 300))
        expect(escaped ?? '').not.toMatch(/[`|\\]/)
      }),
    )
  })
})
