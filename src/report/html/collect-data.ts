import { type Finding, KIND_OF, type Report, type ReportHost } from '../../model.ts'
import { countPorts, formatRanges, inRanges, readRanges } from '../../port-ranges.ts'
import { isWayIn } from '../closing.ts'
import { printable, printableAscii } from '../escape.ts'
import { wordFinding } from '../findings.ts'
import { findAllowance, isToBeClosed, listSources } from '../first.ts'
import { explanationOf, groupFindings } from '../group.ts'
import { sayTls } from '../hosts.ts'
import { type Links, linkToFinding, linkToPlace } from '../links.ts'
import { collect, indexByHost, type JudgedPort, keyOf, listOpenPorts } from '../open-ports.ts'
import { formatContext, formatPlace, formatSpot, formatTarget } from '../spots.ts'
import { plain, type Text } from '../wording/text.ts'
import { chooseColumns } from './page/cells.ts'
import type { PageData, PageFinding, PageHost, PagePort, PageStanding } from './page-data.ts'

/** Most findings on the page, about 20 MB; report.json has all of them. */
const MOST_FINDINGS = 25_000

/** Hosts of the map; a scan may have 65,536. */
const MOST_HOSTS = 5_000

/** Open ports of all hosts together, and of one: a host that accepts whatever is tried has 65,535. */
const MOST_PORTS = 100_000
const MOST_PORTS_OF_HOST = 500

/** Characters of the list of ports of a host that are unknown. */
const MOST_UNKNOWN = 300

/** What the page shows of a report. */
export function collectData(report: Report, links: Links | undefined): PageData {
  const texts = createTexts()
  // The groups are in the order of their first findings, so that the worst stay first.
  const kept = groupFindings(report.findings)
    .flatMap(({ findings }, group) => {
      const explanations = new Map<string, number>()
      return findings.map((finding) => {
        const key = explanationOf(finding)
        const explanation = explanations.get(key) ?? explanations.size
        explanations.set(key, explanation)
        return { finding, group, ...(explanation > 0 && { explanation }) }
      })
    })
    .slice(0, MOST_FINDINGS)
  const findings = kept.map(({ finding, ...numbers }) => ({
    ...toPageFinding(finding, texts.add, links),
    ...numbers,
  }))
  const left = report.findings.length - findings.length
  const hosts = chooseHosts(report)
  return {
    texts: texts.list,
    hosts: describeHosts({ ...report, hosts }),
    hostsLeft: report.hosts.length - hosts.length,
    findings,
    left,
    pages: listPages(links),
  }
}

function listPages(links: Links | undefined): Record<string, string> {
  const pages = (Object.keys(KIND_OF) as Finding['id'][]).map((id) => [id, linkToFinding(id, links)])
  return Object.fromEntries(pages.filter(([, page]) => page !== undefined))
}

function createTexts(): { list: string[]; add(text: string): number } {
  const numbers = new Map<string, number>()
  const list: string[] = []
  const add = (text: string) => {
    const number = numbers.get(text) ?? list.push(text) - 1
    numbers.set(text, number)
    return number
  }
  return { list, add }
}

function toPageFinding(
  finding: Finding,
  add: (text: string) => number,
  links: Links | undefined,
): Omit<PageFinding, 'group' | 'explanation'> {
  const { id, kind, severity, fails, environment, endpoint, address, port, alike, place } = finding
  const { message, why, remedy } = wordFinding(finding)
  const say = (text: Text) => printable(plain(text))
  const ports = alike ? formatRanges(alike.ports) : port === undefined ? '' : String(port)
  const spot = { environment, endpoint, addresses: address ? [address] : [], ports }
  const host = formatTarget({ ...spot, ports: '' })
  const allow = findAllowance(finding)
  const sources = listSources(finding)
  const link = place && linkToPlace(place, links)
  return {
    ...{ id, kind, severity },
    ...(fails && { fails }),
    where: printable(formatSpot(spot), 600),
    ...(host && { host: printable(host, 300) }),
    ...(finding.service && { service: printableAscii(finding.service, 60) }),
    ...(finding.state && { state: sayState(finding) }),
    message: say(message),
    why: add(say(why)),
    remedy: add(say(remedy)),
    ...(allow !== undefined && { allow: add(allow) }),
    ...(isToBeClosed(finding) && {
      close: port,
      ...(isWayIn(finding.service, finding.usual) && { wayIn: true }),
    }),
    ...(place && { place: printable(formatPlace(place), 300) }),
    // A link to a file of this machine works nowhere else.
    ...(link?.startsWith('https:') && { link }),
    ...(sources.length > 0 && { sources: sources.map(add) }),
    ...(finding.novelty && { novelty: finding.novelty }),
    ...(finding.since && { since: printable(finding.since.slice(0, 10), 20) }),
  }
}

