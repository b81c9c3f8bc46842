import type { Finding, Report, ReportHost } from '../model.ts'
import { formatRanges } from '../port-ranges.ts'
import { printable, printableAscii } from './escape.ts'
import { wordFinding } from './findings.ts'
import { headline } from './headline.ts'
import { collect, indexByHost, keyOf, listOpenPorts } from './open-ports.ts'
import { formatPlace, formatSpot } from './spots.ts'
import { plain, type Text } from './wording/text.ts'

/** What became of a test case; `passed` needs no element. */
type Outcome = 'passed' | 'failure' | 'error' | 'skipped'

interface TestCase {
  name: string
  outcome: Outcome
  /** The kind of failure. */
  type?: string
  /** Says all there is to say, in lines: only when it is written, since there may be a million. */
  tell?: () => string
}

interface Suite {
  name: string
  hostname?: string
  cases: TestCase[]
}

/**
 * The report as JUnit XML, as Jenkins, GitLab and test reporters read it (Jenkins' junit-10.xsd): one suite a host, and
 * one for the run. A violation that fails the check is a `failure`, a doubt that does an `error`, and what does not fail
 * is `skipped`, with its message; notes pass, and so does every open port that is allowed.
 */
export function* renderJunit(report: Report): Generator<string> {
  const suites = listSuites(report)
  const seconds = (Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 1000
  const time = Math.max(0, seconds || 0).toFixed(3)
  yield '<?xml version="1.0" encoding="UTF-8"?>\n'
  const all = suites.flatMap(({ cases }) => cases)
  yield `<testsuites ${writeAttributes({ name: 'Portgate', ...tally(all), time })}>\n`
  for (const suite of suites) yield* writeSuite(suite, report)
  yield '</testsuites>\n'
}

function listSuites(report: Report): Suite[] {
  const findings = indexByHost(report.findings)
  const allowed = collect(listOpenPorts(report), ({ host }) => keyOf(host))
  const known = new Set(report.hosts.map(keyOf))
  const suites = report.hosts.map((host) => {
    const key = keyOf(host)
    const ports = (allowed.get(key) ?? [])
      .filter(({ finding }) => finding === undefined || finding.kind === 'note')
      .map(({ port }) =>
        pass(`port ${port.port} is open: ${printableAscii(port.service ?? 'not identified', 40)}`),
      )
    return {
      ...nameSuite(host),
      cases: [...(findings.get(key) ?? []).map((one) => toCase(one, report)), ...ports],
    }
  })
  // What is about an endpoint without an address, a policy, or the run.
  const others = report.findings.filter((finding) => !known.has(keyOf(finding)))
  const run = { name: 'this run', cases: others.map((finding) => toCase(finding, report)) }
  return [run, ...suites].map(({ cases, ...suite }) => ({
    ...suite,
    cases: cases.length > 0 ? distinguish(cases) : [pass(`${headline(report).seen}`)],
  }))
}

function nameSuite({ environment, endpoint, address }: ReportHost): Omit<Suite, 'cases'> {
  const name = printable(formatSpot({ environment, endpoint, addresses: [address], ports: '' }))
  return { name, hostname: printable(address, 300) }
}

function pass(name: string): TestCase {
  return { name, outcome: 'passed' }
}

function toCase(finding: Finding, report: Report): TestCase {
  const { id } = finding
  return {
    name: nameCase(finding),
    outcome: outcomeOf(finding, report),
    type: id,
    tell: () => tellFinding(finding, report),
  }
}

function tellFinding(finding: Finding, report: Report): string {
  const { severity, place, novelty, since, state, reason } = finding
  const { message, why, remedy } = wordFinding(finding)
  const say = (text: Text) => printable(plain(text))
  const effect = sayEffect(finding, report)
  const lines = [
    `${severity}: ${say(message)}`,
    `Severity: ${severity}${effect && `; ${effect}`}`,
    state ? `State: ${state}${reason ? ` (${printable(reason, 40)})` : ''}` : '',
    `Why: ${say(why)}`,
    `Remedy: ${say(remedy)}`,
    place ? `Policy: ${printable(formatPlace(place), 1_000)}` : '',
    novelty ? `Against the baseline: ${novelty}${since ? `, since ${printable(since, 40)}` : ''}` : '',
    `Fingerprint: ${printable(finding.fingerprint, 40)}`,
  ]
  return lines.filter(Boolean).join('\n')
}

function sayEffect({ fails, kind }: Finding, { mode }: Report): string {
  if (fails) return mode === 'audit' ? 'would fail the check (audit mode)' : ''
  return kind === 'note' ? '' : 'does not fail the check'
}

function outcomeOf({ kind, fails }: Finding, { mode }: Report): Outcome {
  if (kind === 'note') return 'passed'
  if (!fails || mode === 'audit') return 'skipped'
  return kind === 'doubt' ? 'error' : 'failure'
}

function nameCase({ id, port, alike, service, endpoint }: Finding): string {
  const ports = alike ? printable(formatRanges(alike.ports), 100) : (port ?? '')
  const where = ports === '' ? (endpoint ? ` ${printable(endpoint, 300)}` : '') : ` port ${ports}`
  return `${id}${where}${service ? ` (${printableAscii(service, 40)})` : ''}`
}

/** GitLab takes two cases with the same name for one. */
function distinguish(cases: TestCase[]): TestCase[] {
  const seen = new Map<string, number>()
  return cases.map((one) => {
    const nth = (seen.get(one.name) ?? 0) + 1
    seen.set(one.name, nth)
    return nth === 1 ? one : { ...one, name: `${one.name} #${nth}` }
  })
}

function tally(cases: TestCase[]): Record<string, number> {
  const of = (outcome: Outcome) => cases.filter((one) => one.outcome === outcome).length
  return { tests: cases.length, failures: of('failure'), errors: of('error') }
}

function* writeSuite({ name, hostname, cases }: Suite, report: Report): Generator<string> {
  const skipped = cases.filter(({ outcome }) => outcome === 'skipped').length
  const timestamp = printable(report.startedAt, 40)
  yield `  <testsuite ${writeAttributes({ name, ...tally(cases), skipped, timestamp, hostname })}>\n`
  for (const one of cases) yield writeCase(one, name)
  yield '  </testsuite>\n'
}

function writeCase({ name, outcome, type, tell }: TestCase, classname: string): string {
  const head = `    <testcase ${writeAttributes({ name, classname })}`
  if (!tell) return `${head}/>\n`
  const details = tell()
  // The first line is the message.
  const message = details.split('\n', 1)[0]
  const body =
    outcome === 'passed'
      ? `<system-out>${escapeXml(details)}</system-out>`
      : `<${outcome} ${writeAttributes({ type, message })}>${escapeXml(details)}</${outcome}>`
  return `${head}>\n      ${body}\n    </testcase>\n`
}

function writeAttributes(attributes: Record<string, string | number | undefined>): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}="${escapeXml(String(value))}"`)
    .join(' ')
}

const REFERENCES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Text for XML. Characters that XML does not have are written as `\u{…}` before: see `printable`. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => REFERENCES[character] ?? '')
}
