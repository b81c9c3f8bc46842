import type { Protocol } from './protocol.ts'

/** Neo4j's Bolt handshake (https://neo4j.com/docs/bolt/current/bolt/handshake/): a magic word, then four versions. */
const HANDSHAKE = Buffer.from('6060b017' + '00000404' + '00000304' + '00000104' + '00000003', 'hex')

/** Bolt: the version that was agreed on, or none of them. */
export const bolt: Protocol = {
  service: 'bolt',
  recognise: () => undefined,
  greeting: {
    parts: () => [HANDSHAKE],
    patienceMs: 700,
    recognise(heard) {
      const [range, padding, minor, major] = heard
      const isVersion =
        range === 0 && padding === 0 && (minor ?? 9) <= 8 && major !== undefined && major >= 1 && major <= 9
      return heard.length === 4 && isVersion ? {} : undefined
    },
  },
}
