import type { Identified } from '../../model.ts'
import { identifyAside } from './aside.ts'
import { withConnection } from './connection.ts'
import { type Answer, talk, talkTls } from './exchange.ts'
import { waitPatiently } from './patience.ts'
import { HTTP_VERSION, http, httpVersion } from './protocols/http.ts'
import { findInner, INSIDE_TLS, listGreeters, speaksFirst } from './protocols/index.ts'
import type { Protocol, Target } from './protocols/protocol.ts'
import { tls } from './protocols/tls.ts'

/** Most connections to one port; it takes as many to ask one that hangs up on strangers in every way that is known. */
const MOST_CONNECTIONS = 22

/** The whole of one port, in milliseconds. */
const TOTAL_MS = 15_000

/** How long a port may take to speak first, in milliseconds. */
const LISTEN_MS = 700

/**
 * The same where its number says that it speaks first, in milliseconds: many look up the client's name before, which
 * takes 5 s where nobody answers (resolv.conf(5), `timeout`).
 */
const LISTEN_LONGER_MS = 6_000

/** The same on a second try, in milliseconds: two name servers, each asked twice. */
const LISTEN_LONGEST_MS = 21_000

/**
 * Learns what answers on an open port, by its own protocol and never by the port's number. A port that speaks first
 * is listened to; a silent one is greeted: as its number suggests, then by TLS and HTTP, then in the other ways that
 * what it did so far leaves possible. One connection after the other, which read little and last 15 s together. Never
 * rejects: where the port says nothing that is known, `service` is undefined; where it accepts no
 * connection any more, so is the result. Once the
 * signal is aborted, what is known by then is returned at once.
 *
 * A port that serves both HTTP and TLS is named for the one that it is asked for first. What refuses a request in plain
 * HTTP, and keeps still when it is asked for TLS, may be either: it has a page and no service.
 */
export async function identifyPort(target: Target, signal: AbortSignal): Promise<Identified | undefined> {
  const ending = new AbortController()
  const end = () => ending.abort()
  const forget = waitPatiently(TOTAL_MS * (target.patience ?? 1), end)
  signal.addEventListener('abort', end)
  if (signal.aborted) end()
  try {
    return await identify(target, ending.signal)
  } catch {
    // Node rejects an argument, such as an impossible server name.
    return {}
  } finally {
    forget()
    signal.removeEventListener('abort', end)
  }
}

async function identify(target: Target, signal: AbortSignal): Promise<Identified | undefined> {
  if (target.delicate) return strip(await ask(undefined, target, LISTEN_MS, signal))
  const longer = (target.patience ?? 1) > 1 ? LISTEN_LONGEST_MS : LISTEN_LONGER_MS
  const listenMs = speaksFirst(target.hint) ? longer : LISTEN_MS
  const asked = new Set<string>()
  let known: Identified = {}
  let hasHungUp = false
  let hasTlsStalled = false
  let queue = listGreeters(target.hint)
  for (let connections = 0; connections < MOST_CONNECTIONS && !signal.aborted; connections++) {
    const [protocol, ...rest] = queue
    if (!protocol) break
    const answer = await ask(protocol, target, connections === 0 ? listenMs : 0, signal)
    if (!answer && connections === 0 && !signal.aborted) return undefined
    if (!answer) break
    if (answer.isLarge) return (await identifyAside(target, signal)) ?? strip(answer)
    asked.add(protocol.service)
    // The page with the version says less of a web server than its front page.
    const isLess = protocol === httpVersion && answer.service === known.service
    if (answer.service && !isLess) known = strip(answer)
    if (answer.spokeFirst || protocol === httpVersion) break
    if (answer.tls) {
      const most = MOST_CONNECTIONS - connections - 1
      return isOpen(answer, target) ? askInside(known, target, most, signal) : known
    }
    hasHungUp ||= answer.hungUp === true
    hasTlsStalled ||= protocol === tls && !answer.service && !answer.hungUp
    if (hasTlsStalled && isRefusal(known)) return { ...known, service: undefined }
    queue = known.service
      ? findOwn(rest, answer)
      : findOthers(rest, answer.askFirst, asked, hasHungUp, target)
  }
  return known
}

/** Whether what TLS carries stayed silent, or another's greeting was no request. */
function isOpen({ service, http: page }: Answer, { hint }: Target): boolean {
  return service === 'tls' || (page?.status === 400 && findInner(hint) !== http)
}

/** What one connection tells; undefined if there was none. */
function ask(
  protocol: Protocol | undefined,
  target: Target,
  listenMs: number,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  return withConnection(target, signal, (socket) => talk(socket, protocol, target, listenMs, signal))
}

/** The greetings that are left for what has answered another's: those that bring out more. */
function findOwn(rest: Protocol[], { service, askFirst }: Answer): Protocol[] {
  if (askFirst === HTTP_VERSION) return [httpVersion]
  return rest.filter((other) => other.service === askFirst || (other.service === service && other.tellsMore))
}

/**
 * The greetings that are left for what has answered nothing that is known. Once TLS and HTTP have told nothing, those
 * whose servers would have answered are out of the question, and, unless it has hung up without a word, those whose
 * servers do that.
 */
function findOthers(
  rest: Protocol[],
  askFirst: string | undefined,
  asked: ReadonlySet<string>,
  hasHungUp: boolean,
  { breadth = 'all' }: Target,
): Protocol[] {
  const own = rest.filter(({ service }) => service === askFirst)
  const others = rest.filter(({ service }) => service !== askFirst)
  if (!asked.has('tls') || !asked.has('http')) return [...own, ...others]
  if (breadth !== 'all') return own
  return [
    ...own,
    ...others.filter(({ toStrangers }) => toStrangers === 'waits' || (!toStrangers && hasHungUp)),
  ]
}

/** Whether it is an answer that TLS servers give to whoever speaks HTTP to them, too. */
function isRefusal({ service, tls, http: page }: Identified): boolean {
  return service === 'http' && !tls && page?.status === 400
}

/**
 * TLS stood and what it carries stayed silent: it is asked in the other ways, a connection for each. What is expected there
 * has only been asked first, so that what is found does not depend on it.
 */
async function askInside(
  known: Identified,
  target: Target,
  most: number,
  signal: AbortSignal,
): Promise<Identified> {
  const asked = findInner(target.hint)
  const others = (target.breadth === 'own' ? [http] : INSIDE_TLS).filter((inner) => inner !== asked)
  for (const inner of others.slice(0, most)) {
    if (signal.aborted) break
    const answer = await withConnection(target, signal, (socket) => talkTls(socket, inner, target, signal, 0))
    if (answer?.tls && answer.service !== 'tls') return strip(answer)
  }
  return known
}

function strip(answer: Answer = {}): Identified {
  const { spokeFirst: _, hungUp: __, askFirst: ___, isLarge: ____, ...identified } = answer
  return identified
}
