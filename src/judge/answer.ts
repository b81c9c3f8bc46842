import { guessAt, isDelicate, UNKNOWN_SEVERITY } from '../catalogue/catalogue.ts'
import type { CatalogueEntry, Guess, OpenPort, Rating, Severity, Unidentified } from '../model.ts'
import type { HostCase } from './host.ts'

/** The port's usual service, where that is a guess, and what was seen instead. */
export function guess(about: HostCase, open: OpenPort): Guess | undefined {
  const { port, service, product } = open
  const usual = guessAt(about.catalogue, port, service)
  if (!usual) return undefined
  const seen =
    service === undefined
      ? whyUnidentified(about, open)
      : { service, ...(product === undefined ? {} : { product }) }
  return { name: usual.name, isPolicys: about.catalogue.overridden.has(port), seen }
}

function whyUnidentified({ planned, host, catalogue }: HostCase, { port }: OpenPort): Unidentified {
  if (!planned.scan.identify) return 'not-asked'
  if (host.unstated?.includes(port)) return 'unstated'
  if (host.cut?.includes(port)) return 'cut'
  if (host.starved?.includes(port)) return 'starved'
  if (host.unasked?.includes(port)) return 'refused'
  return isDelicate(catalogue, port) ? 'delicate' : 'unrecognised'
}

/**
 * Why a finding is as bad as it is.
 *
 * @param risk what it was rated as; undefined if the catalogue has no entry
 */
export function rate(
  { catalogue }: HostCase,
  { port, service }: OpenPort,
  risk: CatalogueEntry | undefined,
  severity: Severity,
): Rating {
  if (severity !== (risk?.severity ?? UNKNOWN_SEVERITY)) return 'at-least'
  if (!risk) return 'unlisted'
  if (catalogue.overridden.has(port) && catalogue.byPort.get(port) === risk) return 'policy'
  return guessAt(catalogue, port, service) === risk ? 'usual' : 'answer'
}
