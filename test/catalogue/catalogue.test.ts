import { describe, expect, test } from 'vitest'
import { aliases, spoken } from '../../src/catalogue/aliases.ts'
import {
  buildCatalogue,
  canonicalService,
  cataloguePorts,
  commonPorts,
  portsOfService,
  protocolOf,
  riskOf,
  serviceNames,
  serviceOfPort,
  settingFor,
} from '../../src/catalogue/catalogue.ts'
import { ianaPortsByName } from '../../src/catalogue/iana.ts'
import { services } from '../../src/catalogue/services/index.ts'
import type { CatalogueEntry, CatalogueOverride } from '../../src/model.ts'

const builtIn = buildCatalogue()

test.each([['grafana', 'http'], ['redis', 'redis'], ['ldaps', 'ldaps'], ['ssh-alt', 'ssh'], ...spoken])(
  '%s is greeted as %s',
  (service, protocol) => {
    expect(protocolOf(builtIn.byService.get(service) as CatalogueEntry)).toBe(protocol)
  },
)

test.each<[string, number, string | undefined]>([
  ['redis', 16_379, 'bind 127.0.0.1 -::1 (redis.conf)'],
  ['amqp', 5672, 'listeners.tcp.local = 127.0.0.1:5672 (rabbitmq.conf)'],
  ['amqp', 15_000, 'listeners.tcp.local = 127.0.0.1:15000 (rabbitmq.conf)'],
  ['http', 8000, 'listen 127.0.0.1:8000; (nginx), Listen 127.0.0.1:8000 (Apache)'],
  ['mqtt', 1234, 'listener 1234 127.0.0.1 (mosquitto.conf)'],
  ['telnet', 23, undefined],
])('the setting of %s on port %i has that port', (service, port, setting) => {
  expect(settingFor(builtIn.byService.get(service) as CatalogueEntry, port)).toBe(setting)
})

test('what is said to use TLS is a port of the service, and only web services have some ports that do and some that do not', () => {
  const some = services.filter(({ tls }) => tls !== undefined)
  expect(some.length).toBeGreaterThan(20)
  for (const { service, ports, tls = [], over } of some) {
    expect(ports, service).toEqual(expect.arrayContaining(tls))
    expect(service === 'https' || over === 'http', service).toBe(true)
  }
})

describe('riskOf', () => {
  const overrides: CatalogueOverride[] = [
    { port: 8080, service: 'dev proxy', severity: 'high' },
    { port: 6379, severity: 'low' },
    { port: 7777, service: 'ledger' },
  ]
  const changed = buildCatalogue(overrides)

  test.each<[string, number, string | undefined, string | undefined]>([
    ['nothing answered: the port', 6379, undefined, 'redis'],
    ['nothing answered on a port without an entry', 6380, undefined, undefined],
    ['what was expected', 6379, 'redis', 'redis'],
    ['another service', 8080, 'redis', 'redis'],
    ['another service where the catalogue has no port', 12_345, 'ssh', 'ssh'],
    ['a service without an entry, on a port with one', 3306, 'tarantool', 'mysql'],
    ['a service without an entry, on a port without', 12_345, 'tarantool', undefined],
    ['HTTP where another protocol is expected', 6379, 'http', 'http'],
    ['HTTPS where another protocol is expected', 6379, 'https', 'https'],
    ['HTTP that carries what is expected', 9200, 'http', 'elasticsearch'],
    ['HTTPS that carries what is expected', 9200, 'https', 'elasticsearch'],
    ['TLS that may carry the HTTP that is expected', 10_250, 'tls', 'kubelet'],
    ['TLS that may carry the mail that is expected', 993, 'tls', 'imaps'],
    ['HTTPS where mail over TLS is expected', 993, 'https', 'https'],
    ['TLS that tells no more, and so may be what is expected', 3306, 'tls', 'mysql'],
    ['TLS on a port without an entry', 12_345, 'tls', undefined],
    ['HTTP on a port without an entry', 12_345, 'http', 'http'],
    ['HTTP on an alternate port', 8080, 'http', 'http-alt'],
    ['HTTPS on the port of HTTP', 80, 'https', 'https'],
    ['HTTP on the port of HTTPS', 443, 'http', 'http'],
    ['TLS on the port of HTTPS', 443, 'tls', 'https'],
    ['SSH on the port of HTTPS', 443, 'ssh', 'ssh'],
    ['a name of Object.prototype', 22, 'constructor', 'ssh'],
  ])('%s: %i, %s → %s', (_, port, answered, expected) => {
    expect(riskOf(builtIn, port, answered)?.service).toBe(expected)
  })

  test.each<[string, number, string | undefined, string | undefined, string | undefined]>([
    ['a changed port on which nothing answered', 8080, undefined, 'dev proxy', 'high'],
    ['a changed port that a carrier answered on', 8080, 'http', 'dev proxy', 'high'],
    ['a changed port that a carrier cannot fit', 6379, 'http', 'redis', 'low'],
    ['a changed port that another service answered on', 8080, 'mysql', 'mysql', 'critical'],
    ['a changed severity where the service is the expected one', 6379, 'redis', 'redis', 'low'],
    ['a service whose own port was changed, elsewhere', 12_345, 'redis', 'redis', 'critical'],
    ['a port of the same entry that was not changed', 8008, 'http', 'http-alt', 'low'],
    [
      'a service that only the policy knows, elsewhere, which means nothing there',
      12_345,
      'ledger',
      undefined,
      undefined,
    ],
  ])('with overrides: %s: %i, %s → %s, %s', (_, port, answered, service, severity) => {
    const risk = riskOf(changed, port, answered)
    expect([risk?.service, risk?.severity]).toEqual([service, severity])
  })
})

