/**
 * The formats that have a JSON object in each line, and nothing that marks the end: naabu's `-json`, masscan's `-oD`.
 */
import { readPort } from '../ports.ts'
import { type Reader, ResultsError, type Sink, type StatedHost } from '../reading.ts'
import { toIdentified } from '../services.ts'
import { isObject, readObject } from './json-objects.ts'
import { createLineReader } from './lines.ts'
import { toMasscanHost } from './masscan.ts'
import { createClock } from './masscan-json.ts'

type Fields = Record<string, unknown>

/**
 * Reads one line: the host that it is about, `'none'` for a line that is not about a TCP port, undefined for a line that is not of that
 * format.
 */
type ReadLine = (fields: Fields) => StatedHost | 'none' | undefined

function createJsonLinesReader(sink: Sink, name: string, read: ReadLine): Reader {
  return createLineReader({
    line(text, position) {
      const fields = readObject(text)
      const host = fields && read(fields)
      if (!host) throw new ResultsError(position, `this is not a line of ${name}`)
      if (host !== 'none') sink.host(host)
    },
    end() {},
  })
}

/** naabu's `-json`: an open port in each line, with the name where one was asked for. */
export function createNaabuReader(sink: Sink): Reader {
  let first = Number.POSITIVE_INFINITY
  let last = 0
  sink.scan({ tool: 'naabu' })
  return createJsonLinesReader(
    sink,
    "naabu's `-json`",
    ({ ip, host, port: number, protocol, timestamp, tls }) => {
      const port = readPort(number)
      if (typeof ip !== 'string' || ip === '') return undefined
      // A host that answers without an open port has port 0.
      if (number === 0 || (protocol !== undefined && protocol !== 'tcp')) return 'none'
      if (port === undefined) return undefined
      const at = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN
      if (at < first) sink.scan({ startedAt: at })
      if (at > last) sink.scan({ finishedAt: at })
      first = Math.min(first, at || first)
      last = Math.max(last, at || last)
      const open = {
        port,
        reason: 'syn-ack',
        ...(tls === true ? toIdentified(undefined, '', true) : { isUnasked: true as const }),
      } as const
      return { address: ip, names: typeof host === 'string' && host !== ip ? [host] : [], open: [open] }
    },
  )
}

/** masscan's `-oD`: a port that answered, or a banner, in each line. */
export function createMasscanLinesReader(sink: Sink): Reader {
  const note = createClock(sink)
  sink.scan({ tool: 'masscan' })
  return createJsonLinesReader(
    sink,
    "masscan's `-oD`",
    ({ ip, port: number, proto, rec_type, data, timestamp }) => {
      if (!isObject(data) || (rec_type !== 'status' && rec_type !== 'banner')) return undefined
      note(timestamp)
      if (proto !== 'tcp') return 'none'
      const port = readPort(number)
      if (port === undefined) return undefined
      const state = rec_type === 'status' ? data.status : 'open'
      return toMasscanHost({ address: ip, port, state, service: data.service_name })
    },
  )
}
