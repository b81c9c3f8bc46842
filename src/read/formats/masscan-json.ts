import { readPort } from '../ports.ts'
import { CUT_OFF, type Position, type Reader, ResultsError, type Sink } from '../reading.ts'
import { createObjectReader, isObject, readObject } from './json-objects.ts'
import { toMasscanHost } from './masscan.ts'

/** What masscan ends with up to 1.0.4, which is not JSON. */
const FINISHED = /^\{\s*finished: 1\s*\}$/

/**
 * masscan's `-oJ`: an object for each port that answered. Up to 1.0.4 there is no list around them, and each is followed by a comma;
 * from 1.0.5 to 2018 the last one is. A complete file ends with `]`, or with `{finished: 1}`.
 */
export function createMasscanJsonReader(sink: Sink): Reader {
  let isOpened = false
  let isClosed = false
  let mayComma = false
  const note = createClock(sink)
  const refuse = (position: Position) => new ResultsError(position, "this is not what masscan's `-oJ` writes")
  sink.scan({ tool: 'masscan' })
  return createObjectReader({
    object(text, position) {
      if (isClosed) throw refuse(position)
      if (FINISHED.test(text)) {
        isClosed = true
        return
      }
      mayComma = true
      const record = readObject(text)
      const ports = record?.ports
      if (!record || !Array.isArray(ports)) throw refuse(position)
      for (const port of ports) readPortRecord(record.ip, port, position)
      note(record.timestamp)
    },
    mark(character, position) {
      if (character === '[' && !isOpened && !mayComma) isOpened = true
      else if (character === ',' && mayComma && !isClosed) mayComma = false
      else if (character === ']' && isOpened) {
        isClosed = true
        isOpened = false
      } else throw refuse(position)
    },
    end(position) {
      if (!isClosed) throw new ResultsError(position, CUT_OFF)
    },
  })

  function readPortRecord(ip: unknown, record: unknown, position: Position): void {
    if (!isObject(record)) throw refuse(position)
    if (record.proto !== 'tcp') return
    const port = readPort(record.port)
    const service = isObject(record.service) ? record.service.name : undefined
    const state = record.status ?? (service === undefined ? undefined : 'open')
    const host = port === undefined ? undefined : toMasscanHost({ address: ip, port, state, service })
    if (!host) throw refuse(position)
    sink.host(host)
  }
}

/** Takes the times of records, which are seconds since 1970 in a text. */
export function createClock(sink: Sink): (seconds: unknown) => void {
  let first = Number.POSITIVE_INFINITY
  let last = 0
  return (seconds) => {
    if (typeof seconds !== 'string' || !/^\d{1,11}$/.test(seconds)) return
    const at = Number(seconds) * 1000
    if (at < first) sink.scan({ startedAt: at })
    if (at > last) sink.scan({ finishedAt: at })
    first = Math.min(first, at)
    last = Math.max(last, at)
  }
}
