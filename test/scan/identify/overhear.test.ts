import { expect, test } from 'vitest'
import { createOverhear } from '../../../src/scan/identify/overhear.ts'
import { createTarget } from '../../../src/scan/targets/target.ts'
import { listen, type Service } from '../../fixtures/services/listener.ts'
import { hangsUp, mysqlHandshake, speaksFirst } from '../../fixtures/services/speakers.ts'

const never = new AbortController().signal

async function overhear(service: Service, signal = never) {
  await using listener = await listen(service)
  const target = createTarget('127.0.0.1', Uint16Array.of(listener.port), {
    deadline: performance.now() + 10_000,
    limiters: [],
    expected: [],
  })
  const began = performance.now()
  const said = await createOverhear(signal)(target, listener.port)
  const { connections, received } = listener
  return { said, connections, received, tookMs: performance.now() - began }
}

test.each<[what: string, service: Service, said: string | undefined]>([
  ['MySQL', speaksFirst(mysqlHandshake('8.0.36')), 'mysql'],
  ['OpenSSH', speaksFirst('SSH-2.0-OpenSSH_9.9\r\n'), 'ssh'],
  ['a server that waits to be asked', () => {}, undefined],
  ['a server that hangs up', hangsUp(), undefined],
])('%s is listened to on one connection, and told nothing', async (_, service, said) => {
  expect(await overhear(service)).toMatchObject({ said, connections: 1, received: '' })
})

test('nobody is listened to any longer than the probing takes', async () => {
  const { said, tookMs } = await overhear(() => {}, AbortSignal.timeout(100))
  expect(said).toBeUndefined()
  expect(tookMs).toBeLessThan(1_500)
})
