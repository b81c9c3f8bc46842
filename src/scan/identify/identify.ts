import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'
import type { Identified } from '../../model.ts'
import { describeTls } from './certificate.ts'
import { type Heard, hear, type Recognised, withConnection } from './connection.ts'
import { withTls } from './handshake.ts'
import { plainText } from './plain.ts'
import { ajp } from './protocols/ajp.ts'
import { amqp } from './protocols/amqp.ts'
import { banners } from './protocols/banners.ts'
import { bolt } from './protocols/bolt.ts'
import { cassandra } from './protocols/cassandra.ts'
import { dns } from './protocols/dns.ts'
import { epmd } from './protocols/epmd.ts'
import { http, httpVersion } from './protocols/http.ts'
import { kafka } from './protocols/kafka.ts'
import { ldap } from './protocols/ldap.ts'
import { memcache } from './protocols/memcache.ts'
import { mongodb } from './protocols/mongodb.ts'
import { mqtt } from './protocols/mqtt.ts'
import { mssql } from './protocols/mssql.ts'
import { mysql } from './protocols/mysql.ts'
import { postgresql } from './protocols/postgresql.ts'
import type { Greeting, Protocol, Target } from './protocols/protocol.ts'
import { rdp } from './protocols/rdp.ts'
import { redis } from './protocols/redis.ts'
import { nfs, sunrpc } from './protocols/rpc.ts'
import { rtsp } from './protocols/rtsp.ts'
import { smb } from './protocols/smb.ts'
import { snmp } from './protocols/snmp.ts'
import { socks } from './protocols/socks.ts'
import { ssh } from './protocols/ssh.ts'
import { tls } from './protocols/tls.ts'
import { x11 } from './protocols/x11.ts'
import { zookeeper } from './protocols/zookeeper.ts'

/**
 * What can be recognised. The first that recognises an answer wins, and a silent port gets the greetings in this
 * order: what is common comes first, and what a stranger's greeting could keep waiting comes late. SSH comes last:
 * its line may follow any others, so it could be found in somebody's web page.
 */
const PROTOCOLS: Protocol[] = [
  mysql,
  ...banners,
  tls,
  redis,
  http,
  postgresql,
  memcache,
  mongodb,
  rdp,
  smb,
  ldap,
  amqp,
  mqtt,
  mssql,
  socks,
  rtsp,
  zookeeper,
  kafka,
  cassandra,
  sunrpc,
  nfs,
  dns,
  snmp,
  x11,
  epmd,
  bolt,
  ajp,
  ssh,
]

/** What is asked for inside TLS, where neither ALPN nor the port tells. */
const INSIDE_TLS: (Protocol & { greeting: Greeting })[] = [http, ldap, amqp, mqtt, redis]

/** The names of services when TLS carries them. */
const OVER_TLS: Record<string, string> = {
  http: 'https',
  imap: 'imaps',
  pop3: 'pop3s',
  smtp: 'submissions',
  ftp: 'ftps',
  ldap: 'ldaps',
  amqp: 'amqps',
  mqtt: 'secure-mqtt',
}

/** Most connections to one port: one for each greeting, and some for what TLS carries. */
const MOST_CONNECTIONS = 32

/** Greetings of a port at the same time, each by a connection of its own, where it is silent and its number tells nothing. */
const WAVE = 4

/** The whole of one port, in milliseconds. */
const TOTAL_MS = 15_000

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
 * is listened to; a silent one is greeted, first as its number suggests, then in every way that is known, at most four
 * connections at a time, which read little and last 15 s together. Never rejects: where the port says nothing
 * that is known, or this machine cannot ask, `service` is undefined. Once the signal is aborted, what is known by
 * then is returned at once.
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
  let queue = greetingOrder(target)
  for (let connections = 0; queue.length > 0 && connections < MOST_CONNECTIONS && !signal.aborted; ) {
    // The first connection listens; once that and the likeliest greeting have told nothing, the others may hurry.
    const isFirst = connections === 0
    const wave = queue.slice(0, isFirst || known.service ? 1 : WAVE)
    const rest = queue.slice(wave.length)
    const answer = await ask(wave, target, isFirst ? LISTEN_MS : 0, signal)
    connections += wave.length
    if (!answer) break
    const { spokeFirst, askFirst, ...identified } = answer
    // The page with the version says less of a web server than its front page.
    const isLess = wave[0] === httpVersion && identified.service === known.service
    if (identified.service && !isLess) known = identified
    if (spokeFirst || target.delicate) break
    if (identified.tls) {
      // It stayed silent, or another's greeting was no request.
      const isOpen = identified.service === 'tls' || identified.http?.status === 400
      return isOpen ? askInside(identified, target, signal) : identified
    }
    // A service that answered another's greeting is asked by its own, and nothing else is sent to it.
    queue = identified.service ? findOwn(rest, identified.service, askFirst) : rest
  }
  return known
}

