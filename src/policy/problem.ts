/** What can be wrong with a file that the user wrote: the codes, and what every parser in this folder returns. */

/** Every code that a diagnostic can carry, with what it means. Codes are stable. */
export const DIAGNOSTIC_CODES = {
  'too-large': 'The file is larger than 1 MiB.',
  'bad-encoding': 'The file is not UTF-8 text.',
  'empty-file': 'The file has only white space and comments.',
  'yaml-syntax': 'The file is not YAML.',
  'multiple-documents': 'The file holds more than one YAML document.',
  'too-deep': 'Lists and mappings are nested too deeply.',
  'too-many-aliases': 'Aliases make the file too large once they are written out.',
  'too-many-values': 'The file has more lines and items than any policy needs.',
  'bad-alias': 'An alias (`*name`) has no anchor (`&name`) before it, or is inside its own anchor.',
  'bad-merge': 'A merge key (`<<`) merges something that is not a mapping.',
  'unknown-tag': 'A YAML tag (`!name`) is not supported.',
  'duplicate-key': 'A key occurs twice in one mapping, or two keys of `hosts` mean the same.',
  'unknown-key': 'A key that the policy does not know.',
  'missing-key': 'A required key is missing.',
  'empty-value': 'A key has no value.',
  'wrong-type': 'A value has the wrong type, such as a mapping where a list is expected.',
  'bad-value': 'A value has the right type but is not allowed there.',
  'unknown-version': 'The `version` is not one that this Portgate reads.',
  'bad-port': 'Not a TCP port from 1 to 65535, or not a range of them.',
  'reversed-range': 'A range of ports ends before it begins.',
  'unknown-service': 'A service name that neither the catalogue nor IANA knows for TCP.',
  'bad-date': 'Not a date as `YYYY-MM-DD`, or a day that does not exist.',
  'bad-duration': 'Not a duration such as `90s`, or not within 24 hours.',
  'bad-host': 'A key of `hosts` that is not a name, address, CIDR block or pattern.',
  'bad-cidr': 'A CIDR block with a wrong prefix length or with host bits set.',
  'bad-pattern': 'A pattern that is written wrongly, or that expands to too many.',
  'useless-pattern': 'A pattern that can match no host.',
  'useless-exception': 'An exception to a denial that excepts no host of its key.',
  'bad-exclusion': 'An entry of `exclude` that is not an address or CIDR block.',
  'excluded-requirement': 'Ports are required of an address that is never scanned.',
  'too-many-patterns': 'The patterns of the file stand for too many, once their braces are expanded.',
  'bad-endpoint': 'An endpoint that is not a name, address, CIDR block or URL.',
  'duplicate-endpoint': 'An endpoint occurs twice in one environment.',
  'bad-canary': 'A canary that is not `host:port`.',
  'bad-environment': 'The name of an environment is empty, too long or holds control characters.',
  'bad-path': 'The path of the catalogue or of the floor leaves the repository.',
  'bad-repository': 'The repository of the floor is not written as `owner/name`.',
  'bad-ref': 'The `ref` of the floor is not the full SHA of a commit.',
  'floor-environments':
    'A floor has `environments`, but its rules apply in all environments of the policies that extend it.',
  'floor-circle': 'A policy extends itself, by way of its floors.',
  'floor-too-deep': 'Too many floors extend one another.',
  'floor-unusable': 'The floor cannot be read, or is not a usable policy.',
  'loosened-floor': 'The policy loosens its floor.',
  'denied-allowance': 'An allowance without effect, because a `deny` covers it.',
  'denied-requirement': 'A port that is required and denied on the same host.',
  'address-endpoint': 'An address among the keys of `hosts`, which makes it an endpoint.',
  'no-endpoints': 'Nothing to scan: no endpoints, and no key of `hosts` is a name or an address.',
  'too-many-addresses': 'A CIDR block holds more addresses than may be scanned.',
  'too-many-problems': 'The file has more problems than are shown.',
} as const satisfies Record<string, string>

export type DiagnosticCode = keyof typeof DIAGNOSTIC_CODES

/** One thing that is wrong with a text, wherever it stands. */
export interface Problem {
  code: DiagnosticCode
  message: string
  /** What would be right. */
  hint?: string
}

/** What a parser returns: the value, or what is wrong with the text. */
export type Parsed<T> = { value: T; problem?: undefined } | { value?: undefined; problem: Problem }

/** Says that a text is wrong. */
export function fail(code: DiagnosticCode, message: string, hint?: string): { problem: Problem } {
  return { problem: hint === undefined ? { code, message } : { code, message, hint } }
}

const LONGEST_QUOTE = 80

/** A text with whatever is invisible (control characters, directions, lone surrogates) written as `\u{…}`. */
export function escapeInvisible(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`)
}

/** A text from outside, for a message: in backticks, at most 80 characters, nothing in it that is invisible or a backtick. */
export function quote(text: string): string {
  const cut = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text
  return `\`${escapeInvisible(cut.replaceAll('`', "'"))}\``
}
