/** How to write down a network that has shown a fault. */
import type { HostSpec, MachineSpec, NetworkSpec } from './spec.ts'

const MACHINE: MachineSpec = { sockets: 16_000, isLinear: true, stalls: [], selfConnects: 0 }

/** What servers often have open. */
export const LIKELY = [
  21, 22, 23, 25, 53, 80, 110, 143, 443, 445, 1433, 2375, 3306, 3389, 5432, 5900, 6379, 8080, 9200,
]

const HOST: HostSpec = { open: [], silent: [], rest: 'reset', rttMs: 10, jitterMs: 0, traits: [] }

export interface Case {
  name: string
  spec: NetworkSpec
  /** How long the scan may take. */
  withinMs?: number
  /** The host answers all along: the scan must not give it up. */
  isThere?: boolean
  /** Nothing may stay unknown. */
  isWhole?: boolean
  /** Silent ports may be reported closed: see the bounds of known.ts. */
  mayMiss?: boolean
}

type Peculiar = Partial<Omit<NetworkSpec, 'hosts' | 'machine'>> & {
  host: Partial<HostSpec>
  machine?: Partial<MachineSpec>
}

/** A scan of the first few ports, or of those that are often open. */
export function createSpec({ host, machine, ...rest }: Peculiar): NetworkSpec {
  return {
    seed: 1,
    ports: { upTo: 1, more: LIKELY },
    shared: [],
    policy: { expected: [], required: [] },
    ...rest,
    machine: { ...MACHINE, ...machine },
    hosts: [{ ...HOST, ...host }],
  }
}
