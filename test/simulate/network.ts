/** A simulated network behind the connector that the engine is given. */
import type { Outcome } from '../../src/model.ts'
import type { CreateConnector, OnOutcome } from '../../src/scan/connect/connector.ts'
import { outcomeOf } from '../../src/scan/connect/errno.ts'
import { createSocketPool } from '../../src/scan/connect/socket-pool.ts'
import { OPEN } from '../../src/scan/outcome.ts'
import { createRandom } from '../../src/scan/targets/random.ts'
import type { SimulatedClock } from './clock.ts'
import { type Answer, createHost, createStages, type Host } from './host.ts'
import { createKernel, type Socket } from './kernel.ts'
import type { NetworkSpec } from './spec.ts'

/** What one connect costs the processor, in milliseconds: 65,535 refused ports take one thread 0.8 s. */
const CONNECT_MS = 0.012

type Heard = Exclude<Answer, 'silence'>

const ERRORS: Record<Exclude<Heard, 'accept'>, string> = {
  reset: 'ECONNREFUSED',
  'icmp-port': 'ECONNREFUSED',
  'icmp-host': 'EHOSTUNREACH',
  'icmp-net': 'ENETUNREACH',
  'icmp-admin': 'EACCES',
}

/** What was done to one host, and what it has answered. */
export interface Seen {
  syns: number
  /** By port: connects that began, and those that the scanner was told were accepted. */
  connects: Map<number, number>
  accepted: Map<number, number>
  /** Refusals that a closed port might have sent, as far as the scanner was told. */
  refused: number
}

export interface Network {
  createConnector: CreateConnector
  /** By address. */
  seen: ReadonlyMap<string, Seen>
}

export interface Watcher {
  /** Called for each connect as it begins, with the number of open sockets, its own included. */
  onConnect(address: string, port: number, sockets: number): void
  onAnswer?(address: string, port: number, outcome: Outcome): void
}

/** The address of a host by its number. */
export function addressOf(index: number): string {
  return `198.51.100.${index + 1}`
}

export function createNetwork(spec: NetworkSpec, clock: SimulatedClock, watcher: Watcher): Network {
  const { machine } = spec
  const random = createRandom(spec.seed * 7 + 1)
  const kernel = createKernel(machine, clock, random())
  const shared = createStages(spec.shared, random)
  const hosts = new Map(
    spec.hosts.map((host, index) => {
      const seen: Seen = { syns: 0, connects: new Map(), accepted: new Map(), refused: 0 }
      return [addressOf(index), { host: createHost(host, shared, random), seen }]
    }),
  )
  for (const { atMs, ms } of machine.stalls) clock.at(atMs, () => clock.spend(ms))

  /** Sends the SYNs of one connection until it is answered. @returns what stops it */
  function sendSyns(address: string, port: number, onAnswer: (answer: Heard) => void): () => void {
    const { host, seen } = hosts.get(address) as { host: Host; seen: Seen }
    const flow = random()
    let isOver = false
    let retransmissions = 0
    const arrive = (at: number) => {
      const reply = host.answer({ port, at, flow })
      if (!reply) return
      clock.at(reply.at, () => {
        if (!isOver) onAnswer(reply.answer)
        isOver = true
      })
    }
    const send = () => {
      if (isOver) return
      seen.syns += 1
      const at = clock.now() + host.drawWayMs()
      if (host.isOrdered) arrive(at)
      else clock.at(at, () => arrive(at))
      kernel.onRetransmission(retransmissions++, send)
    }
    send()
    return () => {
      isOver = true
    }
  }

  /** Reports what `connect` itself returns, as soon as the call has returned. @returns what prevents the report */
  function tellSoon(onOutcome: OnOutcome, outcome: Parameters<OnOutcome>[0]): () => void {
    let isOver = false
    clock.soon(() => {
      if (!isOver) onOutcome(outcome)
    })
    return () => {
      isOver = true
    }
  }

  return {
    seen: new Map([...hosts].map(([address, { seen }]) => [address, seen])),
    createConnector(mostPooled) {
      const pool = createSocketPool<Socket>(mostPooled)
      return {
        connect(address, port, onOutcome) {
          clock.spend(CONNECT_MS)
          const socket = pool.take(address) ?? kernel.openSocket()
          watcher.onConnect(address, port, kernel.countSockets())
          if (typeof socket === 'string') return { cancel: tellSoon(onOutcome, outcomeOf(socket, true)) }
          const fault = kernel.findFault()
          if (fault) {
            socket.close()
            return { cancel: tellSoon(onOutcome, outcomeOf(fault, true)) }
          }
          const { seen } = hosts.get(address) as { seen: Seen }
          count(seen.connects, port)
          let isOpen = true
          const close = () => {
            if (isOpen) socket.close()
            isOpen = false
          }
          const stop =
            random() < machine.selfConnects
              ? tellSoon(() => {
                  close()
                  onOutcome(undefined)
                }, undefined)
              : sendSyns(address, port, (answer) => {
                  const outcome = answer === 'accept' ? OPEN : outcomeOf(ERRORS[answer], false)
                  if (outcome.state === 'open') count(seen.accepted, port)
                  if (outcome.state === 'closed') {
                    seen.refused += 1
                    pool.keep(address, socket)
                  } else socket.close()
                  isOpen = false
                  watcher.onAnswer?.(address, port, outcome)
                  onOutcome(outcome)
                })
          return {
            cancel() {
              stop()
              close()
            },
          }
        },
        releasePool: pool.closeAll,
      }
    },
  }
}

function count(counts: Map<number, number>, port: number): void {
  counts.set(port, (counts.get(port) ?? 0) + 1)
}
