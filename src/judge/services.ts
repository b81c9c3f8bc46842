import { satisfies } from '../catalogue/satisfies.ts'
import type { Allowance, OpenPort } from '../model.ts'
import type { HostCase } from './host.ts'

/**
 * Whether another service than those that the policy wants on an allowed port was recognised there. An allowance without a
 * service takes anything, and silence accuses nobody.
 */
export function whatIsWrongWithService(about: HostCase, open: OpenPort, live: Allowance[]): boolean {
  const services = listWanted(about, live)
  if (open.service === undefined || services.length === 0) return false
  const answer = { service: open.service, isInTls: open.tls !== undefined }
  return !services.some((service) => satisfies(about.catalogue, answer, service))
}

/** Whether an allowance asks for a service, and nothing told what answers. */
export function isServiceUnseen(about: HostCase, open: OpenPort, live: Allowance[]): boolean {
  return open.service === undefined && listWanted(about, live).length > 0
}

/** The services that the policy wants on an allowed port; none where it takes anything, or has nobody asked. */
function listWanted(about: HostCase, live: Allowance[]): string[] {
  const wanted = live.map(({ service }) => service)
  if (wanted.includes(undefined) || !about.planned.scan.identify) return []
  return wanted.filter((service) => service !== undefined)
}
