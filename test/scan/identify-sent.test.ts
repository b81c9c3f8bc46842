/** Holds `docs/identify.md` to the bytes that are sent. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { httpVersion } from '../../src/scan/identify/protocols/http.ts'
import { PROTOCOLS } from '../../src/scan/identify/protocols/index.ts'
import type { Protocol } from '../../src/scan/identify/protocols/protocol.ts'

const page = readFileSync(new URL('../../docs/identify.md', import.meta.url), 'utf8')

const target = { address: '192.0.2.1', port: 8443, serverName: 'www.example.com' }

/** `redis: PING\r\n`, in hex where it is not all text. */
function describeGreeting({ service, greeting }: Protocol): string[] {
  if (!greeting || greeting === 'handshake') return []
  const parts = greeting.parts(target).map((part) => {
    const bytes = Buffer.from(part)
    const isText = bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0d || byte === 0x0a)
    return isText ? JSON.stringify(bytes.toString('latin1')).slice(1, -1) : bytes.toString('hex')
  })
  return [`${service.padEnd(13)}  ${parts.join('  then  ')}`]
}

test('the page has every greeting, byte by byte', () => {
  const listed = /```text\n([\s\S]*?)```/.exec(page)?.[1]?.split('\n').filter(Boolean)
  expect(listed).toEqual([...PROTOCOLS, httpVersion].flatMap(describeGreeting))
})

test('the page has every protocol', () => {
  const spoken = PROTOCOLS.filter(({ greeting, greetedAs }) => !greeting && !greetedAs).map(
    ({ service }) => service,
  )
  const listed = /^Nothing at all is sent to (.*?)\.$/ms.exec(page)?.[1]?.match(/`[\w-]+`/g)
  expect(new Set(listed)).toEqual(new Set([...spoken].map((service) => `\`${service}\``)))
})
