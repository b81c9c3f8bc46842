import { groupAddresses } from './blocks.ts'
import { groupByDomain, groupNames } from './groups.ts'
import type { NewAllowance, NewHost, SeenEndpoint } from './suggestions.ts'

/** A key of `hosts`: a host, or a pattern for some that are alike. */
export interface Entry {
  key: string
  allow: NewAllowance[]
  /** How many hosts it is for. */
  members: number
}

/** Hosts with the same allowances, as one entry where one pattern stands for them. */
export function groupHosts(hosts: NewHost[], endpoints: SeenEndpoint[]): Entry[] {
  const names = new Set(endpoints.flatMap(({ kind, host }) => (kind === 'name' ? [host] : [])))
  const domains = groupByDomain([...names])
  const entryOf = new Map<NewHost, Entry>()
  for (const alike of groupAlike(hosts)) {
    const byHost = new Map(alike.map((host) => [host.host, host]))
    const [{ kind, allow }] = alike as [NewHost]
    const isRisky = allow.some(({ documents }) => documents.length > 0)
    const found =
      kind === 'address'
        ? groupAddresses([...byHost.keys()])
        : groupNames([...byHost.keys()], domains, isRisky)
    for (const { pattern, members } of found) {
      const inside = members.map((member) => byHost.get(member) as NewHost)
      const entry = { key: pattern, allow: joinAllowances(inside), members: members.length }
      for (const host of inside) entryOf.set(host, entry)
    }
  }
  const entries = hosts.map((host) => entryOf.get(host) ?? { key: host.host, allow: host.allow, members: 1 })
  return [...new Set(entries)].filter(({ allow }) => allow.length > 0)
}

/** Hosts that are allowed something, those that are allowed the same together. */
function groupAlike(hosts: NewHost[]): NewHost[][] {
  const groups = new Map<string, NewHost[]>()
  for (const host of hosts) {
    if (host.allow.length === 0) continue
    const written = host.allow.map(({ port, service, documents }) => [port, service, documents])
    const signature = JSON.stringify([host.kind, written])
    const known = groups.get(signature)
    if (known) known.push(host)
    else groups.set(signature, [host])
  }
  return [...groups.values()]
}

/** The allowances that alike hosts have, with what answered on any of them. */
function joinAllowances(alike: NewHost[]): NewAllowance[] {
  const [first] = alike as [NewHost]
  return first.allow.map((allowance, index) => ({
    ...allowance,
    answered: [...new Set(alike.flatMap(({ allow }) => allow[index]?.answered ?? []))],
  }))
}
