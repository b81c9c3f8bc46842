import { describe, expect, test } from 'vitest'
import { findSearchDomains, readSearchDomains } from '../../../src/scan/targets/search-domains.ts'

const never = new AbortController().signal

describe('what a machine appends to names', () => {
  test.each<[text: string, domains: string[], host?: string, local?: string]>([
    ['nameserver 192.0.2.53\n', []],
    [
      'nameserver 192.0.2.53\nsearch corp.test  example.net.\noptions ndots:5\n',
      ['corp.test', 'example.net'],
    ],
    ['search a.test\ndomain b.test\n', ['b.test']],
    ['# search a.test\n', []],
    ['', ['corp.test'], 'runner.corp.test'],
    ['search .\n', [], 'runner.corp.test'],
    ['search a.test\n', ['x.test', 'y.test'], 'runner', 'x.test y.test'],
    ['search a.test\n', [], 'runner', ''],
  ])('%j', (text, domains, host = 'runner', local = undefined) => {
    expect(readSearchDomains(text, host, local)).toEqual(domains)
  })
})

describe('a name is told to have come through a search domain', () => {
  const find = async (names: Record<string, string[]>, found: string[], signal = never) => {
    const asked: string[] = []
    const lookUp = async (name: string) => {
      asked.push(name)
      if (!names[name]) throw Object.assign(new Error(), { code: 'ENOTFOUND' })
      return names[name]
    }
    const named = new Map([['db.prod.test', found]])
    const env = { LOCALDOMAIN: 'one.test two.test' }
    const domains = await findSearchDomains(named, env, { lookUp }, signal, Number.POSITIVE_INFINITY)
    return { domain: domains.get('db.prod.test'), asked }
  }

  test('where that leads to its addresses, and the name itself does not', async () => {
    const names = { 'db.prod.test.two.test.': ['192.0.2.3'], 'db.prod.test.': ['192.0.2.2'] }
    expect(await find(names, ['192.0.2.3'])).toEqual({
      domain: 'two.test',
      asked: ['db.prod.test.', 'db.prod.test.one.test.', 'db.prod.test.two.test.'],
    })
  })

  test('not where the name itself leads there, of which one question is enough', async () => {
    const names = { 'db.prod.test.one.test.': ['192.0.2.3'], 'db.prod.test.': ['192.0.2.3', '192.0.2.4'] }
    expect(await find(names, ['192.0.2.4'])).toEqual({ domain: undefined, asked: ['db.prod.test.'] })
  })

  test('not where only /etc/hosts knows it', async () => {
    expect((await find({}, ['192.0.2.3'])).domain).toBeUndefined()
  })

  test('not where the run is over', async () => {
    expect(
      await find({ 'db.prod.test.one.test.': ['192.0.2.3'] }, ['192.0.2.3'], AbortSignal.abort()),
    ).toEqual({
      domain: undefined,
      asked: [],
    })
  })
})
