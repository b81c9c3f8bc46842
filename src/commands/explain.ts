import {
  buildCatalogue,
  type Catalogue,
  canonicalService,
  portsOfService,
  riskOf,
  serviceNames,
  serviceOfPort,
  settingFor,
} from '../catalogue/catalogue.ts'
import { listIanaDifferences } from '../catalogue/iana.ts'
import type { CatalogueEntry } from '../model.ts'
import { didYouMean } from '../policy/nearest.ts'
import { parsePort } from '../policy/ports.ts'
import { quote } from '../policy/problem.ts'
import { formatRanges } from '../port-ranges.ts'
import { load } from '../prepare/load.ts'
import { type EntryContext, renderEntry } from '../report/explain.ts'
import type { PlainFormat } from '../report/formats.ts'
import { renderJson } from '../report/json.ts'
import type { TextOptions } from '../report/text.ts'
import type { Tree } from '../repository/tree.ts'
import { Unusable } from '../unusable.ts'

interface ExplainOptions extends TextOptions {
  /** Where the policy is that the catalogue is taken from, if one is. */
  opened?: { tree: Tree; policy: string | undefined }
  format: PlainFormat
}

/**
 * What a port or a service means when it faces the internet, or, without a subject, all that the catalogue knows.
 *
 * @throws {Unusable} where it is neither
 */
export async function explain(
  subject: string | undefined,
  { opened, format, ...text }: ExplainOptions,
): Promise<string> {
  const catalogue = opened ? (await load(opened.tree, opened.policy, false)).catalogue : buildCatalogue()
  const found = subject === undefined ? undefined : find(subject, catalogue)
  if (format === 'json') return renderJson(found ? (found.entry ?? null) : catalogue.entries)
  if (found?.entry) return renderEntry(found.entry, text, found.context)
  if (found) return sayUnknown(found.what, found.iana)
  return catalogue.entries.map((entry) => renderEntry(entry, text, describe(entry))).join('\n')
}

/** An entry, or what IANA says where there is none. */
interface Found {
  entry?: CatalogueEntry
  context?: EntryContext
  what: string
  iana?: string
}

function find(subject: string, catalogue: Catalogue): Found {
  return /^\d+$/.test(subject) ? findPort(subject, catalogue) : findService(subject, catalogue)
}

function findPort(subject: string, catalogue: Catalogue): Found {
  const { problem } = parsePort(subject)
  if (problem) throw new Unusable([`${problem.message} (${problem.hint})`])
  const port = Number(subject)
  const entry = riskOf(catalogue, port)
  const others = catalogue.entries.filter(({ shares }) => shares?.includes(port))
  const context = entry && { ...describe(entry), port, others }
  const here = entry && { ...entry, bind: settingFor(entry, port) }
  return { entry: here, context, what: `port ${port}`, iana: serviceOfPort(port) }
}

function findService(subject: string, catalogue: Catalogue): Found {
  const name = canonicalService(subject)
  // A name that only the policy has is known by its own port.
  const entry = catalogue.byService.get(name) ?? catalogue.entries.find(({ service }) => service === name)
  const [port] = entry?.ports ?? []
  if (entry)
    return entry.ports.length === 1
      ? findPort(String(port), catalogue)
      : { entry, context: describe(entry), what: name }
  const ports = portsOfService(name)
  if (ports) return { what: name, iana: `TCP ${formatRanges(ports)}` }
  const hint = didYouMean(subject, serviceNames(), 'give the number of the port')
  throw new Unusable([`${quote(subject)} is not a service that the catalogue or IANA knows (${hint})`])
}

function describe(entry: CatalogueEntry): EntryContext {
  return { iana: listIanaDifferences(entry) }
}

function sayUnknown(what: string, iana: string | undefined): string {
  const registered = iana ? `IANA has registered it (${iana}).` : 'IANA has not registered it.'
  return `The catalogue says nothing about ${what}. ${registered}\nOpen and not allowed, it is a violation of medium severity.\n`
}
