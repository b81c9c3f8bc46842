import type { Protocol } from './protocol.ts'

const CORRELATION = 0x7067

/** ApiVersions, version 0 (https://kafka.apache.org/protocol#The_Messages_ApiVersions): key 18, no client's name. */
const REQUEST = Buffer.from('0000000a00120000' + '00007067' + 'ffff', 'hex')

/** Kafka: the length, our correlation id, an error code and a list of interfaces. */
export const kafka: Protocol = {
  service: 'kafka',
  recognise(heard) {
    if (heard.length < 14 || heard.readUInt32BE(4) !== CORRELATION) return undefined
    const length = heard.readUInt32BE(0)
    return length >= 10 && length < 65_536 && (heard.readUInt16BE(8) === 0 || heard.readUInt16BE(8) === 35)
      ? {}
      : undefined
  },
  greeting: { parts: () => [REQUEST], patienceMs: 700 },
}
