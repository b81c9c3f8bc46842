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

/** The error if there is nothing to explain. */
export const SUBJECT_NEEDED = 'explain takes a port or a service, such as 6379 or redis, or --all'

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

/** A port as nmap, Docker and people write it: `22/tcp`, `tcp/22`, `:22`. */
const PORT = /^(?:(?<before>tcp|udp)[/:]|:)?(?<port>\d+)(?:\/(?<after>tcp|udp))?$/i

function find(subject: string, catalogue: Catalogue): Found {
  const written = subject.trim()
  if (written === '') throw new Unusable([SUBJECT_NEEDED])
  const { before, port, after } = PORT.exec(written)?.groups ?? {}
  if (/udp/i.test(`${before}${after}`))
    throw new Unusable([
      `${quote(written)}: Portgate scans TCP only (\`explain ${port}/tcp\` says what it knows)`,
    ])
  if (port !== undefined) return findPort(port, catalogue)
  if (/^[\d\s,-]+$/.test(written) || written.includes(','))
    throw new Unusable([`${quote(written)}: one port or service at a time, or \`--all\``])
  return findService(written, catalogue)
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
  const hint = suggest(subject, catalogue)
  throw new Unusable([`${quote(subject)} is not a service that the catalogue or IANA knows (${hint})`])
}

/** The nearest name, or else the services whose names or products contain the word. */
function suggest(subject: string, { entries }: Catalogue): string {
  const near = didYouMean(subject, serviceNames(), '')
  if (near) return near
  const word = subject.toLowerCase()
  const likely = entries.filter(({ name, service }) => `${service} ${name}`.toLowerCase().includes(word))
  if (word.length < 3 || likely.length === 0 || likely.length > MOST_SUGGESTED)
    return 'give the number of the port; `explain --all` lists every service'
  return `did you mean ${likely.map(({ service }) => quote(service)).join(' or ')}?`
}

/** More suggestions would not help. */
const MOST_SUGGESTED = 8

function describe(entry: CatalogueEntry): EntryContext {
  return { iana: listIanaDifferences(entry) }
}

function sayUnknown(what: string, iana: string | undefined): string {
  const registered = iana ? `IANA has registered it (${iana}).` : 'IANA has not registered it.'
  return `The catalogue says nothing about ${what}. ${registered}\nOpen and not allowed, it is a violation of medium severity.\n`
}
