import type { Protocol } from './protocol.ts'

/** CONNECT of MQTT 3.1.1 (3.1): clean session, no user, no will, an empty name, which the server then chooses. */
const CONNECT = Buffer.from('100c00044d5154540402003c0000', 'hex')

/** MQTT: CONNACK, two bytes long, with a return code from 0 to 5 (3.2). */
export const mqtt = {
  service: 'mqtt',
  recognise: () => undefined,
  greeting: {
    parts: () => [CONNECT],
    patienceMs: 700,
    recognise: (heard: Buffer) =>
      heard.length === 4 && heard[0] === 0x20 && heard[1] === 2 && (heard[3] ?? 9) <= 5 ? {} : undefined,
  },
} satisfies Protocol
