import { escapeInvisible, quote } from './problem.ts'

/** What a message of the `yaml` package means to the author of the file: the cause, and what would be right. */
interface Meaning {
  message: string
  hint: string
}

/** Longest text of a line that a hint repeats. */
const LONGEST_PART = 200

/** Keyed by the package's own message, which identifies the case more closely than its code. */
const MEANINGS: [RegExp, message: string, hint: string][] = [
  [
    /^Missing closing ['"]quote/,
    'this quote is not closed',
    'close it on the same line, or indent the lines that follow',
  ],
  [/^Implicit map keys need to be followed/, 'this key has no colon after it', 'write `key: value`'],
  [
    /^Implicit keys (need|of flow)/,
    'a key must be on one line and end with a colon',
    'a key ends with a colon and a space: `key: value`',
  ],
  [/^Nested mappings are not allowed/, 'a second `: ` in one line', 'quote the text, or begin a new line'],
  [
    /^A block sequence may not be used/,
    'a list item (`- `) where a key is expected',
    'indent it like the other items of its list, or remove the `- `',
  ],
  [
    /^Unexpected block-seq-ind on same line|^Missing newline after block sequence/,
    'a list cannot begin on the line of its key',
    'write `- ` on the next line, or the list in brackets',
  ],
  [
    /^All (sequence|mapping) items must start/,
    'this line is indented differently from its neighbours',
    'give all items of a list or mapping the same indentation',
  ],
  [
    /^Missing , or : between|^Missing , between/,
    'a comma is missing in a list or mapping in brackets',
    'separate items with `, ` and close the bracket',
  ],
  [/^Missing space after :/, 'a space is missing after the colon', 'write `key: value`'],
  [
    /^Flow (sequence|map) in block collection must be/,
    'the content of these brackets is not indented, or the bracket is not closed',
    'close it with `]` or `}`, and indent its lines',
  ],
  [/^Expected (flow|a closing|block).*(end|to end)/, 'a bracket is not closed', 'close it with `]` or `}`'],
  [/^Unexpected (,|empty item) in|^Unexpected empty item/, 'a comma with nothing before it', 'remove it'],
  [
    /^Unexpected (flow-(map|seq)-end|[\]}]) /,
    'a closing bracket without an opening one',
    'remove it, or open it',
  ],
  [
    /^Unexpected/,
    'unexpected text after the end of a value',
    'write one list or mapping in brackets, or quote the whole text',
  ],
  [
    /^Comments must be separated/,
    'a space is missing before the `#` of a comment',
    'write ` # comment`, or quote the text',
  ],
  [
    /^Tags and anchors must be separated/,
    'a space is missing after a tag or an anchor',
    'write a space, or quote the text',
  ],
  [/^Tabs are not allowed/, 'a tab cannot indent', 'indent with spaces'],
  [
    /^Plain value cannot start with/,
    'text cannot begin with this character unless it is quoted',
    'quote the text',
  ],
  [
    /^Invalid escape sequence/,
    'in double quotes, a backslash begins an escape, and this is not a valid one',
    'write `\\\\`, or use single quotes',
  ],
  [
    /^(Block scalar header|Not a YAML token)/,
    'nothing may follow `|` or `>` on its line',
    'begin the text on the next line, or quote it',
  ],
  [
    /^Block scalar (lines|values)/,
    'the text after `|` or `>` is not indented',
    'indent its lines further than the key',
  ],
  [
    /^Block scalars with more-indented/,
    'the first lines of the text are indented further than the rest',
    'indent all of its lines equally',
  ],
  [
    /^(Alias|Anchor) cannot be an empty/,
    'an anchor or an alias has no name',
    'quote the text if it is neither',
  ],
  [
    /^(Alias|Anchor) ending in :/,
    'the name of an anchor or an alias ends with a colon',
    'write a space before the colon, or quote the text',
  ],
  [/^An alias node must not/, 'an alias has a tag or an anchor', 'remove it'],
  [/^A node can have at most one/, 'a value has two tags or two anchors', 'keep one of them'],
  [/^Anchors and tags must be after/, 'a tag or an anchor before the `-`, `?` or `:`', 'write it after'],
  [
    /^The : indicator must be at most/,
    'a key is longer than 1,024 characters',
    'shorten it, or check the colons and quotes above',
  ],
  [
    /^Missing directives-end/,
    'a line that begins with `%` has no `---` after it',
    'remove the line that begins with `%`',
  ],
  [/^Block collection cannot start/, 'nothing may follow `---` on its line', 'remove the `---`'],
  [/directive|^Unsupported YAML/, 'a policy needs no line that begins with `%`', 'remove it'],
  [
    /^(Block collections are not allowed within flow|.* in flow collection)/,
    'a multi-line list or mapping inside brackets',
    'write it in brackets, too, or remove the brackets',
  ],
  [
    /collection, but expects|^Expected a (mapping|sequence)|^Expected a flow scalar|^Value may be parsed/,
    'a tag does not fit its value',
    'remove the tag',
  ],
  [
    /\btag\b|^Verbatim tags|^Unresolved plain/,
    'a word that begins with `!` is a tag, and tags are not supported here',
    'remove it, or quote the text',
  ],
  [
    /^Flow end indicator/,
    'the closing bracket is indented less than the line that it belongs to',
    'indent it',
  ],
  [/^Sequence item without/, 'an item of a list has no `-`', 'begin it with `- `'],
]

/** The package's message in our words; the original if it is not one of those known. */
export function explainMessage(text: string): Meaning {
  const [, message, hint] = MEANINGS.find(([shape]) => shape.test(text)) ?? []
  if (message !== undefined && hint !== undefined) return { message, hint }
  return {
    message: `this is not YAML: ${escapeInvisible(text.slice(0, LONGEST_PART))}`,
    hint: 'quote the text, or check the indentation',
  }
}

/** What a line shows that the parser only stumbles over later; undefined where it shows nothing. */
export function explainLine(line: string): (Meaning & { at: number }) | undefined {
  if (line.length > LONGEST_PART) return undefined
  const [glued, lead = '', key = '', value = ''] =
    /^(\s*(?:- +)*)([^\s:#"'[\]{},]+):([[{"'].*)$/.exec(line) ?? []
  if (glued !== undefined)
    return {
      at: lead.length + key.length,
      message: 'a space is missing after the colon',
      hint: quote(`${key}: ${value}`),
    }
  const [, before = '', text] = /^(\s*(?:- +)*[\w-]+: +)([^\s"'[{|>&*!#%@`][^#]*?: .*?)\s*$/.exec(line) ?? []
  if (text !== undefined)
    return {
      at: before.length,
      message: 'text that contains a colon and a space must be quoted',
      hint: quote(JSON.stringify(text)),
    }
  const [, start = '', inner] = /^(\s*(?:- +)*[\w-]+: +)'(.*)'\s*$/.exec(line) ?? []
  if (inner !== undefined && /(?<!')'(?!')/.test(inner.replaceAll("''", '')))
    return {
      at: start.length,
      message: 'a single quote inside single quotes',
      hint: `double quotes: ${quote(JSON.stringify(inner))}`,
    }
  const [, first = '', within] = /^(\s*(?:- +)*[\w-]+: +)"(.*)"\s*$/.exec(line) ?? []
  if (within !== undefined && /(?<!\\)"/.test(within))
    return {
      at: first.length,
      message: 'a double quote inside double quotes',
      hint: 'write `\\"`, or use single quotes',
    }
  return undefined
}
