import { readPort } from '../ports.ts'
import { ResultsError, type Sink } from '../reading.ts'
import { readSeconds } from './clock.ts'
import { toMasscanHost } from './masscan.ts'
import type { Element, ElementHandler } from './xml.ts'

/**
 * masscan's `-oX`: a host for each port that answered, or each banner. It calls every address `ipv4` and every version 1.0-BETA, and does
 * not say what was scanned.
 */
export function masscanElements(sink: Sink): ElementHandler {
  let address: string | undefined
  let port: number | undefined
  let state: string | undefined
  let service: Element['attributes'] | undefined
  let isFinished = false
  return {
    open({ name, attributes, path }, position) {
      switch (path.length === 0 ? '' : `${path.slice(1).join('/')}/${name}`) {
        case '':
          sink.scan({ tool: 'masscan', startedAt: readSeconds(attributes.start) })
          return
        case '/host':
          address = undefined
          return
        case 'host/address':
          address = attributes.addr
          return
        case 'host/ports/port':
          port = attributes.protocol === 'tcp' ? readPort(attributes.portid) : undefined
          state = undefined
          service = undefined
          if (port === undefined && attributes.protocol === 'tcp')
            throw new ResultsError(position, 'this is no TCP port')
          return
        case 'host/ports/port/state':
          state = attributes.state
          return
        case 'host/ports/port/service':
          service = attributes
          return
        case 'runstats/finished':
          isFinished = true
          sink.scan({ finishedAt: readSeconds(attributes.time) })
      }
    },
    close({ name, path }, position) {
      if (name === 'nmaprun' && path.length === 0 && !isFinished)
        throw new ResultsError(
          position,
          'masscan does not say that this scan has come to its end (`runstats`)',
        )
      if (name !== 'port' || path.length !== 3 || port === undefined) return
      const host = toMasscanHost({ address, port, state, service: service?.name })
      if (!host) throw new ResultsError(position, 'this port has no address or no state that masscan knows')
      sink.host(host)
    },
  }
}
