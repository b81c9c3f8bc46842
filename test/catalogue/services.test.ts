import { describe, expect, test } from 'vitest'
import { ianaNameOf, ianaPortsByName, listIanaDifferences } from '../../src/catalogue/iana.ts'
import { services } from '../../src/catalogue/services/index.ts'
import { SEVERITIES, type Severity } from '../../src/model.ts'
import { renderEntry } from '../../src/report/explain.ts'

/** Port, the service that it has to stand for, and the lowest severity that the rubric leaves it. */
const KNOWN: [port: number, service: string, atLeast: Severity][] = [
  [21, 'ftp', 'medium'],
  [22, 'ssh', 'medium'],
  [23, 'telnet', 'high'],
  [25, 'smtp', 'medium'],
  [53, 'domain', 'medium'],
  [80, 'http', 'low'],
  [102, 'iso-tsap', 'critical'],
  [110, 'pop3', 'medium'],
  [111, 'sunrpc', 'medium'],
  [135, 'epmap', 'high'],
  [137, 'netbios-ns', 'medium'],
  [138, 'netbios-dgm', 'medium'],
  [139, 'netbios-ssn', 'high'],
  [143, 'imap', 'medium'],
  [161, 'snmp', 'medium'],
  [389, 'ldap', 'high'],
  [443, 'https', 'low'],
  [445, 'microsoft-ds', 'high'],
  [465, 'submissions', 'low'],
  [502, 'mbap', 'critical'],
  [512, 'exec', 'high'],
  [513, 'login', 'high'],
  [514, 'shell', 'high'],
  [587, 'submission', 'low'],
  [623, 'oob-ws-http', 'high'],
  [631, 'ipp', 'medium'],
  [636, 'ldaps', 'medium'],
  [873, 'rsync', 'high'],
  [993, 'imaps', 'low'],
  [995, 'pop3s', 'low'],
  [1080, 'socks', 'medium'],
  [1433, 'ms-sql-s', 'high'],
  [1521, 'oracle-tns', 'high'],
  [1723, 'pptp', 'medium'],
  [1883, 'mqtt', 'medium'],
  [2049, 'nfs', 'high'],
  [2181, 'zookeeper', 'high'],
  [2222, 'ssh-alt', 'medium'],
  [2375, 'docker', 'critical'],
  [2376, 'docker-s', 'high'],
  [2379, 'etcd-client', 'critical'],
  [2380, 'etcd-server', 'high'],
  [3000, 'grafana', 'medium'],
  [3128, 'squid', 'medium'],
  [3306, 'mysql', 'high'],
  [3389, 'ms-wbt-server', 'high'],
  [3690, 'svn', 'medium'],
  [4369, 'epmd', 'high'],
  [4444, 'selenium', 'critical'],
  [4848, 'appserv-http', 'high'],
  [5000, 'docker-registry', 'high'],
  [5005, 'jdwp', 'critical'],
  [5044, 'logstash-beats', 'medium'],
  [5060, 'sip', 'medium'],
  [5222, 'xmpp-client', 'low'],
  [5432, 'postgresql', 'high'],
  [5555, 'adb', 'critical'],
  [5601, 'kibana', 'high'],
  [5671, 'amqps', 'medium'],
  [5672, 'amqp', 'medium'],
  [5900, 'rfb', 'high'],
  [5984, 'couchdb', 'high'],
  [5985, 'wsman', 'high'],
  [5986, 'wsmans', 'high'],
  [6000, 'x11', 'high'],
  [6005, 'x11', 'high'],
  [6379, 'redis', 'critical'],
  [6443, 'kube-apiserver', 'high'],
  [6667, 'ircu', 'medium'],
  [7001, 'weblogic', 'high'],
  [7077, 'spark', 'critical'],
  [7474, 'neo4j', 'high'],
  [7687, 'bolt', 'high'],
  [8009, 'ajp', 'high'],
  [8080, 'http-alt', 'low'],
  [8081, 'http-alternates', 'low'],
  [8086, 'influxdb', 'high'],
  [8088, 'yarn', 'critical'],
  [8089, 'splunkd', 'medium'],
  [8161, 'activemq-console', 'high'],
  [8200, 'vault', 'medium'],
  [8265, 'ray', 'critical'],
  [8300, 'consul-rpc', 'high'],
  [8443, 'https-alt', 'low'],
  [8500, 'consul', 'critical'],
  [8883, 'secure-mqtt', 'low'],
  [8888, 'jupyter', 'high'],
  [9000, 'sonarqube', 'medium'],
  [9042, 'cassandra', 'high'],
  [9090, 'prometheus', 'medium'],
  [9092, 'kafka', 'high'],
  [9100, 'node-exporter', 'medium'],
  [9200, 'elasticsearch', 'critical'],
  [9229, 'node-inspector', 'critical'],
  [9300, 'elasticsearch-transport', 'high'],
  [9418, 'git', 'medium'],
  [10000, 'webmin', 'high'],
  [10250, 'kubelet', 'critical'],
  [10255, 'kubelet-readonly', 'medium'],
  [11211, 'memcache', 'high'],
  [11434, 'ollama', 'high'],
  [15672, 'rabbitmq-management', 'medium'],
  [25565, 'minecraft', 'low'],
  [26257, 'cockroach', 'high'],
  [27017, 'mongodb', 'critical'],
  [28015, 'rethinkdb', 'critical'],
  [50000, 'db2', 'high'],
  [50070, 'hdfs', 'critical'],
  [61616, 'activemq', 'high'],
]

