/** Finds the simplest network that still fails. */
import { check, type Verdict } from './check.ts'
import { type HostSpec, listScanned, type NetworkSpec } from './spec.ts'

/** What is wrong with a run, in a word, which must also hold for a simpler network; undefined if nothing is. */
export function nameFailure({ faults, misses }: Verdict): string | undefined {
  const [fault] = faults
  if (fault && fault.kind !== 'many-misses') return fault.kind
  const [miss] = misses
  return miss && `${miss.truth} told ${miss.told}`
}

/** Seeds that a simpler network is tried with, since chance differs from network to network. */
const SEEDS = 4

/** Simplifies a network as long as it fails in the same way. */
export async function shrink(
  spec: NetworkSpec,
  failure: string,
  onStep?: (spec: NetworkSpec) => void,
): Promise<NetworkSpec> {
  let best = spec
  for (let isSimpler = true; isSimpler; ) {
    isSimpler = false
    for (const candidate of listSimpler(best)) {
      const failing = await findFailing(candidate, failure)
      if (!failing) continue
      best = failing
      isSimpler = true
      onStep?.(best)
      break
    }
  }
  return best
}

async function findFailing(spec: NetworkSpec, failure: string): Promise<NetworkSpec | undefined> {
  for (let number = 0; number < SEEDS; number++) {
    const candidate = { ...spec, seed: spec.seed + number }
    if (nameFailure(await check(candidate)) === failure) return candidate
  }
  return undefined
}

function* listSimpler(spec: NetworkSpec): Generator<NetworkSpec> {
  const { machine, hosts, policy, ports, shared } = spec
  const [first] = hosts as [HostSpec]
  if (hosts.length > 1) {
    for (const host of hosts) yield { ...spec, hosts: [host] }
    yield { ...spec, hosts: hosts.slice(0, Math.ceil(hosts.length / 2)) }
    yield { ...spec, hosts: hosts.slice(1) }
  }
  if (shared.length > 0) yield { ...spec, shared: [] }
  if (hosts.length === 1 && shared.length > 0) {
    yield { ...spec, shared: [], hosts: [{ ...first, traits: [...shared, ...first.traits] }] }
  }
  if (spec.abortAtMs !== undefined) yield { ...spec, abortAtMs: undefined } as unknown as NetworkSpec
  if (policy.maxRate !== undefined || policy.timeLimitMs !== undefined) {
    yield { ...spec, policy: { expected: policy.expected, required: policy.required } }
  }
  if (policy.expected.length + policy.required.length > 0) {
    yield { ...spec, policy: { ...policy, expected: [], required: [] } }
  }
  const plain = { sockets: 16_000, isLinear: true, stalls: [], selfConnects: 0 }
  if (JSON.stringify(machine) !== JSON.stringify(plain)) {
    yield { ...spec, machine: plain }
    const { shortage, offline, ...rest } = machine
    if (shortage || offline) yield { ...spec, machine: rest }
    if (machine.stalls.length > 0) yield { ...spec, machine: { ...machine, stalls: machine.stalls.slice(1) } }
  }
  if (ports.more.length > 0) yield { ...spec, ports: { ...ports, more: [] } }
  for (const upTo of [Math.ceil(ports.upTo / 4), Math.ceil(ports.upTo / 2), Math.ceil(ports.upTo * 0.8)]) {
    if (upTo < ports.upTo) yield { ...spec, ports: { ...ports, upTo } }
  }
  for (const [index, host] of hosts.entries()) {
    for (const simpler of listSimplerHosts(host, new Set(listScanned(spec)))) {
      yield { ...spec, hosts: hosts.with(index, simpler) }
    }
  }
}

function* listSimplerHosts(host: HostSpec, scanned: Set<number>): Generator<HostSpec> {
  for (const index of host.traits.keys()) yield { ...host, traits: host.traits.toSpliced(index, 1) }
  if (host.silent.length > 0) yield { ...host, silent: [] }
  if (host.open.some((port) => !scanned.has(port))) {
    yield { ...host, open: host.open.filter((port) => scanned.has(port)) }
  }
  if (host.open.length > 1) {
    for (const index of host.open.keys()) yield { ...host, open: host.open.toSpliced(index, 1) }
  }
  if (host.jitterMs > 0) yield { ...host, jitterMs: 0 }
  if (host.rttMs !== 10) yield { ...host, rttMs: 10, jitterMs: 0 }
}
