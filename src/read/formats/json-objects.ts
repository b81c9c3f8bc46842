import { createPositions } from '../decode.ts'
import { CUT_OFF, type Position, type Reader, ResultsError } from '../reading.ts'

/** Longest object, in characters: a banner may be long, but not a megabyte. */
const LONGEST = 1024 * 1024

/** Takes the objects of a file one by one, and what stands between them but white space. */
export interface ObjectHandler {
  object(text: string, position: Position): void
  /** A character outside of objects. */
  mark(character: string, position: Position): void
  end(position: Position): void
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN = 0x7b
const CLOSE = 0x7d

/** Splits a list of JSON objects into these: nothing but the one that is being read is held. */
export function createObjectReader({ object, mark, end }: ObjectHandler): Reader {
  const here: Position = { line: 1, column: 1 }
  let kept = ''
  let begins: Position = here
  let depth = 0
  let isInText = false
  let isEscaped = false
  return {
    write(text) {
      let start = 0
      const positionAt = createPositions(here, text)
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at)
        if (isInText) {
          if (isEscaped) isEscaped = false
          else if (code === BACKSLASH) isEscaped = true
          else if (code === QUOTE) isInText = false
        } else if (code === OPEN) {
          if (depth === 0) {
            begins = positionAt(at)
            start = at
          }
          depth += 1
        } else if (depth > 0) {
          if (code === QUOTE) isInText = true
          else if (code === CLOSE && --depth === 0) {
            object(kept + text.slice(start, at + 1), begins)
            kept = ''
          }
        } else if (!/\s/.test(text.charAt(at))) mark(text.charAt(at), positionAt(at))
      }
      if (depth > 0) kept += text.slice(start)
      if (kept.length > LONGEST)
        throw new ResultsError(begins, 'an object is longer than any that a scanner writes')
      positionAt(text.length)
    },
    end() {
      if (depth > 0) throw new ResultsError(here, CUT_OFF)
      end(here)
    },
  }
}

/** A JSON object; undefined where the text is none. */
export function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether a value of JSON is an object, and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
