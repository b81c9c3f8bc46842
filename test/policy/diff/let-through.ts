/** Runs by two policies on made-up networks: what failed by the first and passes by the second. */
import { stringify } from 'yaml'
import type { Finding } from '../../../src/model.ts'
import type { Side } from '../../../src/policy/diff/loss.ts'
import { toFindingJson } from '../../../src/report/report-json.ts'
import { createRandom, pick, type Random } from '../../random.ts'
import { ADDRESSES, type End, listUnexcused, plan, type Request, runIn, type World } from './worlds.ts'

/** Networks that each way to run a pair is tried in. */
const WORLDS = 12

const WORKFLOW_ENDPOINTS = ['a.ex.com', 'x.ex.com', 'db', '10.0.0.2', '10.0.0.4/30', 'https://d.org:8443/']

const SERVICES = [undefined, 'redis', 'http', 'https', 'tls', 'ssh', 'grafana', 'docker', 'cbt']

/** All ways to come to a policy: by no name, by each name of either policy in several cases, with endpoints or without. */
function listRequests(random: Random, ...sides: Side[]): Request[] {
  const names = new Set(
    sides.flatMap(({ policy }) => policy.environments.flatMap(({ name }) => [name, name.toUpperCase()])),
  )
  return [undefined, ...names].flatMap((deploysTo) => {
    const named = deploysTo === undefined ? {} : { deploysTo }
    return [
      { ...named, endpoints: [] },
      { ...named, endpoints: [pick(random, WORKFLOW_ENDPOINTS)] },
    ]
  })
}

/** A network in which the second policy has all that it requires, with a fault or two. */
function createWorld(random: Random, before: Planned, after: Planned): World {
  const world: World = {
    open: new Map(),
    sites: new Map(),
    cut: new Set(),
    silent: new Set(),
    unresolved: new Set(),
    tarpits: new Set(),
    canaries: new Set(random() < 0.8 ? ['up.org'] : []),
    hasIpv6: random() < 0.8,
  }
  const addresses = [...new Set([...listAddresses(before), ...listAddresses(after)])]
  for (const { rules } of after.plan.endpoints) {
    for (const { allow } of rules) {
      for (const { required, ports, service } of allow) {
        if (!required && random() < 0.8) continue
        for (const { from } of ports)
          for (const address of addresses) world.open.set(`${address} ${from}`, service ?? 'http')
      }
    }
  }
  const faults = random() < 0.7 ? 1 : 2
  for (let fault = 0; fault < faults; fault++) addFault(random, world, addresses, before)
  return world
}

interface Planned {
  side: Side
  plan: NonNullable<ReturnType<typeof plan>>
}

function listAddresses({ plan: { endpoints } }: Planned): string[] {
  return endpoints.flatMap(({ addresses, endpoint }) => addresses ?? ADDRESSES[endpoint.host] ?? [])
}

function addFault(random: Random, world: World, addresses: string[], { plan: { endpoints } }: Planned): void {
  const address = pick(random, addresses)
  const kind = random()
  if (kind < 0.55) {
    world.open.set(`${address} ${pick(random, pick(random, endpoints).ports)}`, pick(random, SERVICES))
  } else if (kind < 0.7) {
    const open = [...world.open.keys()]
    if (open.length > 0) world.open.delete(pick(random, open))
  } else if (kind < 0.8) {
    for (const one of random() < 0.5 ? addresses : [address]) world.silent.add(one)
  } else if (kind < 0.85) {
    world.unresolved.add(pick(random, Object.keys(ADDRESSES)))
  } else if (kind < 0.88) {
    world.tarpits.add(address)
  } else if (kind < 0.94) {
    const [port] = [...world.open.keys()].slice(-1)
    if (port === undefined) return
    if (random() < 0.5) world.cut.add(port)
    else world.sites.set(`${port} ${pick(random, Object.keys(ADDRESSES))}`, pick(random, SERVICES) ?? 'http')
  } else {
    // Nothing is wrong: what fails here fails by the policy alone.
  }
}

/**
 * A run that failed by the first policy and passes by the second, though nothing was loosened, or nothing so bad.
 *
 * @param isTold whether what failed is accounted for by a loosening
 */
export function findLetThrough(
  seed: number,
  before: Side,
  after: Side,
  isTold: (finding: Finding, request: Request, is: End) => boolean = () => false,
) {
  const random = createRandom(seed)
  for (const request of listRequests(random, before, after)) {
    const [old, now] = [plan(before, request), plan(after, request)]
    if (!old || !now) continue
    const planned = { side: before, plan: old }
    for (let count = 0; count < WORLDS; count++) {
      const world = createWorld(random, planned, { side: after, plan: now })
      const is = runIn(world, after, now)
      if (is.status !== 0) continue
      const was = runIn(world, before, old)
      const unexcused =
        was.status === 0 ? [] : listUnexcused(was, is).filter((one) => !isTold(one, request, is))
      if (unexcused.length > 0) return describeRun(request, world, was, unexcused)
    }
  }
  return undefined
}

function describeRun(request: Request, world: World, was: End, unexcused: End['failing']): string {
  const { open, sites, cut, silent, unresolved, tarpits, canaries, hasIpv6 } = world
  return stringify({
    request,
    world: {
      open: Object.fromEntries(open),
      sites: Object.fromEntries(sites),
      cut: [...cut],
      silent: [...silent],
      unresolved: [...unresolved],
      tarpits: [...tarpits],
      canaries: [...canaries],
      hasIpv6,
    },
    status: was.status,
    unexcused: unexcused
      .map(toFindingJson)
      .map(({ id, severity, message }) => `${id} ${severity}: ${message}`),
  })
}
