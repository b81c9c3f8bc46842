import type { Protocol } from './protocol.ts'

/** RTSP (RFC 2326, 7.1; RFC 7826): the status line says what it is. */
export const rtsp: Protocol = {
  service: 'rtsp',
  recognise(heard) {
    const text = heard.toString('latin1', 0, 1_024)
    if (!/^RTSP\/\d\.\d \d{3}/.test(text)) return undefined
    return { product: /\nserver:[ \t]*([^\r\n]*)/i.exec(text)?.[1] }
  },
  greeting: { parts: () => ['OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n'], patienceMs: 700 },
  toStrangers: 'waits',
}
