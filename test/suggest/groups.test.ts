import { expect, test } from 'vitest'
import { groupAddresses } from '../../src/suggest/blocks.ts'
import { groupByDomain, groupNames } from '../../src/suggest/groups.ts'

/** `a-f` of a domain: names that are alike; those after a `|` are others of the scan. */
function group(text: string, isExact = false): string[] {
  const [alike = [], others = []] = text.split('|').map((part) =>
    part
      .split(' ')
      .filter(Boolean)
      .map((label) => `${label}.ex.com`),
  )
  const found = groupNames(alike, groupByDomain([...alike, ...others]), isExact)
  return found.map(({ pattern, members }) => `${pattern} ${members.length}`)
}

test.each([
  // Numbers that follow one another are listed exactly, whatever else there is.
  ['web1 web2 web3', false, ['web{1..3}.ex.com 3']],
  ['web01 web02 web03 | web1', false, ['web{01..03}.ex.com 3']],
  ['web9 web10 web11', true, ['web{9..11}.ex.com 3']],
  // A gap: the beginning that they share, if it matches nothing else, and the choices otherwise.
  ['web1 web2 web4', false, ['web*.ex.com 3']],
  ['web1 web2 web4 | web3', false, ['{web1,web2,web4}.ex.com 3']],
  ['web1 web2 web4', true, ['{web1,web2,web4}.ex.com 3']],
  // Nothing in common: the whole domain, if all of it is alike.
  ['api blog www', false, ['*.ex.com 3']],
  ['api blog www | db', false, ['{api,blog,www}.ex.com 3']],
  ['api blog www', true, ['{api,blog,www}.ex.com 3']],
  // Two of a kind are written one by one.
  ['web1 web2', false, []],
  ['web1 web2 web3 api | db', false, ['web{1..3}.ex.com 3']],
])('%s (exact: %s) → %j', (text, isExact, expected) => {
  expect(group(text, isExact)).toEqual(expected)
})

test.each([
  [[4, 5, 6, 7], ['10.0.0.4/30']],
  [[0, 1, 2, 3, 4, 5, 6, 7], ['10.0.0.0/29']],
  [[3, 4, 5, 6, 7, 8], ['10.0.0.4/30']],
  [[1, 2, 3, 4], []],
  [[4, 5, 6], []],
])('addresses that end in %j are %j', (ends, expected) => {
  expect(groupAddresses(ends.map((end) => `10.0.0.${end}`)).map(({ pattern }) => pattern)).toEqual(expected)
})
