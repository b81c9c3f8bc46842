import { domainToASCII } from 'node:url'
import { fail, type Parsed, quote } from './problem.ts'

/** RFC 1035, 2.3.4: most octets of a label, and of a name as text. */
export const LONGEST_LABEL = 63
export const LONGEST_NAME = 253

/**
 * A host name in the one form that Portgate compares: lower-case ASCII (punycode), without a final dot. Labels are
 * letters, digits, hyphens and underscores. A name whose last label is all digits is invalid (RFC 3696, 2).
 */
export function normaliseName(text: string): Parsed<string> {
  const wrong = (message: string, hint?: string) => fail('bad-host', message, hint)
  const foreign = FOREIGN.exec(text)?.[0]
  if (foreign !== undefined) return explainForeign(text, foreign)
  const [ascii = ''] = (/^\p{ASCII}*$/u.test(text) ? text.toLowerCase() : domainToASCII(text)).split(/\.$/)
  if (ascii === '')
    return wrong(text === '' ? 'the host name is empty' : `${quote(text)} is not a host name`, 'name a host')
  const labels = ascii.split('.')
  const bad = labels.find((label) => !/^[a-z0-9_-]+$/.test(label))
  if (bad === '') return wrong(`${quote(text)} has an empty label`, 'one dot between labels')
  if (bad !== undefined) {
    return wrong(`${quote(text)} is not a host name`, 'letters, digits, - and _, with dots between')
  }
  if (labels.some((label) => /^-|-$/.test(label))) {
    return wrong(
      `${quote(text)} is not a host name: a label begins or ends with a hyphen`,
      'hyphens stand between letters and digits',
    )
  }
  if (/^\d+$/.test(labels.at(-1) ?? '')) {
    const hint = 'an IPv4 address is four numbers from 0 to 255 without leading zeros'
    return wrong(`${quote(text)} is neither an address nor a name`, hint)
  }
  if (labels.some((label) => label.length > LONGEST_LABEL)) {
    return wrong(
      `${quote(text)} has a label that is too long`,
      `a label has at most ${LONGEST_LABEL} characters`,
    )
  }
  if (ascii.length > LONGEST_NAME) {
    return wrong(`${quote(text)} is too long`, `a name has at most ${LONGEST_NAME} characters`)
  }
  return { value: ascii }
}

/**
 * Characters that a name beyond ASCII cannot contain, whatever UTS 46 makes of them: punctuation, currency signs and the like, spaces and
 * controls. Not refused: the dots of UTS 46, 2.3, and what IDNA takes in its place (RFC 5892, A.1 to A.7: joiners, middle dots, Hebrew
 * marks).
 */
const FOREIGN =
  /(?!\p{ASCII}|\u200c|\u200d)(?![\u3002\uff0e\uff61\u00b7\u0375\u05f3\u05f4\u30fb])[\p{P}\p{Z}\p{C}\p{Sm}\p{Sc}\p{Sk}]/u

function explainForeign(text: string, character: string): Parsed<never> {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  const what = /[\p{Pi}\p{Pf}\u201a\u201e\u2032\u2033\u300c-\u300f\uff02\uff07]/u.test(character)
    ? 'a typographic quote'
    : /[\p{Pd}\u2212]/u.test(character)
      ? 'a typographic dash'
      : 'a character'
  const plain = text
    .replace(/[\p{Pi}\p{Pf}\u201a\u201e\u2032\u2033\u300c-\u300f\uff02\uff07\p{Z}\p{C}]/gu, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
  const isName = plain !== text && !FOREIGN.test(plain) && !normaliseName(plain).problem
  return fail(
    'bad-host',
    `${quote(text)} holds ${what} (${code}), which no host name has`,
    isName ? `write ${quote(plain)}` : 'host names hold letters, digits, - and _',
  )
}
