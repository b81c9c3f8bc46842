import { type Catalogue, isCarrier, protocolOf } from '../catalogue/catalogue.ts'
import type { HostResult, OpenPort, PortRange } from '../model.ts'
import { covering } from '../policy/covering.ts'
import { inRanges } from '../port-ranges.ts'
import type { HostCase } from './host.ts'

/**
 * The open ports that can be findings of a host: all of them, or, where it answers everywhere, those on which a service
 * answers as itself. Where the policy denies a port, a service that is recognised there is enough.
 */
export function listCredible({ host, catalogue, rules }: HostCase): OpenPort[] {
  if (!host.answersEverywhere) {
    const runs = listRuns(host)
    return runs.length === 0 ? host.open : host.open.filter((open) => !isIn(runs, open))
  }
  return host.open.filter(
    (open) =>
      answersAsItself(host, catalogue, open) ||
      (isProduct(open) && covering(rules.denials, open.port).length > 0),
  )
}

/**
 * Whether a service answers as itself on a host that answers everywhere: its own protocol is spoken on its own port, or
 * something else is spoken than on ports that nothing uses.
 */
export function answersAsItself({ decoys }: HostResult, { byPort }: Catalogue, open: OpenPort): boolean {
  const { port, service } = open
  if (service === undefined) return false
  const usual = byPort.get(port)
  if (usual && isProduct(open) && [usual.service, protocolOf(usual)].includes(service)) return true
  return decoys !== undefined && !decoys.includes(service)
}

/** Whether a service was recognised that is more than a carrier of others. */
function isProduct({ service }: OpenPort): boolean {
  return service !== undefined && !isCarrier(service)
}

/**
 * The ranges of a host for which something else answers: whatever is tried there is open, and few of these ports tell what
 * answers. If many do, they are services, or look so much like services that each has to be checked.
 */
export function listRuns({ runs = [], open }: HostResult): PortRange[] {
  return runs.filter((run) => {
    const within = open.filter(({ port }) => inRanges([run], port))
    return within.filter(({ service }) => service !== undefined).length * 2 < within.length
  })
}

/** Whether all that is known of an open port is that it is in one of these ranges. */
export function isIn(runs: PortRange[], { port, service }: OpenPort): boolean {
  return service === undefined && inRanges(runs, port)
}
