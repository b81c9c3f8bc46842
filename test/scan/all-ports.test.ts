import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import type { HostResult } from '../../src/model.ts'
import { listen } from '../fixtures/services/listener.ts'
import { scanPolicy } from './scan-policy.ts'

test('no port that connects to itself is reported, in all 65,535', async () => {
  await using server = await listen((socket) => void socket.resume())
  const { hosts } = await scanPolicy('scan: { ports: all, identify: false }\nhosts: { 127.0.0.1: [] }')
  const result = hosts[0] as HostResult
  // What else listens here is real: it takes a connection made by other means.
  for (const { port } of result.open) await expect(isListening(port), `port ${port}`).resolves.toBe(true)
  expect(result.open.map(({ port }) => port)).toContain(server.port)
  const known = [...result.closed, ...result.filtered].flatMap(({ ports }) => ports)
  const count = known.reduce((sum, { from, to }) => sum + to - from + 1, result.open.length)
  expect(count).toBe(65_535)
  expect(result.unknown).toEqual([])
})

async function isListening(port: number): Promise<boolean> {
  const probe = createServer()
  // The port is taken, so that nobody else can listen on it.
  return new Promise((resolve) => {
    probe.once('error', () => resolve(true))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(false)))
  })
}
