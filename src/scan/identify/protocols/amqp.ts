import type { Protocol } from './protocol.ts'

/** Protocol 0, version 0.9.1. */
const HEADER = Buffer.from('414d515000000901', 'hex')

/** Class 10, method 10: Connection.Start. */
const START = 0x000a_000a

/** Among the properties of the server: a name with its length in front, and the type of a long string (4.2.5). */
const PRODUCT = Buffer.concat([Buffer.of(7), Buffer.from('productS')])

/**
 * AMQP 0-9-1 (4.2.2): the client sends the protocol header, and the server begins with Connection.Start, a method
 * frame of class 10, method 10, or with a header of its own where it wants another version or hears something else.
 */
export const amqp = {
  service: 'amqp',
  recognise(heard: Buffer) {
    if (heard.toString('latin1', 0, 4) === 'AMQP')
      return heard.length === 8 && (heard[4] ?? 9) <= 3 ? {} : undefined
    if (heard.length < 11 || heard[0] !== 1 || heard.readUInt16BE(1) !== 0) return undefined
    if (heard.readUInt32BE(7) !== START) return undefined
    const at = heard.indexOf(PRODUCT)
    const from = at + PRODUCT.length + 4
    if (at < 0 || heard.length < from) return { more: heard.length < 7 + heard.readUInt32BE(3) }
    return { product: heard.toString('latin1', from, from + Math.min(40, heard.readUInt32BE(from - 4))) }
  },
  greeting: { parts: () => [HEADER], patienceMs: 700 },
  toStrangers: 'answers',
  tellsMore: true,
} satisfies Protocol
