import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createMachine } from '../../../src/scan/machine.ts'
import { OPEN } from '../../../src/scan/outcome.ts'
import { confirmOpen } from '../../../src/scan/phases/confirm.ts'
import { createTarget, outcomeAt, record } from '../../../src/scan/targets/target.ts'

describe('what was found open and refuses', () => {
  test.each([
    { name: 'stays open where nothing else is known to be', others: 0, confirmed: false, state: 'open' },
    { name: 'is closed where another open port accepts', others: 1, confirmed: false, state: 'closed' },
    {
      name: 'is open where it was open again when it bore witness',
      others: 1,
      confirmed: true,
      state: 'open',
    },
  ])('$name', async ({ others, confirmed, state }) => {
    const server = createServer((socket) => socket.on('error', () => {}).end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const ports = Uint16Array.of(9, ...(others > 0 ? [port] : []))
    const deadline = Number.POSITIVE_INFINITY
    const target = createTarget('127.0.0.1', ports, { deadline, limiters: [], expected: [] })
    for (const position of ports.keys()) record(target, position, OPEN)
    if (confirmed) target.confirmed.add(9)
    const { signal } = new AbortController()
    const engine = createMachine(1)
    await confirmOpen([target], { engine, seed: 1, serviceOn: undefined, signal, account() {} })
    expect(outcomeAt(target, 0)?.state).toBe(state)
    expect(target.changed).toBe(others === 0 ? 'started-refusing' : undefined)
    server.close()
  })
})
