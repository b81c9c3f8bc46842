import { createPositions } from '../decode.ts'
import { CUT_OFF, type Position, type Reader, ResultsError } from '../reading.ts'

/** Longest member or item that is held, in characters: a host with all ports open takes 6 million. */
const LONGEST = 16 * 1024 * 1024

/** Takes the members of an object: of those that are lists, the items one by one. */
export interface MemberHandler {
  /** The names of lists whose items are wanted. */
  lists: ReadonlySet<string>
  /** Told that such a list begins; it may have no items. */
  list?(name: string): void
  item(name: string, text: string, position: Position): void
  /** A member, `"name": value`. */
  member(text: string, position: Position): void
  end(position: Position): void
}

/** Splits one JSON object, however large, into its members and the items of its lists. */
export function createMemberReader({ lists, list: onList, item, member, end }: MemberHandler): Reader {
  const here: Position = { line: 1, column: 1 }
  let piece = ''
  let begins: Position = here
  /** 0 outside of the object, 1 in it, 2 in a list whose items are wanted or in any other value. */
  let depth = 0
  let list: string | undefined
  let isOver = false
  let isInText = false
  let isEscaped = false
  const refuse = (position: Position): never => {
    throw new ResultsError(position, 'this is no JSON, or not all of it')
  }
  const flush = (text: string) => {
    const whole = (piece + text).trim()
    piece = ''
    if (whole === '') return
    if (list !== undefined) item(list, whole, begins)
    else member(whole, begins)
  }
  return {
    write(text) {
      let start = 0
      const positionAt = createPositions(here, text)
      const cut = (at: number) => {
        flush(text.slice(start, at))
        start = at + 1
        begins = positionAt(start)
      }
      for (let at = 0; at < text.length; at++) {
        const c = text.charAt(at)
        if (isInText) {
          if (isEscaped) isEscaped = false
          else if (c === '\\') isEscaped = true
          else if (c === '"') isInText = false
          continue
        }
        if (isOver || depth === 0) {
          if (!isOver && c === '{') {
            depth = 1
            start = at + 1
          } else if (c.trim() !== '') refuse(positionAt(at))
          continue
        }
        const level = list === undefined ? 1 : 2
        if (c === '"') isInText = true
        else if (c === ',' && depth === level) cut(at)
        else if (c === '[' || c === '{') {
          const name = depth === 1 && c === '[' ? readName(piece + text.slice(start, at)) : undefined
          depth += 1
          if (name === undefined || !lists.has(name)) continue
          piece = ''
          list = name
          start = at + 1
          onList?.(name)
        } else if (c === ']' || c === '}') {
          if (depth === level) {
            cut(at)
            list = undefined
            isOver = level === 1
          }
          depth -= 1
        }
      }
      if (depth > 0 && !isOver) piece += text.slice(start)
      if (piece.length > LONGEST)
        throw new ResultsError(begins, 'a part of the report is longer than any that Portgate writes')
      positionAt(text.length)
    },
    end() {
      if (!isOver) throw new ResultsError(here, CUT_OFF)
      end(here)
    },
  }
}

/** The name of a member, from what stands before its value. */
function readName(text: string): string | undefined {
  return /^\s*"(\w+)"\s*:\s*$/.exec(text)?.[1]
}
