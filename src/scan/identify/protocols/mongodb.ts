import type { Protocol } from './protocol.ts'

/** Opcodes of MongoDB's wire protocol: the answer to an OP_QUERY, and the query itself. */
const OP_REPLY = 1
const OP_QUERY = 2004
const REQUEST_ID = 0x7067

/**
 * MongoDB's handshake, `{ isMaster: 1 }` to `admin.$cmd`. OP_QUERY is old, but every version takes it for this
 * (https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/), and it asks for no login.
 */
export const mongodb: Protocol = {
  service: 'mongodb',
  recognise(heard) {
    if (heard.length < 36 || heard.readInt32LE(12) !== OP_REPLY) return undefined
    if (heard.readInt32LE(8) !== REQUEST_ID) return undefined
    return heard.includes('maxBsonObjectSize') || heard.includes('ismaster') ? {} : undefined
  },
  greeting: { parts: () => [askIsMaster()], patienceMs: 700 },
}

function askIsMaster(): Buffer {
  const element = Buffer.from('\x10isMaster\0\x01\0\0\0', 'latin1')
  const document = Buffer.concat([int32(element.length + 5), element, Buffer.of(0)])
  const body = Buffer.concat([int32(0), Buffer.from('admin.$cmd\0'), int32(0), int32(-1), document])
  return Buffer.concat([int32(16 + body.length), int32(REQUEST_ID), int32(0), int32(OP_QUERY), body])
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(value)
  return bytes
}
