/** The lookup process. It is ended by a kill: a lookup under way would otherwise keep it alive for seconds. */
import { lookup } from 'node:dns/promises'
import type { Answer, Question } from './lookup.ts'

// Ctrl-C goes to all processes of a terminal; this one ends with the other, which may have questions left.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

process.on('message', async ({ id, name, family }: Question) => {
  const answer: Answer = await lookup(name, { family, all: true }).then(
    (found) => ({ id, addresses: found.map(({ address }) => address) }),
    ({ code = 'unknown error' }: NodeJS.ErrnoException) => ({ id, code }),
  )
  process.send?.(answer)
})