/** Greets in several ways at a time, a connection for each; an answer to its own greeting ends the others. */
async function ask(
  wave: Protocol[],
  target: Target,
  listenMs: number,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const ending = new AbortController()
  const either = AbortSignal.any([signal, ending.signal])
  const answers = await Promise.all(
    wave.map(async (protocol) => {
      const answer = await withConnection(target, either, (socket) =>
        talk(socket, protocol, target, listenMs, either),
      )
      const isOwn = answer?.service !== undefined && answer.service === protocol.service
      if (isOwn) ending.abort()
      return { answer, isOwn }
    }),
  )
  const best = answers.find(({ isOwn }) => isOwn) ?? answers.find(({ answer }) => answer?.service)
  return (best ?? answers.find(({ answer }) => answer))?.answer
}

/** The greetings that are left for what has answered. */
function findOwn(rest: Protocol[], service: string, askFirst: string | undefined): Protocol[] {
  if (askFirst === httpVersion.service) return [httpVersion]
  return rest.filter((protocol) => protocol.service === askFirst || protocol.service === service)
}

/** All protocols that have a greeting, the hinted one first. A delicate port gets none. */
function greetingOrder({ hint, delicate }: Target): Protocol[] {
  if (delicate) return [{ service: '', recognise: () => undefined }]
  const silent = PROTOCOLS.filter(({ greeting }) => greeting)
  // What is known to carry TLS is asked for TLS first.
  const isCarried = hint !== undefined && Object.values(OVER_TLS).includes(hint)
  const first = isCarried ? [tls] : silent.filter(({ service }) => isHinted(service, hint))
  return [...first, ...silent.filter((protocol) => !first.includes(protocol))]
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
  greeting: Greeting,
  target: Target,
  signal: AbortSignal,
): Promise<Heard> {
  const own = findProtocol(greeting)
  const recogniseAnswer = (heard: Buffer) => {
    const recognition = greeting.recognise?.(heard)
    return recognition ? { service: own, ...recognition } : recognise(heard)
  }
  const all = greeting.parts(target)
  for (const part of all.slice(0, -1)) {
    stream.write(part)
    const heard = await hear(stream, PAUSE_MS, recogniseAnswer, signal)
    if (heard.bytes.length > 0) return heard
  }
  stream.write(all.at(-1) ?? '')
  return hear(stream, greeting.patienceMs, recogniseAnswer, signal)
}

/** The service that a greeting belongs to. */
function findProtocol(greeting: Greeting): string {
  return PROTOCOLS.find((protocol) => protocol.greeting === greeting)?.service ?? http.service
}

async function talkTls(socket: Socket, target: Target, signal: AbortSignal): Promise<Answer> {
  const { heard, used } = await withTls(socket, target, recognise, signal, (secure) =>
    talkInside(secure, target, findInner(target.hint), signal),
  )
  return used ?? toIdentified(heard)
}

/** The greeting of what the port's number says that TLS carries. */
function findInner(hint: string | undefined): Greeting | undefined {
  return INSIDE_TLS.find(({ service }) => isHinted(service, hint))?.greeting
}

/** Whether a service is the one that the port's number suggests, or that one inside TLS. */
function isHinted(service: string, hint: string | undefined): boolean {
  return hint !== undefined && (service === hint || OVER_TLS[service] === hint)
}

/** Finds out what TLS carries: HTTP where that was agreed on, else what it says or what the greeting brings out. */
async function talkInside(
  secure: TLSSocket,
  target: Target,
  greeting: Greeting | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  const info = describeTls(secure)
  const agreed = secure.alpnProtocol === 'http/1.1'
  const heard = agreed
    ? await greet(secure, inOnePart(http.greeting), target, signal)
    : await listenThenGreet(secure, target, greeting ?? http.greeting, signal)
  const { service = 'tls', askFirst: _, ...identified } = toIdentified(heard)
  // A server that asks for a client certificate has agreed on HTTP, and says no more.
  const carried = agreed && service === 'tls' ? 'https' : (OVER_TLS[service] ?? service)
  return { ...identified, service: carried, tls: info }
}

/** TLS stood and what it carries stayed silent: it is asked in the other ways, a connection for each. */
async function askInside(known: Identified, target: Target, signal: AbortSignal): Promise<Identified> {
  const asked = findInner(target.hint) ?? http.greeting
  for (const { greeting } of INSIDE_TLS) {
    if (greeting === asked || signal.aborted) continue
    const answer = await withConnection(target, signal, async (socket) => {
      const { used } = await withTls(socket, target, recognise, signal, (secure) =>
        talkInside(secure, target, greeting, signal),
      )
      return used
    })
    if (answer?.service && answer.service !== 'tls') return answer
  }
  return known
}

async function listenThenGreet(
  secure: TLSSocket,
  target: Target,
  greeting: Greeting,
  signal: AbortSignal,
): Promise<Heard> {
  const banner = await hear(secure, PAUSE_MS, recognise, signal)
  return banner.bytes.length > 0 ? banner : greet(secure, greeting, target, signal)
}

function inOnePart({ parts, patienceMs }: Greeting): Greeting {
  const joined = (target: Target) => [parts(target).join('')]
  return { parts: joined, patienceMs }
}

function toIdentified({ recognised }: Heard): Answer {
  if (!recognised) return {}
  const { service, as = service, product = '', askFirst, http } = recognised
  return {
    service: as,
    product: plainText(product, LONGEST_PRODUCT),
    ...(http ? { http: { status: http.status, title: plainText(http.title ?? '', LONGEST_PRODUCT) } } : {}),
    askFirst: as === service ? askFirst : undefined,
  }
}
