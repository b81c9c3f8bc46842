import type { Identified } from '../model.ts'

/** From nmap's names of services to those of Portgate's own scan and catalogue; all others are the same. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['ajp12', 'ajp'],
  ['ajp13', 'ajp'],
  ['afp', 'afpovertcp'],
  ['firebird', 'gds_db'],
  ['http-proxy', 'http'],
  ['ident', 'auth'],
  ['irc', 'ircu'],
  ['java-rmi', 'rmiregistry'],
  ['memcached', 'memcache'],
  ['mongod', 'mongodb'],
  ['modbus', 'mbap'],
  ['msrpc', 'epmap'],
  ['ms-sql-m', 'ms-sql-s'],
  ['netbios-ssn', 'microsoft-ds'],
  ['oracle', 'oracle-tns'],
  ['rpcbind', 'sunrpc'],
  ['rdp', 'ms-wbt-server'],
  ['socks4', 'socks'],
  ['socks5', 'socks'],
  ['vnc', 'rfb'],
  ['vnc-http', 'http'],
  ['xmpp', 'xmpp-client'],
])

/** Services that nmap recognises as HTTP and names only as a product, with the catalogue's name. */
const PRODUCTS: readonly (readonly [RegExp, string])[] = [
  [/^(?:Elasticsearch|OpenSearch)\b/i, 'elasticsearch'],
  [/^(?:Elasticsearch )?Kibana\b/i, 'kibana'],
  [/^(?:Apache )?CouchDB\b/i, 'couchdb'],
  [/^InfluxDB\b/i, 'influxdb'],
  [/^Grafana\b/i, 'grafana'],
  [/^Prometheus\b/i, 'prometheus'],
  [/^Docker Registry\b/i, 'docker-registry'],
  [/^Docker\b/i, 'docker'],
  [/^(?:Golang net\/http server \()?Kubernetes\b/i, 'kube-apiserver'],
  [/^etcd\b/i, 'etcd-client'],
  [/^(?:HashiCorp )?Consul\b/i, 'consul'],
  [/^Neo4j\b/i, 'neo4j'],
  [/^MinIO\b/i, 'minio'],
  [/^Jenkins\b/i, 'jenkins'],
  [/^Squid\b/i, 'squid'],
]

/** Services that have another name inside TLS. */
const IN_TLS: ReadonlyMap<string, string> = new Map([
  ['amqp', 'amqps'],
  ['ftp', 'ftps'],
  ['http', 'https'],
  ['imap', 'imaps'],
  ['ldap', 'ldaps'],
  ['mqtt', 'secure-mqtt'],
  ['pop3', 'pop3s'],
  ['smtp', 'submissions'],
])

const LONGEST_TEXT = 100

/**
 * What a scanner has recognised, as Portgate's own scan would say it.
 *
 * @param name the scanner's name of the service, `http` or `ssl/http`; undefined where it only knows that TLS answers, or nothing
 * @param isInTls whether TLS is around it
 */
export function toIdentified(name: string | undefined, product: string, isInTls: boolean): Identified {
  const bare = name?.replace(/^(?:ssl|tls)[/|]/, '')
  const hasTls = isInTls || bare !== name
  const service = nameService(bare, product, hasTls)
  const called = plain(product)
  return {
    ...(service === undefined ? {} : { service }),
    ...(called === '' ? {} : { product: called }),
    ...(hasTls ? { tls: { protocol: 'TLS', names: [] } } : {}),
  }
}

function nameService(name: string | undefined, product: string, isInTls: boolean): string | undefined {
  if (name === undefined || name === '' || name === 'ssl' || name === 'tls')
    return isInTls || name ? 'tls' : undefined
  const base = plain(name).toLowerCase()
  const called = NAMES.get(base) ?? base
  const carried = called === 'http' ? PRODUCTS.find(([pattern]) => pattern.test(product))?.[1] : undefined
  return carried ?? (isInTls ? (IN_TLS.get(called) ?? called) : called)
}

/** Printable ASCII, as long as what the scan itself hands on. */
export function plain(text: string): string {
  return text
    .replace(/[^\x20-\x7e]+/g, '?')
    .slice(0, LONGEST_TEXT)
    .trim()
}
