import type { Protocol } from './protocol.ts'

/** NAMES_REQ (Erlang distribution protocol, 13.2): which nodes there are. */
const REQUEST = Buffer.from('00016e', 'hex')

/** Erlang's port mapper: its own port in four bytes, then a line for each node. */
export const epmd: Protocol = {
  service: 'epmd',
  recognise: () => undefined,
  greeting: {
    parts: () => [REQUEST],
    patienceMs: 700,
    recognise(heard) {
      if (heard.length < 4 || heard.readUInt16BE(0) !== 0) return undefined
      return heard.length === 4 || /^name \S+ at port \d+\n/.test(heard.toString('latin1', 4))
        ? {}
        : undefined
    },
  },
}
