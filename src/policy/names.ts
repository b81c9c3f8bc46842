import { domainToASCII } from 'node:url'
import { fail, type Parsed, quote } from './problem.ts'

/** RFC 1035, 2.3.4: most octets of a label, and of a name as text. */
export const LONGEST_LABEL = 63
export const LONGEST_NAME = 253

/**
 * A host name in the one form that Portgate compares: lower-case ASCII (punycode), without a final dot. Labels are
 * letters, digits, hyphens and underscores. A last label of digits only makes it no name (RFC 3696, 2).
 */
export function normaliseName(text: string): Parsed<string> {
  const wrong = (message: string, hint?: string) => fail('bad-host', message, hint)
  const [ascii = ''] = (/^\p{ASCII}*$/u.test(text) ? text.toLowerCase() : domainToASCII(text)).split(/\.$/)
  if (ascii === '') return wrong(text === '' ? 'the host name is empty' : `${quote(text)} is not a host name`)
  const labels = ascii.split('.')
  const bad = labels.find((label) => !/^[a-z0-9_-]+$/.test(label))
  if (bad === '') return wrong(`${quote(text)} has an empty label`, 'one dot between labels')
  if (bad !== undefined) {
    return wrong(`${quote(text)} is not a host name`, 'letters, digits, - and _, with dots between')
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
