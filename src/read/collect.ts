import type { PortRange, Reason } from '../model.ts'
import { count } from '../numbers.ts'
import type { Sink, StatedGap, StatedHost, StatedPort, StatedPorts, StatedScan } from './reading.ts'

/** Which hosts of a file are wanted: a network's results may hold a million that the policy does not name. */
export interface Wanted {
  /** An address as Portgate compares it; undefined for a text that is none. */
  normalise(address: string): string | undefined
  addresses: ReadonlySet<string>
  /** Host names, by the names and URLs of endpoints that a scanner may have been given. */
  names: ReadonlyMap<string, string>
}

/** All that is known of an address, from all files. */
export interface KnownHost {
  address: string
  open: Map<number, StatedPort>
  closed: Set<StatedPorts>
  filtered: Set<StatedPorts>
  unknown: Set<StatedPorts>
  gaveUp?: Reason
}

/** What the files state of what is wanted. */
export interface Collected {
  hosts: Map<string, KnownHost>
  /** The addresses of names, and whether these are known to be all. */
  names: Map<string, { addresses: Set<string>; areAll: boolean }>
  gaps: StatedGap[]
}

/** What one file says of itself, and how many hosts of it are not wanted. */
export interface FileFacts extends StatedScan {
  others: number
}

/** More than one run can judge: each becomes a finding, or could. */
const MOST_OPEN = 1_000_000

/** As many addresses as a scan takes. */
const MOST_HOSTS = 2 * 65_536

/** Puts together what files state, each by a sink of its own. What one file has seen open is open, whatever others say. */
export function createCollector({ normalise, addresses, names }: Wanted) {
  const collected: Collected = { hosts: new Map(), names: new Map(), gaps: [] }
  const shared = createShared()
  let openPorts = 0

  const hostAt = (address: string): KnownHost => {
    const known = collected.hosts.get(address)
    if (known) return known
    if (collected.hosts.size >= MOST_HOSTS)
      throw new Error(`there are results of more than ${count(MOST_HOSTS, 'host')}`)
    const host = {
      address,
      open: new Map(),
      closed: new Set(),
      filtered: new Set(),
      unknown: new Set(),
    } as KnownHost
    collected.hosts.set(address, host)
    return host
  }

  const add = (host: KnownHost, stated: StatedHost) => {
    for (const open of stated.open) {
      const before = host.open.get(open.port)
      if (before?.service !== undefined || (before && open.service === undefined && open.isUnasked)) continue
      if (!before && ++openPorts > MOST_OPEN)
        throw new Error(`more than ${count(MOST_OPEN, 'port')} are open`)
      host.open.set(open.port, shared.port(open))
    }
    for (const state of ['closed', 'filtered', 'unknown'] as const) {
      for (const group of stated[state] ?? [])
        if (group.ports.length > 0) host[state].add(shared.group(group))
    }
    if (stated.gaveUp !== undefined) host.gaveUp = stated.gaveUp
  }

  return {
    collected,
    /** A sink for one file. */
    open(): { sink: Sink; facts: FileFacts } {
      const facts: FileFacts = { others: 0 }
      const fromHere = new Set<string>()
      const sink: Sink = {
        scan(stated) {
          for (const [key, value] of Object.entries(stated))
            if (value !== undefined) Object.assign(facts, { [key]: value })
          if (!facts.hasAllAddresses) return
          for (const name of fromHere) (collected.names.get(name) as { areAll: boolean }).areAll = true
        },
        host(stated) {
          const address = normalise(stated.address)
          if (address === undefined) return
          const wanted = stated.names.flatMap((name) => names.get(name.toLowerCase()) ?? [])
          for (const name of wanted) {
            const known = collected.names.get(name) ?? { addresses: new Set(), areAll: false }
            collected.names.set(name, known)
            known.addresses.add(address)
            known.areAll ||= facts.hasAllAddresses === true
            fromHere.add(name)
          }
          if (wanted.length > 0 || addresses.has(address)) add(hostAt(address), stated)
          else facts.others += 1
        },
        gap: (gap) => collected.gaps.push(gap),
      }
      return { sink, facts }
    },
  }
}

/** Things that are alike, each held once: hosts of a network look the same. */
const MOST_SHARED = 10_000

function createShared() {
  const ports = new Map<string, StatedPort>()
  const groups = new Map<readonly PortRange[], Map<Reason, StatedPorts>>()
  return {
    port(port: StatedPort): StatedPort {
      const key = JSON.stringify(port)
      const known = ports.get(key)
      if (known) return known
      if (ports.size < MOST_SHARED) ports.set(key, port)
      return port
    },
    group(group: StatedPorts): StatedPorts {
      const known = groups.get(group.ports)?.get(group.reason)
      if (known) return known
      if (groups.size >= MOST_SHARED) groups.clear()
      groups.set(group.ports, (groups.get(group.ports) ?? new Map()).set(group.reason, group))
      return group
    },
  }
}
