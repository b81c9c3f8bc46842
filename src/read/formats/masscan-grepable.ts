import { readPort } from '../ports.ts'
import { type Reader, ResultsError, type Sink } from '../reading.ts'
import { readClock } from './clock.ts'
import { createGrepableReader } from './grepable.ts'
import { toMasscanHost } from './masscan.ts'

const PORT =
  /^(?:Timestamp: \d+\t)?Host: (\S+) \([^)]*\)\tPorts: (\d+)\/(\w+)\/(\w+)\/[^/]*\/[^/]*\/[^/]*\/?$/

/** A banner (`--banners`), without a word on whether it came over TCP or UDP. */
const BANNER = /^Host: \S+ \([^)]*\)\tPort: \d+\tService: /

/**
 * masscan's `-oG`: the one of its formats that says which ports were scanned, and that the scan has ended. So all other ports of a host
 * with an open one are known not to have answered. It does not say which hosts were scanned.
 */
export function createMasscanGrepableReader(sink: Sink): Reader {
  return createGrepableReader((text, position, scanned) => {
    if (text.startsWith('# Masscan done at ')) {
      sink.scan({ finishedAt: readClock(text.slice('# Masscan done at '.length)) })
      return 'done'
    }
    const [header, version, clock = ''] = /^# Masscan (\S+) scan initiated (.+)$/.exec(text) ?? []
    if (header) {
      sink.scan({ tool: 'masscan', version, startedAt: readClock(clock) })
      return 'more'
    }
    if (BANNER.test(text)) return 'more'
    const [match, address, number, state, protocol] = PORT.exec(text) ?? []
    if (!match) throw new ResultsError(position, "this is not a line of masscan's `-oG`")
    if (protocol !== 'tcp') return 'more'
    const port = readPort(number)
    const host = port === undefined ? undefined : toMasscanHost({ address, port, state })
    if (!host) throw new ResultsError(position, 'this is no TCP port, or it has no state that masscan knows')
    sink.host(scanned ? { ...host, filtered: [{ ports: scanned, reason: 'not-listed' }] } : host)
    return 'more'
  })
}
