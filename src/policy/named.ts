import type { HostRule, ScanPlan } from '../model.ts'
import { inRanges } from './ports.ts'

/** Finds the service that an allowance names for a port: the likeliest to answer there. */
export function findNamedServices({ endpoints }: ScanPlan): (port: number) => string | undefined {
  const rules = new Set<HostRule>()
  const lists = new Set<HostRule[]>()
  for (const endpoint of endpoints) {
    for (const rule of endpoint.rules) rules.add(rule)
    for (const list of endpoint.addressRules ?? []) lists.add(list)
  }
  for (const list of lists) for (const rule of list) rules.add(rule)
  const named = [...rules].flatMap(({ allow }) => allow.filter(({ service }) => service !== undefined))
  const known = new Map<number, string | undefined>()
  return (port) => {
    if (!known.has(port)) known.set(port, named.find(({ ports }) => inRanges(ports, port))?.service)
    return known.get(port)
  }
}
