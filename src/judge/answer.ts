import { guessAt, isDelicate, UNKNOWN_SEVERITY } from '../catalogue/catalogue.ts'
import type { CatalogueEntry, OpenPort, Severity } from '../model.ts'
import type { HostCase } from './host.ts'

/** What a host says of itself, as far as it may stand in a sentence: it has been bounded, and may be anything. */
const PLAIN_PRODUCT = /^[\w.+/ ()~:-]{1,60}/

/** That the port's usual service is a guess, and what was seen instead: a sentence, with a space before it. */
export function sayGuess(about: HostCase, open: OpenPort): string {
  const usual = guessAt(about.catalogue, open.port, open.service)
  if (!usual) return ''
  const { service, product = '' } = open
  const seen =
    service === undefined
      ? saySilence(about, open)
      : `here ${product.match(PLAIN_PRODUCT)?.[0].trim() || service} answers`
  return about.catalogue.overridden.has(open.port)
    ? ` By the catalogue of the policy it is ${usual.name}; ${seen}.`
    : ` It is usually ${usual.name}; ${seen}.`
}

/** Why nothing is known of what answers. */
function saySilence({ planned, host, catalogue }: HostCase, { port }: OpenPort): string {
  if (!planned.scan.identify) return 'what answers here was not asked'
  if (host.cut?.includes(port)) return 'the scan ended before what answers here was known'
  if (host.starved?.includes(port)) return 'this machine was kept from listening to what answers here'
  if (host.unasked?.includes(port))
    return 'it stopped accepting connections before what answers here was known'
  if (isDelicate(catalogue, port))
    return 'what answers here was not asked, since it may take anything for a command'
  return 'what answers here could not be identified'
}

/**
 * Why a finding is as bad as it is: a sentence.
 *
 * @param risk what it was rated as; undefined where the catalogue has nothing
 */
export function sayRating(
  { catalogue }: HostCase,
  { port, service }: OpenPort,
  risk: CatalogueEntry | undefined,
  severity: Severity,
): string {
  const rated = `Rated ${severity}`
  if (severity !== (risk?.severity ?? UNKNOWN_SEVERITY)) return `${rated}: a denied port is at least that.`
  if (!risk) return `${rated}: the catalogue knows nothing of ${service ?? `port ${port}`}.`
  if (catalogue.overridden.has(port) && catalogue.byPort.get(port) === risk)
    return `${rated}: the catalogue of the policy says so of port ${port}.`
  if (guessAt(catalogue, port, service) !== risk) return `${rated}: ${service} answers here.`
  const evidence =
    service === undefined ? 'nothing that was seen rules it out' : `${service} does not rule it out`
  return `${rated} as ${risk.name}, the usual service of port ${port}: ${evidence}.`
}
