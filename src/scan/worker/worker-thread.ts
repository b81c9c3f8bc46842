/** The thread of a helper: probes what it is given with the same loop, and reports it in batches. */
import { parentPort } from 'node:worker_threads'
import type { Outcome } from '../../model.ts'
import { createRate } from '../engine/congestion.ts'
import { probeAll } from '../engine/engine.ts'
import type { Lane } from '../engine/host-scan.ts'
import { createTarget } from '../targets/target.ts'
import type { Batch, Done, Request } from './worker.ts'

parentPort?.on('message', async ({ shares, sockets }: Request) => {
  const lanes = new Map<Lane, number>()
  for (const [index, { address, ports, refusing, perSecond, endsAt }] of shares.entries()) {
    const deadline = endsAt - performance.timeOrigin
    const target = createTarget(address, ports, { deadline, caps: [], expected: [] })
    target.rate = createRate(performance.now(), perSecond)
    lanes.set({ target, order: Uint16Array.from(ports.keys()), deadline, refusing }, index)
  }

  let batch = new Map<number, Map<Outcome, { positions: number[]; rttMs: number[] }>>()
  const send = () => {
    const message: Batch = { kind: 'batch', shares: batch }
    parentPort?.postMessage(message)
    batch = new Map()
  }
  const onOutcome = (lane: Lane, position: number, outcome: Outcome, rttMs: number) => {
    const share = lanes.get(lane) as number
    const outcomes = batch.get(share) ?? new Map()
    const list = outcomes.get(outcome) ?? { positions: [], rttMs: [] }
    list.positions.push(position)
    list.rttMs.push(rttMs)
    batch.set(share, outcomes.set(outcome, list))
  }
  const { signal } = new AbortController()
  // What is not reported, the lender has again.
  const onOutcomes = () => {}
  const listener = { onOutcome, onOutcomes, onTick: send }
  const result = await probeAll([...lanes.keys()], listener, { signal, sockets })
  send()
  const changed = [...lanes.keys()].map(({ target }) => target.changed)
  const message: Done = { kind: 'done', result, changed }
  parentPort?.postMessage(message)
})
