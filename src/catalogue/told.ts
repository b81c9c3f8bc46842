import { builtInEntry, protocolOf } from './catalogue.ts'

/**
 * What identification recognises by its own protocol, apart from TLS, HTTP and what HTTP carries: `INSIDE_TLS` of the
 * scan and the services that speak first, by their names there. A test compares this list with the protocols.
 */
const TOLD: ReadonlySet<string> = new Set([
  ...['activemq', 'amqp', 'amqps', 'asterisk-ami', 'bolt', 'cassandra', 'checkmk-agent', 'domain', 'ftp'],
  ...['ftps', 'http', 'https', 'imap', 'imaps', 'ircu', 'kafka', 'ldap', 'ldaps', 'memcache', 'mongodb'],
  ...['mqtt', 'ms-sql-s', 'munin', 'mysql', 'nats', 'nfs', 'nntp', 'pop3', 'pop3s', 'postgresql', 'redis'],
  ...['rfb', 'rsync', 'rtsp', 'secure-mqtt', 'sieve', 'smtp', 'socks', 'ssh', 'submissions', 'svn'],
  ...['telnet', 'vmware-authd', 'zookeeper'],
])

/** Whether this service would be recognised inside TLS. */
export function isTold(service: string): boolean {
  const entry = builtInEntry(service)
  return TOLD.has(entry ? protocolOf(entry) : service)
}
