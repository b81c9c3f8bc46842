/** The second thread: probes what it is given with the same engine, and reports it in batches. */
import { parentPort } from 'node:worker_threads'
import type { Outcome } from '../../model.ts'
import { createCongestion } from '../engine/congestion.ts'
import { probeHosts } from '../engine/engine.ts'
import type { HostJob } from '../engine/host-scan.ts'
import { createTokenBucket, type TokenBucket } from '../engine/token-bucket.ts'
import { createMachine } from '../machine.ts'
import { createTarget } from '../targets/target.ts'
import type { Batch, Done, Request } from './messages.ts'

parentPort?.on('message', async ({ shares, limiters, sockets, timeoutMs }: Request) => {
  const buckets = limiters.map((perSecond) => createTokenBucket(perSecond, performance.now()))
  const jobs = new Map<HostJob, number>()
  for (const [index, share] of shares.entries()) {
    const { address, ports, refusing, perSecond, endsAt } = share
    const deadline = endsAt - performance.timeOrigin
    const own = share.limiters.map((at) => buckets[at] as TokenBucket)
    const target = createTarget(address, ports, { deadline, limiters: own, expected: [] })
    target.congestion = createCongestion(perSecond)
    jobs.set({ target, order: Uint16Array.from(ports.keys()), deadline, refusing }, index)
  }

  let batch: Batch['shares'] = new Map()
  const send = () => {
    const message: Batch = { kind: 'batch', shares: batch }
    parentPort?.postMessage(message)
    batch = new Map()
  }
  const onOutcome = (job: HostJob, position: number, outcome: Outcome, rttMs: number) => {
    const share = jobs.get(job) as number
    const outcomes = batch.get(share) ?? new Map()
    const list = outcomes.get(outcome) ?? { positions: [], rttMs: [] }
    list.positions.push(position)
    list.rttMs.push(rttMs)
    batch.set(share, outcomes.set(outcome, list))
  }
  const { signal } = new AbortController()
  const options = { signal, ...(timeoutMs === undefined ? {} : { timeoutMs }) }
  // What is not reported, the other thread has again.
  const onOutcomes = () => {}
  const listener = { onOutcome, onOutcomes, onTick: send }
  const context = { ...createMachine(0), sockets, isHelping: true }
  const result = await probeHosts([...jobs.keys()], listener, options, context)
  send()
  const changed = [...jobs.keys()].map(({ target }) => target.changed)
  const message: Done = { kind: 'done', result, changed }
  parentPort?.postMessage(message)
})
