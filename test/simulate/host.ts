/** What becomes of one SYN: the way there, the firewalls, the host, and the way back. */
import type { Random } from '../../src/scan/targets/random.ts'
import type { HostSpec, Refusal, Trait } from './spec.ts'

export type Answer = 'accept' | Refusal

/** One SYN as a trait sees it. */
interface Syn {
  port: number
  /** When it arrives. */
  at: number
  /** A number in [0, 1) that all SYNs of one connect share: what a load balancer decides by. */
  flow: number
}

/** A trait at work. */
export interface Stage {
  /** What a SYN meets before the host's own answer. */
  meet?(syn: Syn): Answer | undefined
  /** What becomes of an answer. */
  leave?(answer: Answer, at: number): Answer
}

/** An answer, and when it arrives; undefined if there is none. */
type Reply = { answer: Exclude<Answer, 'silence'>; at: number } | undefined

export interface Host {
  /** How long a packet takes to get there or back, in milliseconds. */
  drawWayMs(): number
  /** Whether SYNs arrive in the order in which they leave. */
  isOrdered: boolean
  /** What a SYN leads to. SYNs are to be given in the order in which they arrive. */
  answer(syn: Syn): Reply
}

/** @param shared stages of firewalls that the host shares with others */
export function createHost(spec: HostSpec, shared: readonly Stage[], random: Random): Host {
  const traits = spec.traits.toSorted((one, other) => placeOf(one) - placeOf(other))
  const stages = [...shared, ...createStages(traits, random)]
  const meeting = stages.filter(({ meet }) => meet)
  const leaving = stages.filter(({ leave }) => leave).reverse()
  const own = createOwnAnswer(spec)
  const lateMs = new Map(
    spec.traits.flatMap((trait) => (trait.kind === 'late' ? [[trait.port, trait.ms]] : [])),
  )
  const drawWayMs = () => Math.max(0.02, spec.rttMs / 2 + (random() - 0.5) * spec.jitterMs)
  return {
    drawWayMs,
    isOrdered: spec.jitterMs === 0 && shared.length === 0,
    answer(syn) {
      let answer: Answer | undefined
      for (const stage of meeting) {
        answer = stage.meet?.(syn)
        if (answer) break
      }
      answer ??= own(syn)
      const leavesAt = syn.at + (answer === 'accept' ? (lateMs.get(syn.port) ?? 0) : 0)
      for (const stage of leaving)
        if (answer !== 'silence') answer = stage.leave?.(answer, leavesAt) ?? answer
      return answer === 'silence' ? undefined : { answer, at: leavesAt + drawWayMs() }
    },
  }
}

/** The order in which a SYN meets traits: the path, a firewall, then the host itself. */
function placeOf({ kind }: Trait): number {
  if (kind === 'loss' || kind === 'bursts' || kind === 'away') return 0
  return kind === 'tarpit' || kind === 'stops' ? 2 : 1
}

function createOwnAnswer(spec: HostSpec): (syn: Syn) => Answer {
  const backends = listBackends(spec).map((open) => new Set(open))
  const silent = new Set(spec.silent)
  return ({ port, flow }) => {
    const open = backends[Math.floor(flow * backends.length)] as Set<number>
    return open.has(port) ? 'accept' : silent.has(port) ? 'silence' : spec.rest
  }
}

/** What each of the hosts behind an address has open; mostly there is one. */
export function listBackends({ open, traits }: HostSpec): number[][] {
  return traits.find((trait) => trait.kind === 'backends')?.open ?? [open]
}

/** The stages of some traits, in their order. */
export function createStages(traits: readonly Trait[], random: Random): Stage[] {
  return traits.map((trait) => createStage(trait, random))
}

function createStage(trait: Trait, random: Random): Stage {
  switch (trait.kind) {
    case 'loss':
      return {
        meet: () => (random() < trait.there ? 'silence' : undefined),
        leave: (answer) => (random() < trait.back ? 'silence' : answer),
      }
    case 'bursts':
      return createBursts(trait, random)
    case 'syn-limit': {
      const tryTake = createLimit(trait)
      return { meet: ({ at }) => (tryTake(at) ? undefined : trait.over) }
    }
    case 'connection-limit':
      return createConnectionLimit(trait)
    case 'ban':
      return createBan(trait)
    case 'refusal-limit': {
      const tryTake = createLimit(trait)
      return {
        leave(answer, at) {
          const isOne = trait.of === 'reset' ? answer === 'reset' : answer.startsWith('icmp')
          return isOne && !tryTake(at) ? 'silence' : answer
        },
      }
    }
    case 'late':
    case 'backends':
      return {}
    case 'tarpit':
      return { meet: ({ port }) => (port >= trait.from && port <= trait.to ? 'accept' : undefined) }
    case 'stops':
      return { meet: ({ port, at }) => (port === trait.port && at >= trait.atMs ? 'reset' : undefined) }
    case 'away': {
      const isAway = (at: number) => at >= trait.fromMs && at < (trait.toMs ?? Number.POSITIVE_INFINITY)
      return {
        meet: ({ at }) => (isAway(at) ? 'silence' : undefined),
        leave: (answer, at) => (isAway(at) ? 'silence' : answer),
      }
    }
    case 'counted': {
      let count = 0
      return { meet: ({ port }) => (port === trait.port && ++count > trait.most ? 'silence' : undefined) }
    }
  }
}

/** A token bucket, as of nftables' `limit` or the kernel's for ICMP. */
function createLimit({ perSecond, burst }: { perSecond: number; burst: number }): (at: number) => boolean {
  let tokens = burst
  let filledAt = 0
  return (at) => {
    const elapsed = Math.max(0, at - filledAt)
    tokens = Math.min(burst, tokens + (elapsed / 1000) * perSecond)
    filledAt = Math.max(filledAt, at)
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}

function createBursts({ everyMs, lastMs, loss }: Extract<Trait, { kind: 'bursts' }>, random: Random): Stage {
  const draw = (meanMs: number) => -Math.log(1 - random()) * meanMs
  let isBad = false
  let until = draw(everyMs)
  const isLost = (at: number) => {
    while (at >= until) {
      isBad = !isBad
      until += draw(isBad ? lastMs : everyMs)
    }
    return isBad && random() < loss
  }
  return {
    meet: ({ at }) => (isLost(at) ? 'silence' : undefined),
    leave: (answer, at) => (isLost(at) ? 'silence' : answer),
  }
}

function createConnectionLimit({ most, holdMs, over }: Extract<Trait, { kind: 'connection-limit' }>): Stage {
  let held: number[] = []
  return {
    meet({ at }) {
      held = held.filter((end) => end > at)
      if (held.length >= most) return over
      held.push(at + holdMs)
      return undefined
    },
  }
}

function createBan({
  after,
  within,
  by,
  forMs = Number.POSITIVE_INFINITY,
}: Extract<Trait, { kind: 'ban' }>): Stage {
  let count = 0
  let second = 0
  let until = Number.NEGATIVE_INFINITY
  return {
    meet({ at }) {
      if (at < until) return by
      if (within === 'second' && Math.floor(at / 1000) !== second) {
        second = Math.floor(at / 1000)
        count = 0
      }
      count += 1
      if (count <= after) return undefined
      count = 0
      until = at + forMs
      return by
    },
  }
}
