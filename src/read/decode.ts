import { type Position, ResultsError } from './reading.ts'

/** Turns the bytes of a file into text, as they come. */
export interface Decoder {
  write(bytes: Uint8Array): string
  end(): string
}

/** Only UTF-8 is read, with or without a byte order mark: that is what scanners write. @throws {ResultsError} for anything else */
export function createDecoder(): Decoder {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const before: Position = { line: 1, column: 1 }
  let isFirst = true
  let kept: Uint8Array = new Uint8Array(0)
  const decode = (bytes: Uint8Array, stream: boolean): string => {
    try {
      const text = decoder.decode(bytes, { stream })
      advance(before, text)
      kept = bytes.slice(-3)
      return text
    } catch {
      const lenient = new TextDecoder().decode(Buffer.concat([kept, bytes]))
      advance(before, lenient.slice(0, Math.max(0, lenient.indexOf('\ufffd', kept.length))))
      throw new ResultsError(before, 'this is not UTF-8 text')
    }
  }
  return {
    write(bytes) {
      if (isFirst && isUtf16(bytes))
        throw new ResultsError(before, 'the file is UTF-16, as PowerShell writes it: save it as UTF-8')
      isFirst = false
      return decode(bytes, true)
    },
    end: () => decode(new Uint8Array(0), false),
  }
}

function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}

/** Tells where the characters of a piece of text are, in ascending order; `here` is where it begins, and is moved along. */
export function createPositions(here: Position, text: string): (at: number) => Position {
  let told = 0
  return (at) => {
    advance(here, text.slice(told, at))
    told = at
    return { ...here }
  }
}

/** Moves a position behind a text. */
function advance(position: Position, text: string): void {
  const last = text.lastIndexOf('\n')
  if (last < 0) {
    position.column += text.length
    return
  }
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) position.line += 1
  position.column = text.length - last
}
