import { type Answer, type Fit, fitService } from '../catalogue/satisfies.ts'
import type { Allowance, Identified, OpenPort } from '../model.ts'
import type { HostCase } from './host.ts'
import { listWanted } from './rules.ts'

/**
 * Whether another service than those that the policy wants on an allowed port was recognised there. An allowance without a
 * service takes anything, and silence accuses nobody.
 */
export function whatIsWrongWithService(about: HostCase, open: OpenPort, live: Allowance[]): boolean {
  const fits = listFits(about, open, live)
  return fits.length > 0 && fits.every((fit) => fit === 'other')
}

/** Whether an allowance names a service, and the answer does not show whether it is that one. */
export function isServiceUnseen(about: HostCase, open: OpenPort, live: Allowance[]): boolean {
  const fits = listFits(about, open, live)
  return fits.includes('untold') && !fits.includes('fits')
}

function listFits({ planned, catalogue }: HostCase, open: OpenPort, live: Allowance[]): Fit[] {
  if (!planned.scan.identify) return []
  return listWanted(live).map((service) => fitService(catalogue, answerOf(open), service))
}

/** What was identified, as the catalogue is asked about it. */
export function answerOf({ service, tls, http }: Identified): Answer {
  return {
    ...(service === undefined ? {} : { service }),
    isInTls: tls !== undefined,
    isPage: http !== undefined,
  }
}
