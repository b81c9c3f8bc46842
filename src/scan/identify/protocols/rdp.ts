import type { Protocol } from './protocol.ts'

/**
 * An X.224 connection request in TPKT, with the negotiation of RDP that offers TLS, CredSSP and both (MS-RDPBCGR,
 * 2.2.1.1). No cookie: that would name a user.
 */
const REQUEST = Buffer.from('030000130ee000000000000100080003000000', 'hex')

/** Some servers answer what they can't read with the end of the conversation (T.125: DisconnectProviderUltimatum). */
const ULTIMATUM = Buffer.from('0300000902f08021', 'hex')

/** Remote Desktop: TPKT version 3, then an X.224 connection confirm (MS-RDPBCGR, 2.2.1.2). */
export const rdp: Protocol = {
  service: 'ms-wbt-server',
  recognise: (heard) => (heard.subarray(0, ULTIMATUM.length).equals(ULTIMATUM) ? {} : undefined),
  greeting: {
    parts: () => [REQUEST],
    patienceMs: 1_000,
    recognise: (heard) =>
      heard.length >= 11 && heard[0] === 3 && heard[1] === 0 && (heard[5] as number) >> 4 === 0xd
        ? {}
        : undefined,
  },
}
