import type { IpSelection, PortSelection } from '../model.ts'
import { count } from '../numbers.ts'
import { isBlockInside, toBlock } from '../policy/addresses.ts'
import { formatRanges } from '../port-ranges.ts'
import { type Entry, groupHosts } from './group-hosts.ts'
import type { NewAllowance, SeenEndpoint, Suggestions } from './suggestions.ts'
import { comment, isShort, item, sayAnswered, scalar } from './yaml-text.ts'

/** How a new policy says to scan: as was done for it. Absent settings are the defaults. */
export interface ScanLines {
  ports?: PortSelection
  ip?: IpSelection
  identify?: boolean
}

/** The name of the environment that lists endpoints, where keys of `hosts` cannot. */
const ENVIRONMENT = 'default'

/**
 * A policy in which what was seen passes.
 *
 * @param title what it is taken from: "a scan of 2026-11-26"
 */
export function writePolicy({ hosts, endpoints }: Suggestions, scan: ScanLines, title: string): string {
  const entries = groupHosts(hosts, endpoints)
  const needsList =
    entries.some(({ members }) => members > 1) ||
    endpoints.some(({ kind, needsUrl, leftOut }) => leftOut === undefined && (kind === 'cidr' || needsUrl))
  const isRisky = hosts.some(({ allow }) => allow.some(({ documents }) => documents.length > 0))
  const lines = [
    `# Suggested by Portgate from ${title}. It allows what was open: read it before you commit it.`,
    ...(isRisky ? ['# TODO: give each risky port a reason and an owner, or close it.'] : []),
    'version: 1',
    ...writeScan(scan),
    ...(needsList ? writeWithList(entries, endpoints) : writeHosts(entries, endpoints)),
  ]
  return `${lines.join('\n')}\n`
}

function writeScan({ ports, ip, identify }: ScanLines): string[] {
  const settings = [
    ...(ports === undefined ? [] : [`ports: ${writePorts(ports)}`]),
    ...(ip === undefined ? [] : [`ip: ${ip}`]),
    ...(identify === undefined ? [] : [`identify: ${identify}`]),
  ]
  return settings.length === 0 ? [] : [`scan: { ${settings.join(', ')} }`]
}

function writePorts(ports: PortSelection): string {
  if (typeof ports === 'string') return ports
  return `[${formatRanges(ports).replaceAll(',', ', ')}]`
}

/** Hosts that are keys and so endpoints as well. */
function writeHosts(entries: Entry[], endpoints: SeenEndpoint[]): string[] {
  const byKey = new Map(entries.map((entry) => [entry.key, entry]))
  const lines = new Map<string, string[]>()
  for (const { text, host, leftOut, remarks } of endpoints) {
    if (lines.has(host)) continue
    const { allow = [] } = byKey.get(host) ?? {}
    if (leftOut === undefined) lines.set(host, writeEntry(text, allow, remarks))
    else lines.set(host, [`  # ${scalar(text)}: [] ${comment(leftOut)}`])
  }
  const written = [...lines.values()].flat()
  // Comments alone are no mapping.
  const isEmpty = written.every((line) => line.trimStart().startsWith('#'))
  return isEmpty ? ['# hosts:', ...written] : ['hosts:', ...written]
}

/** Hosts that patterns and blocks stand for have to be listed elsewhere. */
function writeWithList(entries: Entry[], endpoints: SeenEndpoint[]): string[] {
  const hosts = entries.flatMap(({ key, allow, members }) =>
    writeEntry(key, allow, members > 1 ? [count(members, 'host')] : []),
  )
  const list = dropCovered(endpoints).flatMap(({ text, leftOut, remarks }) => {
    if (leftOut !== undefined) return [`      # - ${scalar(text)} ${comment(leftOut)}`]
    const [only, ...more] = remarks
    if (more.length > 0)
      return [...remarks.map((remark) => `      ${comment(remark)}`), `      - ${scalar(text)}`]
    return [`      - ${scalar(text)}${only === undefined ? '' : ` ${comment(only)}`}`]
  })
  return [
    ...(hosts.length > 0 ? ['hosts:', ...hosts] : []),
    'environments:',
    `  ${ENVIRONMENT}:`,
    '    endpoints:',
    ...list,
  ]
}

/** Endpoints without those that others scan as well: a name beside its URL, an address in a block. */
function dropCovered(endpoints: SeenEndpoint[]): SeenEndpoint[] {
  const kept: SeenEndpoint[] = []
  const scanned = endpoints.filter(({ leftOut }) => leftOut === undefined)
  const urls = new Set(scanned.flatMap(({ host, needsUrl }) => (needsUrl ? [host] : [])))
  const blocks = scanned.flatMap(({ kind, host }) => (kind === 'cidr' ? [host] : []))
  const names = new Set<string>()
  for (const one of endpoints) {
    const { kind, host, text, needsUrl } = one
    // A name is an endpoint once, with a final dot or without.
    const name = needsUrl ? text : host
    const block = kind === 'cidr' ? host : toBlock(host)
    const isInside = () => blocks.some((outer) => outer !== host && isBlockInside(block, outer))
    const isCovered = !needsUrl && (urls.has(host) || (kind !== 'name' && isInside()))
    if (isCovered || names.has(name)) continue
    names.add(name)
    kept.push(one)
  }
  return kept
}

function writeEntry(key: string, allow: NewAllowance[], remarks: string[]): string[] {
  const [only, ...more] = remarks
  const above = more.length > 0 ? remarks.map((remark) => `  ${comment(remark)}`) : []
  const beside = more.length > 0 ? undefined : only
  if (isShort(allow)) {
    const answered = sayAnswered(allow)
    const told = [beside, answered].filter(Boolean).join('; ')
    return [
      ...above,
      `  ${scalar(key)}: [${allow.map(item).join(', ')}]${told === '' ? '' : ` ${comment(told)}`}`,
    ]
  }
  return [
    ...above,
    `  ${scalar(key)}:${beside === undefined ? '' : ` ${comment(beside)}`}`,
    ...allow.map((one) => `    - ${item(one)} ${comment(sayAnswered([one]))}`),
  ]
}
