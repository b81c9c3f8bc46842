import { type Catalogue, exposureOf } from '../catalogue/catalogue.ts'
import { type HostResult, type OpenPort, type Posture, SEVERITIES, type Severity } from '../model.ts'
import { answersAsItself, isIn, listRuns } from './everywhere.ts'

const LETTERS: Record<Severity, Posture> = { info: 'C', low: 'C', medium: 'D', high: 'E', critical: 'F' }

/** Web servers on their usual ports. */
const WEB: Record<number, (string | undefined)[]> = {
  80: ['http', 'https', 'tls', undefined],
  443: ['http', 'https', 'tls', undefined],
}

/**
 * What a host exposes, whatever the policy allows: A for nothing but web servers on 80 and 443, B for SSH on 22 as well,
 * then C (low), D (medium), E (high) and F (critical) by the worst of the rest. A host that answers everywhere, or on
 * whole ranges, gets at least an E, since what is behind is not known, and an F where a critical service answers as itself.
 */
export function ratePosture(host: HostResult, catalogue: Catalogue): Posture {
  const runs = listRuns(host)
  if (!host.answersEverywhere && runs.length === 0) return rateOpen(host.open, catalogue)
  const own = host.open.filter((open) =>
    host.answersEverywhere ? answersAsItself(host, catalogue, open) : !isIn(runs, open),
  )
  return rateOpen(own, catalogue) === 'F' ? 'F' : 'E'
}

function rateOpen(open: OpenPort[], catalogue: Catalogue): Posture {
  const rest = open.filter((port) => !isWeb(port))
  const others = rest.filter((port) => !isSsh(port))
  if (others.length === 0) return rest.length === 0 ? 'A' : 'B'
  const severities = others.map(
    ({ port, service }) => exposureOf(catalogue, port, service)?.severity ?? 'medium',
  )
  const worst = SEVERITIES.find((severity) => severities.includes(severity)) ?? 'medium'
  return LETTERS[worst]
}

function isWeb({ port, service }: OpenPort): boolean {
  return WEB[port]?.includes(service) ?? false
}

function isSsh({ port, service }: OpenPort): boolean {
  return port === 22 && (service === undefined || service === 'ssh')
}
