import type { Protocol, Recognition } from './protocol.ts'

/** Programs and versions (RFC 1833; RFC 7530): the port mapper, and NFS. */
const PORTMAPPER = [100_000, 2] as const
const NFS = [100_003, 3] as const
const NFS_4 = [100_003, 4] as const

/** A call of procedure 0, which does nothing, in one record (RFC 5531, 9 and 11); its id is the program's number. */
function callNull([program, version]: readonly [number, number]): Buffer {
  const words = [0x8000_0028, program, 0, 2, program, version, 0, 0, 0, 0, 0]
  const bytes = Buffer.alloc(words.length * 4)
  for (const [index, word] of words.entries()) bytes.writeUInt32BE(word, index * 4)
  return bytes
}

/** Answers that were accepted with success: record mark, id, reply (1), accepted (0), a verifier, success (0). */
function recogniseReply(heard: Buffer, program: number): Recognition | undefined {
  for (let at = 0; at + 28 <= heard.length; at += 28) {
    const words = Array.from({ length: 7 }, (_, index) => heard.readUInt32BE(at + index * 4))
    if (
      words[0] === 0x8000_0018 &&
      words[1] === program &&
      words[2] === 1 &&
      words[3] === 0 &&
      words[6] === 0
    )
      return {}
  }
  return undefined
}

/** The port mapper (rpcbind). */
export const sunrpc: Protocol = {
  service: 'sunrpc',
  recognise: (heard) => recogniseReply(heard, PORTMAPPER[0]),
  greeting: {
    parts: () => [Buffer.concat([callNull(PORTMAPPER), callNull(NFS), callNull(NFS_4)])],
    patienceMs: 700,
  },
}

/** NFS; it answers the same greeting. */
export const nfs: Protocol = {
  service: 'nfs',
  greetedAs: sunrpc.service,
  recognise: (heard) => recogniseReply(heard, NFS[0]),
}
