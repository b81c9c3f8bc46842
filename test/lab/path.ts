/**
 * A long path, for one host of a lab: packets come as UDP datagrams from a TUN device at either end and leave at the
 * other after a while, or never. Arguments: port, round trip and jitter in milliseconds, share lost each way, and
 * `port:milliseconds` for each TCP port whose answers take longer still.
 */
import { createSocket } from 'node:dgram'

const [port = 0, rttMs = 0, jitterMs = 0, loss = 0] = process.argv.slice(2, 6).map(Number)
const slow = new Map(process.argv.slice(6).map((text) => text.split(':').map(Number) as [number, number]))

/** Both ends send from this port: the scanner's over its link, the host's from loopback. */
const END = port + 1
const HOST = '127.0.0.1'
let scanner: string | undefined

const socket = createSocket('udp4')
socket.on('message', (packet, { address }) => {
  const isAnswer = address === HOST
  if (!isAnswer) scanner = address
  const to = isAnswer ? scanner : HOST
  if (to === undefined || Math.random() < loss) return
  const onTheWay = rttMs / 2 + (Math.random() - 0.5) * jitterMs
  const thinking = isAnswer ? (slow.get(readSourcePort(packet)) ?? 0) : 0
  setTimeout(() => socket.send(packet, END, to), onTheWay + thinking)
})
socket.bind(port, () => console.log('ready'))

/** Of a TCP segment in an IPv4 packet (RFC 791, RFC 9293). */
function readSourcePort(packet: Buffer): number {
  const isTcp = packet[9] === 6
  const headerLength = ((packet[0] ?? 0) & 0x0f) * 4
  return isTcp && packet.length >= headerLength + 2 ? packet.readUInt16BE(headerLength) : 0
}
