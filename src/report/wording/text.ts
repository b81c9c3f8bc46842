/**
 * The texts of findings in pieces, so that each format can escape outside input in its own way, and texts can be
 * compared by their pieces.
 */

/** Words of our own; what comes from outside: a name, a number, a text of a policy or of the catalogue; or code. */
export type Piece = string | { outside: string } | { code: Text }

export type Text = readonly Piece[]

/** A text of our own words, with values from outside and other texts in between. */
export function say(words: TemplateStringsArray, ...values: (string | number | Text)[]): Text {
  const pieces: Piece[] = []
  for (const [index, own] of words.entries()) {
    if (own !== '') pieces.push(own)
    const value = values[index] ?? ''
    if (typeof value === 'object') pieces.push(...value)
    else if (value !== '') pieces.push({ outside: String(value) })
  }
  return pieces
}

/** Our own words, in which backticks mark code. */
export function words(text: string): Text {
  return markCode(text, (part) => (part === '' ? [] : [part]))
}

/**
 * A text of a policy or of the catalogue, in which backticks mark code.
 *
 * @param name of the finding, which the text may have in it: it becomes a piece of its own
 */
export function written(text: string, name?: string): Text {
  return markCode(text, (part) => around(part, name))
}

function markCode(text: string, toPieces: (part: string) => Text): Text {
  if (!text.includes('`')) return toPieces(text)
  const parts = text.split('`')
  // The last of an odd number of backticks marks nothing.
  if (parts.length % 2 === 0) parts.push(parts.splice(-2).join('`'))
  return parts.flatMap((part, index) => {
    return index % 2 === 1 ? [{ code: toPieces(part) }] : toPieces(part)
  })
}

/** A text from outside, in which a name, as a whole word, is a piece of its own. */
export function around(text: string, name?: string): Text {
  const pieces: Piece[] = []
  let end = 0
  for (let at = name ? text.indexOf(name) : -1; name && at >= 0; at = text.indexOf(name, at + name.length)) {
    if (/\w/.test(text.charAt(at - 1)) || /\w/.test(text.charAt(at + name.length))) continue
    pieces.push(...outside(text.slice(end, at)), { outside: name })
    end = at + name.length
  }
  return [...pieces, ...outside(text.slice(end))]
}

function outside(text: string): Text {
  return text === '' ? [] : [{ outside: text }]
}

/** A text that is code. */
export function code(text: Text): Text {
  return [{ code: text }]
}

/** Texts in a row, with something between them. */
export function join(texts: readonly Text[], between: string): Text {
  const pieces: Piece[] = []
  for (const text of texts) {
    if (pieces.length > 0) pieces.push(between)
    pieces.push(...text)
  }
  return pieces
}

/** Sentences in a row, those that there are. */
export function sentences(...texts: (Text | undefined)[]): Text {
  return join(
    texts.flatMap((text) => (text && text.length > 0 ? [text] : [])),
    ' ',
  )
}

/** With a capital, where it begins with words of our own. */
export function capitalise([first, ...others]: Text): Text {
  if (first === undefined) return []
  return [typeof first === 'string' ? first.charAt(0).toUpperCase() + first.slice(1) : first, ...others]
}

/** The whole text, as it is, code in backticks. */
export function plain(text: Text): string {
  return text.map(plainPiece).join('')
}

function plainPiece(piece: Piece): string {
  if (typeof piece === 'string') return piece
  return 'code' in piece ? `\`${plain(piece.code)}\`` : piece.outside
}
