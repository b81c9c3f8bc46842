/** The thread for ports whose handshakes take much computing. */
import { parentPort } from 'node:worker_threads'
import type { Reply, Request, Word } from './aside.ts'
import { identifyPort } from './identify.ts'

/** What is under way: how to end it, and who wait for leave to connect. */
const underWay = new Map<number, { ending: AbortController; waiting: (() => void)[] }>()

const tell = (reply: Reply) => parentPort?.postMessage(reply)

parentPort?.on('message', async (message: Request | Word) => {
  const { id } = message
  const known = underWay.get(id)
  if (message.kind === 'leave') known?.waiting.shift()?.()
  if (message.kind === 'end') known?.ending.abort()
  if (message.kind !== 'identify') return
  const ending = new AbortController()
  const waiting: (() => void)[] = []
  underWay.set(id, { ending, waiting })
  const effort = message.target.effort ?? { dearMs: 0 }
  const mayConnect = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve)
      ending.signal.addEventListener('abort', () => resolve())
      tell({ kind: 'connect', id })
    })
  const found = await identifyPort({ ...message.target, effort, mayConnect, isAside: true }, ending.signal)
  underWay.delete(id)
  tell({ kind: 'done', id, found, dearMs: effort.dearMs })
})
