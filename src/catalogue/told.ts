import { builtInEntry, protocolOf } from './catalogue.ts'

/**
 * What identification can tell by its own words inside TLS, HTTP and what it carries apart: `INSIDE_TLS` of the scan and
 * what speaks first, by the names that they have there. A test holds this list to the protocols.
 */
const TOLD: ReadonlySet<string> = new Set([
  ...['activemq', 'amqp', 'amqps', 'asterisk-ami', 'bolt', 'cassandra', 'checkmk-agent', 'domain', 'ftp'],
  ...['ftps', 'http', 'https', 'imap', 'imaps', 'ircu', 'kafka', 'ldap', 'ldaps', 'memcache', 'mongodb'],
  ...['mqtt', 'ms-sql-s', 'munin', 'mysql', 'nats', 'nfs', 'nntp', 'pop3', 'pop3s', 'postgresql', 'redis'],
  ...['rfb', 'rsync', 'rtsp', 'secure-mqtt', 'sieve', 'smtp', 'socks', 'ssh', 'submissions', 'svn'],
  ...['telnet', 'vmware-authd', 'zookeeper'],
])

/** Whether anything inside TLS would tell that it is this service. */
export function isTold(service: string): boolean {
  const entry = builtInEntry(service)
  return TOLD.has(entry ? protocolOf(entry) : service)
}
