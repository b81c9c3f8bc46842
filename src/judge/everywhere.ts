import { type Catalogue, isCarrier, protocolOf } from '../catalogue/catalogue.ts'
import type { HostResult, OpenPort } from '../model.ts'
import type { HostCase } from './host.ts'
import { covering } from './rules.ts'

/**
 * The open ports that can be held against a host: all of them, or, where it answers everywhere, those on which a service
 * answers as itself. Where the policy denies a port, a service that is recognised there is enough.
 */
export function listCredible({ host, catalogue, rules }: HostCase): OpenPort[] {
  if (!host.answersEverywhere) return host.open
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

/** Whether something was recognised that does not merely stand in front of others. */
function isProduct({ service }: OpenPort): boolean {
  return service !== undefined && !isCarrier(service)
}
