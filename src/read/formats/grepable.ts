/** What `-oG` of nmap and of masscan, which imitates nmap's, have in common. */
import type { PortRange } from '../../model.ts'
import { countPorts } from '../../port-ranges.ts'
import { readPortList } from '../ports.ts'
import { CUT_OFF, type Position, type Reader, ResultsError } from '../reading.ts'
import { createLineReader } from './lines.ts'

/**
 * Takes a line that is not the one of the ports that were scanned.
 *
 * @param scanned these ports, once they are known
 * @returns whether it is the last one
 */
type TakeLine = (
  text: string,
  position: Position,
  scanned: readonly PortRange[] | undefined,
) => 'more' | 'done'

/** Reads one scan, which has to end in the line that says so. */
export function createGrepableReader(take: TakeLine): Reader {
  let scanned: readonly PortRange[] | undefined
  let isDone = false
  return createLineReader({
    line(text, position) {
      if (isDone)
        throw new ResultsError(
          position,
          'something follows on the end of this scan: it is one file for each scan',
        )
      if (text.startsWith('# Ports scanned: ')) {
        scanned = readScanned(text)
        if (!scanned) throw new ResultsError(position, 'this line does not say which ports were scanned')
        return
      }
      isDone = take(text, position, scanned) === 'done'
    },
    end(position) {
      if (!isDone) throw new ResultsError(position, CUT_OFF)
    },
  })
}

/** The TCP ports of `# Ports scanned: TCP(3;22,80,443) UDP(0;) …`. Undefined if their number does not match. */
function readScanned(line: string): readonly PortRange[] | undefined {
  const [, count, list = ''] = /^# Ports scanned: TCP\((\d+);([^)]*)\) /.exec(line) ?? []
  const ports = readPortList(list)
  const withZero = /(?:^|,)0(?:-|,|$)/.test(list) ? 1 : 0
  return ports && countPorts(ports) + withZero === Number(count) ? ports : undefined
}