function sayState({ state, reason, usual }: Finding): string {
  const why = reason ? ` (${printable(reason, 40)})` : ''
  return `${state}${why}${usual ? `, usually ${printableAscii(usual, 40)}` : ''}`
}

/** The hosts with the worst findings, then those with the worst posture; all of them where there is room. */
function chooseHosts({ hosts, findings }: Report): ReportHost[] {
  if (hosts.length <= MOST_HOSTS) return hosts
  const ranks = new Map([...indexByHost(findings).keys()].map((key, index) => [key, index]))
  const rank = (host: ReportHost) => ranks.get(keyOf(host)) ?? ranks.size
  return hosts
    .map((host) => ({ host, rank: rank(host) }))
    .sort((a, b) => a.rank - b.rank || b.host.posture.localeCompare(a.host.posture))
    .slice(0, MOST_HOSTS)
    .map(({ host }) => host)
}

/** A host before it is known which ports have a column. */
interface Draft {
  host: ReportHost
  page: Pick<PageHost, 'open' | 'missing'>
  rest: JudgedPort[]
}

function describeHosts(report: Report): PageHost[] {
  const open = collect(listOpenPorts(report), ({ host }) => keyOf(host))
  const findings = indexByHost(report.findings)
  const room = Math.min(MOST_PORTS_OF_HOST, Math.ceil(MOST_PORTS / Math.max(1, report.hosts.length)))
  const drafts = report.hosts.map((host): Draft => {
    const key = keyOf(host)
    const missing = (findings.get(key) ?? []).filter(({ id }) => id === 'required-port-not-open')
    // Violations first: ports left out are no reason to act.
    const ports = (open.get(key) ?? []).toSorted((a, b) => rankPort(a) - rankPort(b))
    const kept = ports.slice(0, room).toSorted((a, b) => a.port.port - b.port.port)
    const numbers = missing.flatMap(({ port, alike }) =>
      alike ? alike.ports.map(({ from }) => from) : (port ?? []),
    )
    return {
      host,
      page: { open: kept.map(toPagePort), missing: numbers.slice(0, room) },
      rest: ports.slice(room),
    }
  })
  const columns = chooseColumns(drafts.map(({ page }) => page))
  return drafts.map((draft) => toPageHost(draft, columns))
}

/** Lists that may be long are cut to the ports that have a column; the rest is a number, or the beginning of a list. */
function toPageHost({ host, page, rest }: Draft, columns: number[]): PageHost {
  const { environment, endpoint, address, posture, ports } = host
  const spot = { environment, endpoint, addresses: [address], ports: '' }
  const unknown = ports.unknown.flatMap(({ ports }) => readRanges(ports))
  const others = new Set(rest.map(({ port }) => port.port))
  const withColumn = columns.filter((port) => others.has(port))
  return {
    ...page,
    ...(rest[0] && {
      rest: { ports: withColumn, others: others.size - withColumn.length, standing: standingOf(rest[0]) },
    }),
    name: printable(formatTarget(spot), 300),
    context: printable(formatContext(spot), 300),
    posture,
    unknown: columns.filter((port) => inRanges(unknown, port)),
    unseen: printable(formatRanges(unknown).replaceAll(',', ', '), MOST_UNKNOWN),
    unseenPorts: countPorts(unknown),
  }
}

function rankPort(port: JudgedPort): number {
  const standing = standingOf(port)
  return standing === 'violation' ? 0 : standing === 'unfailing' ? 1 : 2
}

function standingOf({ standing, finding }: JudgedPort): PageStanding {
  return standing === 'violation' && !finding?.fails ? 'unfailing' : standing
}

function toPagePort(judged: JudgedPort): PagePort {
  const { port, standing, finding } = judged
  const guess = port.usual ? ` (usually ${printableAscii(port.usual, 40)})` : ''
  const severity = standing === 'violation' ? finding?.severity : port.severity
  const detail = [printableAscii(port.product ?? '', 80), port.tls ? sayTls(port.tls) : '']
  return {
    port: port.port,
    service: printableAscii(port.service ?? 'not identified', 40) + guess,
    detail: detail.filter(Boolean).join(', '),
    standing: standingOf(judged),
    ...(severity && { severity }),
    ...(port.rttMs !== undefined && { rttMs: port.rttMs }),
  }
}
