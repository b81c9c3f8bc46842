import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import type { CatalogueEntry } from '../../src/model.ts'
import { renderEntry } from '../../src/report/explain.ts'
import { plain, UNPRINTABLE } from './reading.ts'
import { HOSTILE } from './samples.ts'

const redis: CatalogueEntry = {
  service: 'redis',
  name: 'Redis',
  ports: [6379, 16_379],
  category: 'database',
  severity: 'critical',
  why: 'Redis trusts whoever can reach it: without a password anyone can read and write all keys.',
  remedy: 'Bind Redis to a private address and block its port at the firewall.',
  sources: ['https://redis.io/docs/latest/operate/oss_and_stack/management/security/'],
}

describe('an entry', () => {
  test('begins with the name and how bad it is', () => {
    const [name, severity] = renderEntry(redis, { colours: false, width: 80 }).split('\n')
    expect(name).toBe('Redis (redis)')
    expect(severity).toBe('CRITICAL when it faces the internet')
  })

  test('has ports, cause, remedy and whole sources', () => {
    const text = renderEntry(redis, { colours: false, width: 80 })
    expect(text).toContain('  ports    TCP 6379, 16379\n')
    expect(text).toContain('  why      Redis trusts')
    expect(text).toContain('  remedy   Bind Redis')
    expect(text).toContain(`  ${redis.sources[0]}\n`)
  })

  test.each([40, 80, 120])('fits %d columns, with and without colours', (width) => {
    for (const colours of [true, false]) {
      const lines = renderEntry(redis, { colours, width }).split('\n')
      expect(lines.filter((line) => stringWidth(line) > width)).toEqual([])
    }
  })

  test.each([
    [
      'ssh',
      'To close port 22, one of these:\nThis may lock you out of the host: have another way in first.\n\n',
    ],
    ['redis', 'To close port 22, one of these:\n\n'],
  ])('warns of being locked out where people come in: %s', (service, lines) => {
    const entry = { ...redis, service }
    expect(renderEntry(entry, { colours: false, width: 80 }, { iana: [], port: 22 })).toContain(lines)
  })

  test.each(HOSTILE)('of a policy is harmless when its texts are %j', (text) => {
    const entry = {
      ...redis,
      name: text,
      service: text,
      category: text,
      why: text,
      remedy: text,
      sources: [text],
    }
    expect(plain(renderEntry(entry, { colours: true, width: 60 }))).not.toMatch(UNPRINTABLE)
  })
})
