import { type Reader, ResultsError, type Sink } from '../reading.ts'
import { masscanElements } from './masscan-xml.ts'
import { nmapElements } from './nmap-xml.ts'
import { createXmlReader, type ElementHandler } from './xml.ts'

const SCANNERS: Record<string, (sink: Sink) => ElementHandler> = {
  nmap: nmapElements,
  masscan: masscanElements,
}

/** Reads what nmap and masscan write with `-oX`: both have the root element `nmaprun`, and masscan less in it. */
export function createXmlScanReader(sink: Sink): Reader {
  let elements: ElementHandler | undefined
  return createXmlReader({
    open(element, position) {
      if (!elements) {
        const { name, attributes } = element
        elements = name === 'nmaprun' ? SCANNERS[attributes.scanner ?? '']?.(sink) : undefined
        if (!elements) throw new ResultsError(position, 'this XML is neither of nmap nor of masscan')
      }
      elements.open(element, position)
    },
    close: (element, position) => elements?.close(element, position),
  })
}
