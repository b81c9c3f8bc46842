import type { Recognised } from '../connection.ts'
import { ajp } from './ajp.ts'
import { amqp } from './amqp.ts'
import { banners } from './banners.ts'
import { bolt } from './bolt.ts'
import { cassandra } from './cassandra.ts'
import { dns } from './dns.ts'
import { epmd } from './epmd.ts'
import { http } from './http.ts'
import { kafka } from './kafka.ts'
import { ldap } from './ldap.ts'
import { memcache } from './memcache.ts'
import { mongodb } from './mongodb.ts'
import { mqtt } from './mqtt.ts'
import { mssql } from './mssql.ts'
import { mysql } from './mysql.ts'
import { postgresql } from './postgresql.ts'
import type { Greeting, Protocol } from './protocol.ts'
import { rdp } from './rdp.ts'
import { redis } from './redis.ts'
import { nfs, sunrpc } from './rpc.ts'
import { rtsp } from './rtsp.ts'
import { smb } from './smb.ts'
import { snmp } from './snmp.ts'
import { socks } from './socks.ts'
import { ssh } from './ssh.ts'
import { tls } from './tls.ts'
import { x11 } from './x11.ts'
import { zookeeper } from './zookeeper.ts'

/**
 * What can be recognised. The first that recognises an answer wins, and a silent port gets the greetings in this
 * order: TLS and HTTP, which most answer or tell themselves from others by, and then what is common first. SSH comes
 * last: its line may follow any others, so it could be found in somebody's web page.
 */
export const PROTOCOLS: Protocol[] = [
  mysql,
  ...banners,
  tls,
  redis,
  http,
  memcache,
  smb,
  postgresql,
  ldap,
  rdp,
  mssql,
  mqtt,
  socks,
  dns,
  kafka,
  zookeeper,
  sunrpc,
  nfs,
  snmp,
  x11,
  rtsp,
  mongodb,
  epmd,
  bolt,
  ajp,
  amqp,
  cassandra,
  ssh,
]

/** A protocol that greets, and not by a handshake. */
export type Greeter = Omit<Protocol, 'greeting'> & { greeting: Greeting }

/**
 * What may be asked for inside TLS, in this order. What TLS is no part of is left out (SMB, Remote Desktop, which starts
 * it itself, RPC), and so is what speaks first, which is listened to.
 */
export const INSIDE_TLS: Greeter[] = [
  http,
  ldap,
  mqtt,
  dns,
  redis,
  amqp,
  memcache,
  rtsp,
  postgresql,
  mongodb,
  kafka,
  cassandra,
  bolt,
  zookeeper,
  mssql,
  socks,
].filter(isGreeter)

function isGreeter(protocol: Protocol): protocol is Greeter {
  return typeof protocol.greeting === 'object'
}

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

/** The name of a service when TLS carries it. */
export function nameOverTls(service: string): string {
  return OVER_TLS[service] ?? service
}

/** The service that the words belong to, by whatever protocol knows them. */
export function recognise(heard: Buffer): Recognised | undefined {
  for (const { service, recognise } of PROTOCOLS) {
    const recognition = recognise(heard)
    if (recognition) return { service, ...recognition }
  }
  return undefined
}

/** Whether the number of a port suggests a server that speaks first, so that waiting for it is worth while. */
export function speaksFirst(hint: string | undefined): boolean {
  return PROTOCOLS.some(({ service, greeting, greetedAs }) => service === hint && !greeting && !greetedAs)
}

/** The protocols that a silent port may be greeted by, the one that its number suggests first. */
export function listGreeters(suggested: string | undefined): Protocol[] {
  const hint = PROTOCOLS.find(({ service }) => service === suggested)?.greetedAs ?? suggested
  const silent = PROTOCOLS.filter(({ greeting }) => greeting)
  // What is known to carry TLS is asked for TLS first.
  const isCarried = hint !== undefined && Object.values(OVER_TLS).includes(hint)
  const first = isCarried ? [tls] : silent.filter(({ service }) => isHinted(service, hint))
  return [...new Set([...first, tls, http, ...silent])]
}

/** What the port's number says that TLS carries, HTTP where it says nothing. */
export function findInner(hint: string | undefined): Greeter {
  return INSIDE_TLS.find(({ service }) => isHinted(service, hint)) ?? (http as Greeter)
}

/** Whether a service is the one that the port's number suggests, or that one inside TLS. */
function isHinted(service: string, hint: string | undefined): boolean {
  return hint !== undefined && (service === hint || OVER_TLS[service] === hint)
}
