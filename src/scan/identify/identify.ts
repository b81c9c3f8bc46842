import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { Identified } from '../../model.ts'
import { describeTls } from './certificate.ts'
import { type Heard, hear, type Recognised, withConnection } from './connection.ts'
import { withTls } from './handshake.ts'
import { plainText } from './plain.ts'
import { http } from './protocols/http.ts'
import { mysql } from './protocols/mysql.ts'
import type { Greeting, Protocol, Target } from './protocols/protocol.ts'
import { redis } from './protocols/redis.ts'
import { ssh } from './protocols/ssh.ts'
import { tls } from './protocols/tls.ts'

/**
 * What can be recognised. The first that recognises an answer wins, and a silent port gets the greetings in this
 * order. SSH comes last: its line may follow any others, so it could be found in somebody's web page.
 */
const PROTOCOLS: Protocol[] = [mysql, tls, redis, http, ssh]

/** Most connections to one port. */
const MOST_CONNECTIONS = 4

/** The whole of one port, in milliseconds. */
const TOTAL_MS = 6_000

/** How long a port may take to speak first, in milliseconds. */
const LISTEN_MS = 700

/** How long a pause shows that an answer will not come before all of a greeting is sent, in milliseconds. */
const PAUSE_MS = 300

const LONGEST_PRODUCT = 80

/** What one connection has told. */
interface Answer extends Identified {
  /** The port spoke before it was greeted: there is no more to learn, and greetings would be noise. */
  spokeFirst?: boolean
  askFirst?: string
}

/**
 * Learns what answers on an open port, by its own protocol and never by the port's number. A port that speaks first
 * is listened to; a silent one is greeted, in at most four connections, one after the other, that read little and
 * last 6 s together. Never rejects: where the port says nothing that is known, or this machine cannot ask,
 * `service` is undefined. Once the signal is aborted, what is known by then is returned at once.
 *
 * A port that serves both HTTP and TLS is named for the one that it is asked for first.
 */
export async function identifyPort(target: Target, signal: AbortSignal): Promise<Identified> {
  const ending = new AbortController()
  const end = () => ending.abort()
  const timer = setTimeout(end, TOTAL_MS)
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  try {
    return await identify(target, ending.signal)
  } catch {
    // An argument that Node refuses, such as a server name that cannot be one.
    return {}
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
  }
}

async function identify(target: Target, signal: AbortSignal): Promise<Identified> {
  let known: Identified = {}
  let queue = greetingOrder(target.hint)
  for (let connections = 0; connections < MOST_CONNECTIONS; connections++) {
    const [protocol, ...rest] = queue
    if (!protocol || signal.aborted) break
    const answer = await withConnection(target, signal, (socket) =>
      talk(socket, protocol, target, connections === 0 ? LISTEN_MS : 0, signal),
    )
    if (!answer) break
    const { spokeFirst, askFirst, ...identified } = answer
    if (identified.service) known = identified
    if (spokeFirst || identified.tls) break
    // A service that answered another's greeting is asked by its own, and nothing else is sent to it.
    const own = rest.filter(({ service }) => service === askFirst || service === identified.service)
    queue = identified.service ? own : rest
  }
  return known
}

/** All protocols that have a greeting, the hinted one first. */
function greetingOrder(hint: string | undefined): Protocol[] {
  const silent = PROTOCOLS.filter(({ greeting }) => greeting)
  return [
    ...silent.filter(({ service }) => service === hint),
    ...silent.filter(({ service }) => service !== hint),
  ]
}

/** Listens, then greets. */
async function talk(
  socket: Socket,
  { greeting }: Protocol,
  target: Target,
  listenMs: number,
  signal: AbortSignal,
): Promise<Answer> {
  if (listenMs > 0) {
    const banner = await hear(socket, listenMs, recognise, signal)
    if (banner.bytes.length > 0) return { ...toIdentified(banner), spokeFirst: true }
  }
  if (greeting === 'handshake') return talkTls(socket, target, signal)
  return greeting ? toIdentified(await greet(socket, greeting, target, signal)) : {}
}

function recognise(heard: Buffer): Recognised | undefined {
  for (const { service, recognise } of PROTOCOLS) {
    const recognition = recognise(heard)
    if (recognition) return { service, ...recognition }
  }
  return undefined
}

/** Sends the parts of a greeting until one is answered. */
async function greet(
  stream: Duplex,
  { parts, patienceMs }: Greeting,
  target: Target,
  signal: AbortSignal,
): Promise<Heard> {
  const all = parts(target)
  for (const part of all.slice(0, -1)) {
    stream.write(part)
    const heard = await hear(stream, PAUSE_MS, recognise, signal)
    if (heard.bytes.length > 0) return heard
  }
  stream.write(all.at(-1) ?? '')
  return hear(stream, patienceMs, recognise, signal)
}

async function talkTls(socket: Socket, target: Target, signal: AbortSignal): Promise<Answer> {
  const { heard, used } = await withTls(socket, target, recognise, signal, (secure) =>
    talkInside(secure, target, signal),
  )
  return used ?? toIdentified(heard)
}

/** Finds out what TLS carries. */
async function talkInside(secure: TLSSocket, target: Target, signal: AbortSignal): Promise<Answer> {
  const info = describeTls(secure)
  const agreed = secure.alpnProtocol === 'http/1.1'
  const heard = agreed
    ? await greet(secure, inOnePart(http.greeting), target, signal)
    : await listenThenGreet(secure, target, signal)
  const { service = 'tls', product } = toIdentified(heard)
  // A server that asks for a client certificate has agreed on HTTP, and says no more.
  return { service: agreed || service === 'http' ? 'https' : service, product, tls: info }
}

async function listenThenGreet(secure: TLSSocket, target: Target, signal: AbortSignal): Promise<Heard> {
  const banner = await hear(secure, PAUSE_MS, recognise, signal)
  return banner.bytes.length > 0 ? banner : greet(secure, http.greeting, target, signal)
}

function inOnePart({ parts, patienceMs }: Greeting): Greeting {
  return { parts: (target) => [parts(target).join('')], patienceMs }
}

function toIdentified({ recognised }: Heard): Answer {
  if (!recognised) return {}
  const { service, product = '', askFirst } = recognised
  return { service, product: plainText(product, LONGEST_PRODUCT), askFirst }
}