test.each([
  ['jenkins', [8080]],
  ['portainer', [9443]],
])('%s stands for %j', (service, ports) => expect(portsOfService(service)).toEqual(ports))

describe('buildCatalogue', () => {
  test('changes the named fields of the port and nothing else', () => {
    const before = builtIn.byPort.get(6379)
    const after = buildCatalogue([{ port: 6379, severity: 'low', remedy: 'Ask the owner.' }]).byPort.get(6379)
    expect(after).toEqual({
      ...before,
      severity: 'low',
      remedy: 'Ask the owner.',
      isPolicysRemedy: true,
      alternative: undefined,
    })
  })

  test('leaves the other ports of the entry as they were', () => {
    const changed = buildCatalogue([{ port: 6001, severity: 'info' }])
    expect(changed.byPort.get(6001)).toMatchObject({ service: 'x11', ports: [6001], severity: 'info' })
    expect(changed.byPort.get(6000)).toMatchObject({
      service: 'x11',
      ports: [6000, 6002, 6003, 6004, 6005],
      severity: 'critical',
    })
  })

  test('gives a renamed entry its new name', () => {
    const entry = buildCatalogue([{ port: 8080, service: 'dev proxy' }]).byPort.get(8080)
    expect(entry).toMatchObject({ service: 'dev proxy', name: 'dev proxy', severity: 'low' })
  })

  test.each<[string, CatalogueOverride, string]>([
    ['the name that the policy gives', { port: 1352, service: 'vpn' }, 'vpn'],
    ['the name that IANA gives', { port: 1352 }, 'lotusnote'],
    ['its number where nobody names it', { port: 60_001 }, 'port-60001'],
  ])('adds an entry under %s', (_, override, service) => {
    const entry = buildCatalogue([override]).byPort.get(override.port)
    expect(entry).toMatchObject({ service, name: service, ports: [override.port], severity: 'medium' })
    expect(entry?.why).toMatch(/\.$/)
    expect(entry?.remedy).toMatch(/\.$/)
  })

  test('adds an entry with all that the policy says', () => {
    const said = {
      service: 'ledger',
      severity: 'critical' as const,
      why: 'It holds the money.',
      remedy: 'Close it.',
    }
    const changed = buildCatalogue([{ port: 60_001, ...said }])
    expect(changed.byPort.get(60_001)).toMatchObject({ ...said, ports: [60_001] })
  })

  test('keeps one entry a port, ascending, and leaves the built-in catalogue alone', () => {
    const changed = buildCatalogue([{ port: 80, severity: 'high' }, { port: 60_001 }, { port: 6001 }])
    const ports = changed.entries.flatMap((entry) => entry.ports)
    expect(new Set(ports).size).toBe(ports.length)
    const first = changed.entries.map(({ ports, shares }) => ports[0] ?? shares?.[0] ?? 0)
    expect(first).toEqual([...first].sort((a, b) => a - b))
    expect(changed.overridden).toEqual(new Set([80, 60_001, 6001]))
    expect(buildCatalogue()).toEqual(builtIn)
  })
})

