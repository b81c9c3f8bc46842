import type { Protocol } from './protocol.ts'

/** `SSH-protoversion-softwareversion SP comments CR LF`, after any other lines (RFC 4253, section 4.2). */
const IDENTIFICATION = /(?:^|\n)SSH-\d\.\d+-([^\s]{1,255})[^\n]{0,255}(\n?)/

/** The server speaks first, so there is no greeting. */
export const ssh: Protocol = {
  service: 'ssh',
  recognise(heard) {
    if (!heard.includes('SSH-')) return undefined
    const found = IDENTIFICATION.exec(heard.toString('latin1'))
    if (!found) return undefined
    const [, product, whole] = found
    return whole ? { product } : { more: true }
  },
}