test.each(KNOWN)('port %i is %s, at least %s', (port, service, atLeast) => {
  const entry = services.find(({ ports }) => ports.includes(port))
  expect(entry?.service).toBe(service)
  expect(SEVERITIES.indexOf(entry?.severity ?? 'info')).toBeLessThanOrEqual(SEVERITIES.indexOf(atLeast))
})

test.each([
  ['http', [80]],
  ['https', [443]],
  ['ssh', [22]],
  ['mysql', [3306]],
  ['rfb', [5900]],
])('%s allows %j and nothing else', (service, ports) => {
  expect(services.find((entry) => entry.service === service)?.ports).toEqual(ports)
})

/** Printable ASCII, which every terminal and every report format can show. */
const SENTENCES = /^[A-Z][ -~]{29,238}\.$/

const CHOICE = /^[A-Z][ -~]{9,180}\.$/

/** A sentence ends where a capital follows. */
function countSentences(text: string): number {
  return text.split(/[.!?] (?=[A-Z])/).length
}

describe.each(services.map((entry) => [entry.service, entry] as const))('%s', (_, entry) => {
  test('is well-formed', () => {
    expect(entry.service).toMatch(/^[a-z\d]+([-_][a-z\d]+)*$/)
    expect(SEVERITIES).toContain(entry.severity)
    expect(entry.category).toMatch(/^[a-z]+( [a-z]+)*$/)
    expect(entry.name).toMatch(/^\S.{1,60}\S$/)
    expect(entry.ports.length + (entry.shares ?? []).length).toBeGreaterThan(0)
    for (const port of entry.shares ?? []) {
      expect(services.some((other) => other !== entry && other.ports.includes(port))).toBe(true)
    }
    expect(entry.ports).toEqual([...entry.ports].sort((a, b) => a - b))
    for (const port of entry.ports) expect(Number.isInteger(port) && port >= 1 && port <= 65_535).toBe(true)
  })

  test('says why in one or two sentences, and what to do in one, and otherwise in one or two', () => {
    expect(entry.why).toMatch(SENTENCES)
    expect(countSentences(entry.why)).toBeLessThanOrEqual(2)
    expect(entry.remedy).toMatch(CHOICE)
    expect(countSentences(entry.remedy)).toBe(1)
    expect(entry.alternative).toMatch(CHOICE)
    expect(countSentences(entry.alternative ?? '')).toBeLessThanOrEqual(2)
    if (entry.bind) expect(entry.bind).toMatch(/^[ -~]{5,90}$/)
  })

  test('names where it is taken from', () => {
    expect(entry.sources.length).toBeGreaterThan(0)
    expect(new Set(entry.sources).size).toBe(entry.sources.length)
    for (const source of entry.sources) {
      expect(source).toMatch(/^https:\/\/[a-z\d.-]+\.[a-z]+\/\S+$/)
      expect(() => new URL(source)).not.toThrow()
    }
  })

  test('cites every CVE that it names', () => {
    const cited = entry.sources.join(' ').toUpperCase()
    for (const [cve] of entry.why.matchAll(/CVE-\d{4}-\d+/g)) expect(cited).toContain(cve)
  })
})