describe('names and ports', () => {
  test.each<[string, number[] | undefined]>([
    ['ssh', [22]],
    ['HTTP', [80]],
    ['Https', [443]],
    ['http-alt', [8008, 8080]],
    ['x11', [6000, 6001, 6002, 6003, 6004, 6005]],
    ['openvpn', [1194]],
    ['ETHERNET/IP-2', [44_818]],
    // IANA's names of ports that the catalogue has under the name of what runs there.
    ['www-http', [80]],
    ['pdl-datastream', [9100]],
    ['nomad', [4646]],
    // UDP only, an unnamed reservation, no name at all.
    ['oracles', undefined],
    ['', undefined],
    ['reserved', undefined],
    ['toString', undefined],
  ])('%s stands for %j', (name, ports) => {
    expect(portsOfService(name)).toEqual(ports)
  })

  test('what it returns is the caller’s own', () => {
    portsOfService('ssh')?.push(23)
    expect(portsOfService('ssh')).toEqual([22])
  })

  test('every known name stands for a port', () => {
    const names = serviceNames()
    expect(new Set(names).size).toBe(names.length)
    expect(names).toEqual(expect.arrayContaining(['ssh', 'redis', 'elasticsearch', 'openvpn']))
    expect(names.filter((name) => name !== name.toLowerCase() || !portsOfService(name)?.length)).toEqual([])
  })

  test.each<[number, string | undefined]>([
    [80, 'http'],
    [9200, 'elasticsearch'],
    [1194, 'openvpn'],
    [44_819, undefined],
    [2, undefined],
    [0, undefined],
    [65_535, undefined],
  ])('port %i is %s', (port, service) => {
    expect(serviceOfPort(port)).toBe(service)
  })
})

test.each([...aliases])('%s is what people call %s', (alias, service) => {
  expect(services.map((entry) => entry.service)).toContain(service)
  expect(canonicalService(alias.toUpperCase())).toBe(service)
  expect(portsOfService(alias)).toEqual(portsOfService(service))
  // A name that IANA has given something else would be taken from it.
  expect(ianaPortsByName().has(alias)).toBe(false)
})

describe('sets of ports', () => {
  const common = commonPorts(builtIn)
  const catalogued = cataloguePorts(builtIn)

  test.each([
    ['common', common],
    ['catalogue', catalogued],
  ])('%s is ascending, distinct and valid', (_, ports) => {
    expect(ports).toEqual([...new Set(ports)].sort((a, b) => a - b))
    expect(ports[0]).toBeGreaterThanOrEqual(1)
    expect(ports.at(-1)).toBeLessThanOrEqual(65_535)
  })

  test('common holds the catalogue, the assigned system ports and registered ports in wide use', () => {
    expect(common).toEqual(expect.arrayContaining(catalogued))
    expect(common).toEqual(
      expect.arrayContaining([1, 7, 20, 123, 179, 540, 1000, 1021, 1194, 1812, 5269, 8140]),
    )
  })

  test('common leaves out what IANA reserves or has not assigned', () => {
    for (const port of [0, 2, 4, 15, 1023, 6380]) expect(common).not.toContain(port)
  })

  test('common stays of a size that a scan can take', () => {
    expect(common.filter((port) => port < 1024).length).toBeGreaterThan(650)
    expect(common.length).toBeGreaterThan(1200)
    expect(common.length).toBeLessThan(2000)
  })

  test('what a policy adds is in both', () => {
    const changed = buildCatalogue([{ port: 60_001 }])
    expect(commonPorts(changed)).toEqual([...common, 60_001].sort((a, b) => a - b))
    expect(cataloguePorts(changed)).toContain(60_001)
  })
})
