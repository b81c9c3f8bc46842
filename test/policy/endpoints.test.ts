import { describe, expect, it } from 'vitest'
import { concreteEndpoints, parseCanary, parseEndpoint } from '../../src/policy/endpoints.ts'
import { parseText } from './parse-text.ts'

describe('parseEndpoint', () => {
  it.each<[string, object]>([
    ['www.example.com', { kind: 'name', host: 'www.example.com' }],
    ['WWW.Example.com.', { kind: 'name', host: 'www.example.com', isAnchored: true }],
    ['bücher.example', { kind: 'name', host: 'xn--bcher-kva.example' }],
    ['localhost', { kind: 'name', host: 'localhost' }],
    ['192.0.2.1', { kind: 'address', host: '192.0.2.1' }],
    ['2001:DB8::1', { kind: 'address', host: '2001:db8::1' }],
    ['[2001:db8::1]', { kind: 'address', host: '2001:db8::1' }],
    ['::ffff:192.0.2.1', { kind: 'address', host: '192.0.2.1' }],
    ['203.0.113.16/29', { kind: 'cidr', host: '203.0.113.16/29' }],
    ['2001:db8::/120', { kind: 'cidr', host: '2001:db8::/120' }],
    ['https://api.example.com:8443/health', { kind: 'name', host: 'api.example.com', extraPort: 8443 }],
    [
      'https://api.example.com/?next=https://x.test:1/',
      { kind: 'name', host: 'api.example.com', extraPort: 443 },
    ],
    ['http://api.example.com', { kind: 'name', host: 'api.example.com', extraPort: 80 }],
    ['HTTPS://API.example.com:443', { kind: 'name', host: 'api.example.com', extraPort: 443 }],
    ['http://bücher.example/', { kind: 'name', host: 'xn--bcher-kva.example', extraPort: 80 }],
    ['http://[2001:db8::1]:8080/', { kind: 'address', host: '2001:db8::1', extraPort: 8080 }],
    ['https://192.0.2.1', { kind: 'address', host: '192.0.2.1', extraPort: 443 }],
    ['postgres://db.example.com:5432/app', { kind: 'name', host: 'db.example.com', extraPort: 5432 }],
    ['redis://bücher.example:6379', { kind: 'name', host: 'xn--bcher-kva.example', extraPort: 6379 }],
    ['wss://ws.example.com', { kind: 'name', host: 'ws.example.com', extraPort: 443 }],
  ])('reads %s', (text, expected) => expect(parseEndpoint(text)).toEqual({ value: { text, ...expected } }))

  it.each([
    ['https://user:secret@www.example.com/x', 'https://www.example.com/x'],
    ['postgres://user:secret@db.example.com:5432/app', 'postgres://db.example.com:5432/app'],
  ])('shows %s without its credentials', (text, shown) => expect(parseEndpoint(text).value?.text).toBe(shown))

  it.each<[text: string, code: string, hint: string]>([
    ['', 'bad-endpoint', ''],
    [' www.example.com', 'bad-endpoint', ''],
    ['www.example.com\n', 'bad-endpoint', ''],
    ['a..b', 'bad-endpoint', 'one dot'],
    ['10.0.0', 'bad-endpoint', 'four numbers'],
    [
      'www.example.com:443',
      'bad-endpoint',
      '`https://www.example.com:443` or `{ host: www.example.com, ports: [443] }`',
    ],
    ['192.0.2.1:22', 'bad-endpoint', '{ host: 192.0.2.1, ports: [22] }'],
    ['[::1]:22', 'bad-endpoint', '{ host: "::1", ports: [22] }'],
    ['www.example.com/health', 'bad-endpoint', 'https://www.example.com/health'],
    ['www.example.com:8443/health', 'bad-endpoint', 'https://www.example.com:8443/health'],
    ['*.example.com', 'bad-endpoint', 'list the hosts'],
    ['{a,b}.example.com', 'bad-endpoint', 'list the hosts'],
    ['fe80::1%eth0', 'bad-endpoint', 'another address'],
    ['2001:db8::1%eth0', 'bad-endpoint', 'leave out %'],
    ['10.0.0.5/24', 'bad-cidr', '10.0.0.0/24'],
    ['10.0.0.0/33', 'bad-cidr', '0 to 32'],
    ['postgres://db.example.com/app', 'bad-endpoint', 'postgres://db.example.com:5432'],
    ['https://', 'bad-endpoint', 'for example'],
    ['https://www.example.com:99999', 'bad-endpoint', 'for example'],
    ['https://www.example.com:0', 'bad-endpoint', 'for example'],
    ['https://a_b*.example.com', 'bad-endpoint', ''],
    ['file:///etc/passwd', 'bad-endpoint', 'for example'],
    ['mailto:someone', 'bad-endpoint', ''],
    ['x://%zz:1', 'bad-endpoint', ''],
  ])('judges %j %s', (text, code, hint) => {
    const { problem } = parseEndpoint(text)
    expect(problem?.code).toBe(code)
    expect(problem?.hint ?? '').toContain(hint)
  })

  it('keeps credentials out of what it says', () => {
    expect(parseEndpoint('https://user:secret@').problem?.message).not.toContain('secret')
    expect(parseEndpoint('redis://user:secret@x').problem?.message).not.toContain('secret')
  })
})

describe('parseCanary', () => {
  it.each([
    ['status.example.com:443', { host: 'status.example.com', port: 443 }],
    ['Status.Example.com.:443', { host: 'status.example.com', port: 443, isAnchored: true }],
    ['192.0.2.1:22', { host: '192.0.2.1', port: 22 }],
    ['[2001:DB8::1]:443', { host: '2001:db8::1', port: 443 }],
  ])('reads %s', (text, value) => expect(parseCanary(text)).toEqual({ value }))

  it.each([
    '',
    'a.com',
    'a.com:',
    'a.com:0',
    'a.com:65536',
    'a.com:ssh',
    '::1:443',
    'a b:1',
    '10.0.0.0/8:1',
    'x://a:1',
  ])('refuses %j', (text) => expect(parseCanary(text).problem?.code).toBe('bad-canary'))
})

it('concreteEndpoints takes names and addresses, each once', () => {
  const { policy } = parseText(`version: 1
hosts:
  WWW.example.com: []
  "*.example.com": []
  192.0.2.1: []
  10.0.0.0/30: []
environments:
  e:
    hosts:
      www.example.com.: [1]
      ::1: []
`)
  const rules = [...(policy?.hosts ?? []), ...(policy?.environments[0]?.hosts ?? [])]
  expect(concreteEndpoints(rules)).toEqual([
    {
      text: 'WWW.example.com',
      kind: 'name',
      host: 'www.example.com',
      scan: {},
      place: policy?.hosts[0]?.place,
    },
    { text: '192.0.2.1', kind: 'address', host: '192.0.2.1', scan: {}, place: policy?.hosts[2]?.place },
    { text: '::1', kind: 'address', host: '::1', scan: {}, place: rules[5]?.place },
  ])
})
