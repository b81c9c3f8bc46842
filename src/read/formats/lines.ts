import { CUT_OFF, type Position, type Reader, ResultsError } from '../reading.ts'

/** Longest line, in characters: nmap writes all ports of a host in one, with what answers there. */
const LONGEST_LINE = 16 * 1024 * 1024

/** Takes the lines of a file, without their ends. */
export interface LineHandler {
  line(text: string, position: Position): void
  end(position: Position): void
}

/** Reads lines. The last one has to end as the others do: a scanner that was stopped may leave the beginning of one. */
export function createLineReader({ line, end }: LineHandler): Reader {
  let rest = ''
  let number = 1
  return {
    write(text) {
      let start = 0
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) {
        const whole = rest + text.slice(start, at)
        rest = ''
        start = at + 1
        line(whole.endsWith('\r') ? whole.slice(0, -1) : whole, { line: number, column: 1 })
        number += 1
      }
      rest += text.slice(start)
      if (rest.length > LONGEST_LINE)
        throw new ResultsError({ line: number, column: 1 }, 'a line is longer than any that a scanner writes')
    },
    end() {
      if (rest !== '') throw new ResultsError({ line: number, column: rest.length + 1 }, CUT_OFF)
      end({ line: number, column: 1 })
    },
  }
}
