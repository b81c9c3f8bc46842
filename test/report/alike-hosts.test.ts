import { expect, test } from 'vitest'
import { listHostRuns, nameHosts } from '../../src/report/alike-hosts.ts'

test.each<[string[], string[]]>([
  [['10.88.2.1', '10.88.2.2', '10.88.2.3'], ['10.88.2.1-3']],
  [
    ['10.88.2.3', '10.88.2.1', '10.88.2.2', '10.88.3.9'],
    ['10.88.2.1-3', '10.88.3.9'],
  ],
  [
    ['10.88.2.1', '10.88.2.5'],
    ['10.88.2.1', '10.88.2.5'],
  ],
  [
    ['web1.example.com', 'web2.example.com', 'db.example.com'],
    ['web{1..2}.example.com', 'db.example.com'],
  ],
  [
    ['web01.example.com', 'web02.example.com'],
    ['web01.example.com', 'web02.example.com'],
  ],
  [['a', 'a'], ['a']],
  [
    ['2001:db8::1', '2001:db8::2'],
    ['2001:db8::1', '2001:db8::2'],
  ],
  [['node-9', 'node-10', 'node-11'], ['node-{9..11}']],
  [
    ['web1.eu.example.com', 'web2.us.example.com'],
    ['web1.eu.example.com', 'web2.us.example.com'],
  ],
  [[], []],
])('%j is told as %j', (names, said) => {
  expect(listHostRuns(names).map(({ name }) => name)).toEqual(said)
})

test('of those left out the hosts are counted, not their runs', () => {
  const names = ['10.88.2.1', '10.88.3.9', '10.88.4.1', '10.88.4.2', '10.88.4.3', 'db.example.com']
  expect(nameHosts(names, 2)).toBe('10.88.2.1, 10.88.3.9, and 4 more')
  expect(nameHosts(names, 3)).toBe('10.88.2.1, 10.88.3.9, 10.88.4.1-3, and 1 more')
  expect(nameHosts(names, 4)).toBe('10.88.2.1, 10.88.3.9, 10.88.4.1-3, db.example.com')
})