test('there are at least 200', () => expect(services.length).toBeGreaterThanOrEqual(200))

test('a port and a name belong to one entry', () => {
  const ports = services.flatMap((entry) => entry.ports)
  expect(ports.filter((port, index) => ports.indexOf(port) !== index)).toEqual([])
  const names = services.map(({ service }) => service)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

test('no two entries are the same for a reader', () => {
  const names = services.map(({ name }) => name)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

/** Words that say nothing of a service. */
const COMMON = new Set([
  'http',
  'https',
  'proxy',
  'server',
  'service',
  'java',
  'other',
  'port',
  'web',
  'node',
])

/** Names that IANA has given to something else, and why the catalogue has them all the same. */
const NOT_IANAS: Record<string, string> = {
  nomad: 'IANA has 5209 for another Nomad; the scheduler of HashiCorp listens on 4646',
}

describe("IANA's names", () => {
  const differences = services.flatMap((entry) =>
    listIanaDifferences(entry).map((difference) => ({ entry, ...difference })),
  )

  test("are the catalogue's, or the difference is explained", () => {
    const named = services.flatMap(({ service, ports }) =>
      ports.filter((port) => (ianaNameOf(port) ?? service) !== service),
    )
    expect(differences.map(({ port }) => port)).toEqual(named)
    for (const { entry, port, name, isSame } of differences) {
      const told = renderEntry(entry, { colours: false, width: 1_000 }, { iana: listIanaDifferences(entry) })
      expect(told).toContain(
        isSame ? `calls it ${name} on ${port}\n` : `has given ${port} to another service, ${name}`,
      )
    }
  })

  test.each(services.filter(({ iana }) => iana))('that are said to be of $service are', (entry) => {
    const same = listIanaDifferences(entry).filter(({ isSame }) => isSame)
    expect(same.map(({ name }) => name)).toEqual(entry.iana)
  })

  // What shares a word with an entry is likely the same service, and then the entry has to say so.
  test.each(differences.filter(({ isSame }) => !isSame))(
    '$name on $port is not $entry.service',
    (difference) => {
      const words = (text: string) => text.toLowerCase().match(/[a-z]{4,}|\d{4,}/g) ?? []
      const { service, name } = difference.entry
      const own = new Set([...words(service), ...words(name)])
      const shared = [...words(difference.name), ...words(difference.about)].filter((word) => own.has(word))
      expect(shared.filter((word) => !COMMON.has(word))).toEqual([])
    },
  )

  // The other way round: a name that IANA has given to something else.
  test.each(services.filter(({ service }) => ianaPortsByName().has(service)))(
    '$service has ports that IANA lists for it',
    ({ service, ports }) => {
      const listed = ianaPortsByName().get(service) ?? []
      const others = ports.filter((port) => !listed.includes(port))
      expect(others.length > 0).toBe(service in NOT_IANAS)
    },
  )

  test('have no exception that is none', () => {
    for (const service of Object.keys(NOT_IANAS)) expect(ianaPortsByName().has(service)).toBe(true)
  })
})
