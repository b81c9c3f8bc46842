import type { Protocol } from './protocol.ts'

/** AJP's CPing, to which a CPong is the answer (Apache Tomcat Connectors, AJPv13). */
export const ajp: Protocol = {
  service: 'ajp',
  recognise: (heard) => (heard.toString('latin1', 0, 5) === 'AB\0\x01\x09' ? {} : undefined),
  greeting: { parts: () => [Buffer.from('123400010a', 'hex')], patienceMs: 700 },
}
