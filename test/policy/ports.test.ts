import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  parsePort,
  parsePortOrSet,
  parsePortSelection,
  parsePorts,
  parseServiceName,
} from '../../src/policy/ports.ts'
import { formatRanges, listPorts, toRanges } from '../../src/port-ranges.ts'

describe('parsePort', () => {
  it.each<[number | string, number, number]>([
    [1, 1, 1],
    [65535, 65535, 65535],
    ['443', 443, 443],
    [' 443 ', 443, 443],
    ['8000-8010', 8000, 8010],
    ['22-22', 22, 22],
    ['1-65535', 1, 65535],
    ['ssh', 22, 22],
    ['SSH', 22, 22],
  ])('reads %j', (item, from, to) => {
    expect(parsePort(item)).toEqual({ value: [{ from, to }] })
  })

  it.each<[number | string, string, string]>([
    [0, 'bad-port', '1 to 65535'],
    [-1, 'bad-port', 'a range is written `1-1`'],
    [65536, 'bad-port', '1 to 65535'],
    [1.5, 'bad-port', 'whole number'],
    [1e21, 'bad-port', 'whole number'],
    [Number.NaN, 'unknown-service', ''],
    ['0080', 'bad-port', 'write `80`'],
    ['0-10', 'bad-port', '1 to 65535'],
    ['1-65536', 'bad-port', '1 to 65535'],
    ['30-20', 'reversed-range', '20-30'],
    ['100-', 'bad-port', '`100-65535`'],
    ['-1024', 'bad-port', '`1-1024`'],
    ['20 - 30', 'bad-port', '`20-30`'],
    ['20..30', 'bad-port', '`20-30`'],
    ['20:30', 'bad-port', '`20-30`'],
    ['22,80', 'bad-port', '`22`, `80`'],
    ['22 80', 'bad-port', '`22`, `80`'],
    ['80/tcp', 'bad-port', 'write `80`'],
    ['53/udp', 'bad-port', 'only TCP'],
    ['all', 'bad-port', 'must stand alone'],
    ['', 'unknown-service', 'number of the port'],
    ['htps', 'unknown-service', 'did you mean `http'],
    ['toString', 'unknown-service', ''],
  ])('refuses %j as %s', (item, code, hint) => {
    const { problem } = parsePort(item)
    expect(problem?.code).toBe(code)
    expect(problem?.hint).toContain(hint)
  })
})

describe('selections of ports', () => {
  it.each([
    ['common', 'common'],
    ['all', 'all'],
    ['22,443', [22, 443]],
    [' 443 , 22-23', [22, 23, 443]],
    ['ssh', [22]],
  ])('parsePortSelection reads %j', (text, expected) => {
    const { value } = parsePortSelection(text)
    expect(Array.isArray(value) ? listPorts(value) : value).toEqual(expected)
  })

  it('suggests the name of a set', () => {
    expect(parsePortOrSet('comon').problem?.hint).toBe('did you mean `common`?')
  })

  it('parsePorts reads what reports write', () => {
    const port = fc.integer({ min: 1, max: 65_535 })
    fc.assert(
      fc.property(fc.uniqueArray(port, { minLength: 1 }), (ports) => {
        const ranges = toRanges(ports.toSorted((a, b) => a - b))
        expect(parsePorts(formatRanges(ranges)).value).toEqual(ranges)
      }),
    )
  })

  it.each(['', '22,', ',', '22,all'])('parsePorts refuses %j', (text) => {
    expect(parsePorts(text).problem).toBeDefined()
  })
})

describe('parseServiceName', () => {
  it.each([
    ['ssh', 'ssh'],
    ['SSH', 'ssh'],
    ['tls', 'tls'],
  ])('knows %j', (text, name) => expect(parseServiceName(text)).toEqual({ value: name }))

  it('suggests a near name', () => {
    expect(parseServiceName('redsi').problem?.hint).toBe('did you mean `redis`?')
  })
})
