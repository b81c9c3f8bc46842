import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { Identified } from '../../model.ts'
import { describeTls, isKubelet } from './certificate.ts'
import { type Heard, hear } from './connection.ts'
import { plainText } from './plain.ts'
import { http } from './protocols/http.ts'
import { findInner, type Greeter, nameOverTls, recognise } from './protocols/index.ts'
import type { Protocol, Target } from './protocols/protocol.ts'
import { withTls } from './tls.ts'

/** How long a pause shows that an answer will not come before all of a greeting is sent, in milliseconds. */
const PAUSE_MS = 300

const LONGEST_PRODUCT = 80

/** What one connection has told. */
export interface Answer extends Identified {
  /** The port said something, or hung up, before it was greeted: there is no more to learn, and greetings would be noise. */
  spokeFirst?: boolean
  /** It hung up without a word. */
  hungUp?: boolean
  /** It sent more in its handshake than is worked through in this thread. */
  isLarge?: boolean
  /** A service whose own greeting may tell better. */
  askFirst?: string
}

/** Listens, then greets; without a protocol, only listens. */
export async function talk(
  socket: Socket,
  protocol: Protocol | undefined,
  target: Target,
  listenMs: number,
  signal: AbortSignal,
): Promise<Answer> {
  if (listenMs > 0) {
    const banner = await hear(socket, listenMs, recognise, signal)
    if (banner.bytes.length > 0 || banner.ended) return { ...toAnswer(banner), spokeFirst: true }
  }
  if (!protocol?.greeting) return {}
  if (protocol.greeting !== 'handshake')
    return toAnswer(await greet(socket, protocol as Greeter, target, signal))
  return talkTls(socket, findInner(target.hint), target, signal)
}

/** Starts TLS and finds out what it carries; `tls` is there once the handshake stands. */
export async function talkTls(
  socket: Socket,
  inner: Greeter,
  target: Target,
  signal: AbortSignal,
  listenMs = PAUSE_MS * (target.patience ?? 1),
): Promise<Answer> {
  const { heard, used, isLarge } = await withTls(socket, target, recognise, signal, (secure) =>
    talkInside(secure, inner, target, listenMs, signal),
  )
  return used ?? { ...toAnswer(heard), isLarge }
}

/** Sends the parts of a greeting until one is answered. */
async function greet(
  stream: Duplex,
  { service, greeting }: Greeter,
  target: Target,
  signal: AbortSignal,
): Promise<Heard> {
  let sent = ''
  const recogniseAnswer = (heard: Buffer) => {
    // An echo identifies nothing.
    if (heard.length <= sent.length && sent.startsWith(heard.toString('latin1'))) return undefined
    const recognition = greeting.recognise?.(heard)
    return recognition ? { service, ...recognition } : recognise(heard)
  }
  const parts = greeting.parts(target)
  for (const [index, part] of parts.entries()) {
    stream.write(part)
    sent += part.toString('latin1')
    const isLast = index === parts.length - 1
    const heard = await hear(
      stream,
      (isLast ? greeting.patienceMs : PAUSE_MS) * (target.patience ?? 1),
      recogniseAnswer,
      signal,
    )
    if (isLast || heard.bytes.length > 0 || heard.ended) return heard
  }
  throw new Error(`The greeting of ${service} is empty.`)
}

/** Finds out what TLS carries: HTTP where that was agreed on, else what it says or what the greeting brings out. */
async function talkInside(
  secure: TLSSocket,
  inner: Greeter,
  target: Target,
  listenMs: number,
  signal: AbortSignal,
): Promise<Answer> {
  const info = describeTls(secure)
  const agreed = secure.alpnProtocol === 'http/1.1'
  const heard = agreed
    ? await greet(secure, inOnePart(http), target, signal)
    : await listenThenGreet(secure, inner, target, listenMs, signal)
  const { service = 'tls', askFirst: _, hungUp: __, ...identified } = toAnswer(heard)
  // A server that asks for a client certificate has agreed on HTTP, and says no more.
  const named = agreed && service === 'tls' ? 'https' : nameOverTls(service)
  const carried = named === 'https' && isKubelet(info) ? 'kubelet' : named
  return { ...identified, service: carried, tls: info }
}

async function listenThenGreet(
  secure: TLSSocket,
  inner: Greeter,
  target: Target,
  listenMs: number,
  signal: AbortSignal,
): Promise<Heard> {
  if (listenMs === 0) return greet(secure, inner, target, signal)
  const banner = await hear(secure, listenMs, recognise, signal)
  return banner.bytes.length > 0 ? banner : greet(secure, inner, target, signal)
}

function inOnePart({ greeting, ...protocol }: Greeter): Greeter {
  const parts = (target: Target) => [greeting.parts(target).join('')]
  return { ...protocol, greeting: { ...greeting, parts } }
}

function toAnswer({ bytes, recognised, ended }: Heard): Answer {
  if (!recognised) return { hungUp: bytes.length === 0 && ended }
  if (recognised.isHunch) return { askFirst: recognised.service }
  const { service, as = service, product = '', askFirst, http } = recognised
  return {
    service: as,
    product: plainText(product, LONGEST_PRODUCT),
    ...(http ? { http: { status: http.status, title: plainText(http.title ?? '', LONGEST_PRODUCT) } } : {}),
    askFirst: as === service ? askFirst : undefined,
  }
}
