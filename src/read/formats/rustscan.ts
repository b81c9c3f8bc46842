import { readPort } from '../ports.ts'
import { type Reader, ResultsError, type Sink, type StatedPort } from '../reading.ts'
import { createLineReader } from './lines.ts'

const LINE = /^(\S+) -> \[((?:\d{1,5}(?:,\d{1,5})*)?)\]$/

/** RustScan's `-g`: `192.0.2.1 -> [80,443]` for each host with open ports. It says neither when nor what was scanned. */
export function createRustScanReader(sink: Sink): Reader {
  sink.scan({ tool: 'RustScan' })
  return createLineReader({
    line(text, position) {
      const [match, address = '', list = ''] = LINE.exec(text) ?? []
      const numbers = new Set(list === '' ? [] : list.split(','))
      const open = [...numbers].flatMap((number): StatedPort[] => {
        const port = readPort(number)
        return port === undefined ? [] : [{ port, reason: 'syn-ack', isUnasked: true }]
      })
      if (!match || open.length < numbers.size)
        throw new ResultsError(position, "this is not a line of RustScan's `-g`")
      sink.host({ address, names: [], open })
    },
    end() {},
  })
}
