import {
  buildCatalogue,
  type Catalogue,
  canonicalService,
  portsOfService,
  riskOf,
  serviceNames,
  serviceOfPort,
} from './catalogue/catalogue.ts'
import { load } from './load.ts'
import { didYouMean } from './policy/nearest.ts'
import { formatRanges, parsePort } from './policy/ports.ts'
import { quote } from './policy/problem.ts'
import { renderEntry } from './report/explain.ts'
import type { TextOptions } from './report/text.ts'
import { Unusable } from './unusable.ts'

/**
 * What a port or a service means when it faces the internet, for a terminal.
 *
 * @throws {Unusable} where it is neither
 */
export async function explainSubject(
  subject: string,
  { root, policy, ...text }: TextOptions & { root: string; policy?: string },
): Promise<string> {
  const catalogue = policy ? (await load(root, policy, false)).catalogue : buildCatalogue()
  return /^\d+$/.test(subject)
    ? explainPort(subject, catalogue, text)
    : explainService(subject, catalogue, text)
}

function explainPort(subject: string, catalogue: Catalogue, text: TextOptions): string {
  const { problem } = parsePort(subject)
  if (problem) throw new Unusable([`${problem.message} (${problem.hint})`])
  const port = Number(subject)
  const entry = riskOf(catalogue, port)
  return entry ? renderEntry(entry, text) : sayUnknown(`port ${port}`, serviceOfPort(port))
}

function explainService(subject: string, catalogue: Catalogue, text: TextOptions): string {
  const name = canonicalService(subject)
  const entry = catalogue.byService.get(name)
  if (entry) return renderEntry(entry, text)
  const ports = portsOfService(name)
  if (ports) return sayUnknown(name, `TCP ${formatRanges(ports)}`)
  const hint = didYouMean(subject, serviceNames(), 'give the number of the port')
  throw new Unusable([`${quote(subject)} is not a service that the catalogue or IANA knows (${hint})`])
}

function sayUnknown(what: string, iana: string | undefined): string {
  const registered = iana ? `IANA has registered it (${iana}).` : 'IANA has not registered it.'
  return `The catalogue says nothing about ${what}. ${registered}\nOpen and not allowed, it is a violation of medium severity.\n`
}
