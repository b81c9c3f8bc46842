import { describe, expect, test } from 'vitest'
import { parseHostKey } from '../../src/policy/hosts.ts'
import { refuseAddress, refuseName, type Scope } from '../../src/policy/scope.ts'

/** A scope as it is written: `*.example.com 10.0.0.0/8`. Empty: none. */
function read(text: string): Scope {
  if (text === '') return undefined
  return text.split(' ').map((entry) => {
    const { value, problem } = parseHostKey(entry)
    if (!value) throw new Error(problem.message)
    return value
  })
}

describe('without a scope', () => {
  test.each([
    '127.0.0.1',
    '::1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '100.100.100.201',
    '1.0.0.0',
    '169.253.255.255',
    '169.255.0.0',
    '223.255.255.255',
    '255.255.255.254',
    '240.0.0.1',
    'fc00::1',
    'fd00:ec1::254',
    'fec0::1',
    '2001:db8::1',
    '64:ff9b::10.0.0.1',
    '2002:a00:1::1',
    '::ffff:127.0.0.1',
    '::10.0.0.1',
    // Teredo of a client 10.0.0.1 behind a server 192.0.2.1, ISATAP, NAT64 of a network's own.
    '2001:0:c000:201::f5ff:fffe',
    '2001:0:c000:201:0:0:a9fe:a9fe',
    'fd00::5efe:10.0.0.1',
    '2001:db8::200:5efe:10.0.0.1',
    '2001:db8::100:5efe:169.254.169.254',
    '2001:db8:a9fe:a9fe::1',
    '64:ff9b:1::10.0.0.1',
    '64:ff9b:1:0:a::1.2.3.4',
    '64:ff9b:1:a00:0:100:102:304',
  ])('%s may be probed', (address) => {
    expect(refuseAddress(undefined, address)).toBeUndefined()
  })

  test.each([
    ['0.0.0.0', 'of no host'],
    ['0.1.2.3', 'of no host'],
    ['::', 'unspecified'],
    ['169.254.0.0', 'link-local'],
    ['169.254.169.254', 'link-local'],
    ['169.254.170.2', 'link-local'],
    ['169.254.255.255', 'link-local'],
    ['fe80::1', 'link-local'],
    ['febf::1', 'link-local'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.255', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['100.100.100.200', 'Alibaba'],
    ['100.96.0.96', 'BytePlus'],
    ['100.80.80.80', 'UCloud'],
    ['168.63.129.16', 'Azure'],
    ['192.0.0.192', 'Oracle'],
    ['fd00:ec2::254', 'Amazon'],
    ['fd00:ec2::23', 'Amazon'],
    ['fd20:ce::254', 'Google'],
    ['fd00:c1::a9fe:a9fe', 'Oracle'],
    ['fd00:42::42', 'Scaleway'],
    ['fd00:a9fe:a9fe::1', 'Linode'],
    ['fd00:100::100:200', 'Alibaba'],
    // The same in disguise.
    ['[::ffff:169.254.169.254]', 'link-local'],
    ['::ffff:a9fe:a9fe', 'link-local'],
    ['::ffff:0.0.0.0', 'of no host'],
    ['::169.254.169.254', 'link-local'],
    ['::ffff:0:169.254.169.254', 'link-local'],
    ['64:ff9b::a9fe:a9fe', 'link-local'],
    ['64:ff9b:1::169.254.169.254', 'link-local'],
    ['64:ff9b::100.100.100.200', 'Alibaba'],
    ['64:ff9b::255.255.255.255', 'broadcast'],
    ['2002:a9fe:a9fe::1', 'link-local'],
    ['2002:e000:1::', 'multicast'],
    // Teredo: the client, inverted, and the server.
    ['2001:0:c000:201::5601:5601', 'link-local'],
    ['2001:0:c000:201:8000:63bf:9b9b:9b37', 'Alibaba'],
    ['2001:0:a9fe:a9fe::f5ff:fffe', 'link-local'],
    ['2001:0000:c000:0201:0000:0000:5601:5601', 'link-local'],
    // ISATAP, in any network.
    ['2001:db8::5efe:169.254.169.254', 'link-local'],
    ['2001:db8::200:5efe:a9fe:a9fe', 'link-local'],
    ['fd12:3456::0:5efe:100.100.100.200', 'Alibaba'],
    ['2001:db8:1:2:0:5efe:168.63.129.16', 'Azure'],
    ['::5efe:a9fe:a9fe', 'link-local'],
    // NAT64 of a network's own, by prefixes of 64, 56 and 48 bits; what follows the address is not looked at.
    ['64:ff9b:1:2:a9:fea9:fe00:0', 'link-local'],
    ['64:ff9b:1:2:a9:fea9:fe00:1234', 'link-local'],
    ['64:ff9b:1:2a9:fe:a9fe::', 'link-local'],
    ['64:ff9b:1:a9fe:a9:fe00::', 'link-local'],
    ['64:ff9b:1:a83f:81:1000::', 'Azure'],
    // A zone makes an address that cannot be compared.
    ['fe80::1%eth0', 'is not an address'],
    ['127.1', 'is not an address'],
  ])('%s is never probed: %s', (address, what) => {
    expect(refuseAddress(undefined, address)).toContain(what)
    // Nor because a name in scope leads there, or because everything is in scope.
    expect(refuseAddress(read('* 0.0.0.0/0 ::/0'), address, 'host')).toContain(what)
  })

  test('any name may be looked up', () => {
    expect(refuseName(undefined, 'www.example.com')).toBeUndefined()
  })
})

test.each([
  ['169.254.0.0/16', '169.254.169.254'],
  ['169.254.1.0/24', '169.254.1.1'],
  ['169.254.1.1', '169.254.1.1'],
  ['fd00:ec2::254', 'fd00:ec2::254'],
  ['100.100.100.200/32', '100.100.100.200'],
  ['169.254.1.1 64:ff9b::/96', '64:ff9b::a9fe:101'],
  ['169.254.1.1 2001:db8::/32', '2001:db8::5efe:a9fe:101'],
])('%s opens %s, which is else never probed', (scope, address) => {
  expect(refuseAddress(read(scope), address)).toBeUndefined()
})

test.each([
  ['169.254.1.0/24', '169.254.2.1'],
  ['169.254.0.0/15', '169.254.1.1'],
  ['100.64.0.0/10', '100.100.100.200'],
  ['fc00::/7', 'fd00:ec2::254'],
  ['169.254.1.1', '64:ff9b::a9fe:101'],
  ['2001:db8::5efe:a9fe:101', '2001:db8::5efe:a9fe:101'],
  ['64:ff9b::/96', '64:ff9b::a9fe:101'],
])('%s does not open %s', (scope, address) => {
  expect(refuseAddress(read(scope), address)).toBeDefined()
})

test.each<[scope: string, name: string, isRefused: boolean]>([
  ['www.example.com', 'www.example.com', false],
  ['WWW.Example.com.', 'www.example.com', false],
  ['www.example.com', 'example.com', true],
  ['*.example.com', 'www.example.com', false],
  ['*.example.com', 'example.com', true],
  ['*.example.com', 'a.b.example.com', true],
  ['*.example.com', 'www.example.com.evil.test', true],
  ['**.example.com', 'a.b.example.com', false],
  ['{www,api}.example.com', 'api.example.com', false],
  ['*.example.com 10.0.0.0/8', 'db.internal', true],
  // Its addresses decide.
  ['10.0.0.0/8', 'db.internal', false],
  ['10.1.2.3', 'db.internal', false],
])('scope %s, name %s: refused %s', (scope, name, isRefused) => {
  expect(refuseName(read(scope), name) !== undefined).toBe(isRefused)
})

test.each<[scope: string, address: string, name: string | undefined, isRefused: boolean]>([
  ['10.0.0.0/8', '10.1.2.3', undefined, false],
  ['10.0.0.0/8', '::ffff:10.1.2.3', undefined, false],
  ['10.0.0.0/8', '11.0.0.1', undefined, true],
  ['10.0.0.0/8', '2002:a00:1::1', undefined, true],
  ['10.1.2.3', '10.1.2.3', undefined, false],
  ['10.1.2.3', '10.1.2.4', undefined, true],
  ['2001:db8::/32', '2001:db8::1', undefined, false],
  ['2001:db8::/32', '2001:db9::1', undefined, true],
  // A name of which nothing is in scope is held by its addresses.
  ['10.0.0.0/8', '10.1.2.3', 'db.internal', false],
  ['10.0.0.0/8', '203.0.113.7', 'db.internal', true],
  // A name in scope vouches for its addresses, one that is not does not.
  ['www.example.com', '203.0.113.7', 'www.example.com', false],
  ['*.example.com 10.0.0.0/8', '203.0.113.7', 'www.example.com', false],
  ['*.example.com 10.0.0.0/8', '203.0.113.7', 'www.example.org', true],
  ['www.example.com', '203.0.113.7', undefined, true],
])('scope %s, address %s of %s: refused %s', (scope, address, name, isRefused) => {
  expect(refuseAddress(read(scope), address, name) !== undefined).toBe(isRefused)
})
