import type { Allowance, CatalogueEntry } from '../model.ts'
import { inRanges } from '../port-ranges.ts'
import { type Catalogue, protocolOf, riskOf } from './catalogue.ts'

interface Allowed {
  /** Undefined for the service that it names, whatever the port. */
  port?: number
  entry: CatalogueEntry
}

/**
 * What an allowance lets through, as far as the catalogue knows it. A service that it names narrows that down, unless that
 * service carries others: HTTP on 2375 is Docker's.
 */
export function listAllowed(
  catalogue: Catalogue,
  { ports, service }: Pick<Allowance, 'ports' | 'service'>,
): Allowed[] {
  const named = service === undefined ? undefined : catalogue.byService.get(service)
  const alike = named && catalogue.byService.get(protocolOf(named))
  const known = listKnown(catalogue, ports)
  return [
    ...[named, alike].flatMap((entry) => (entry ? { entry } : [])),
    ...known.flatMap((port) => {
      const entry = riskOf(catalogue, port, service)
      return entry ? { port, entry } : []
    }),
  ]
}

/** The ports that have an entry. Most allowances have a single port, which is looked up directly. */
function listKnown({ entries, byPort }: Catalogue, ports: Allowance['ports']): number[] {
  const [only] = ports
  if (ports.length === 1 && only && only.from === only.to) return byPort.has(only.from) ? [only.from] : []
  return entries.flatMap((entry) => entry.ports.filter((port) => inRanges(ports, port)))
}
