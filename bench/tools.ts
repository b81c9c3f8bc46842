/**
 * Portgate and its peers: how each is started, and how what it prints is read. nmap comes with the system, RustScan from
 * `cargo install rustscan --version 2.4.1`, naabu from `go build github.com/projectdiscovery/naabu/v2/cmd/naabu` in a
 * module that requires v2.3.4 of it, with libpcap's headers: `go install` refuses it.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ReportJson } from '../src/report/report-json.ts'
import { makeFolder } from '../test/e2e/bundle.ts'
import { countPorts } from '../test/lab/scenarios.ts'

const PORTGATE = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url))

/** What a tool reports about a host. */
export interface Seen {
  open: number[]
  /** How many ports have which other state; undefined if the tool reports open ports only. */
  others?: Record<string, number>
  /** What answers on open ports, `https` where it is in TLS; undefined where the tool was not to identify anything. */
  services?: Map<number, string>
}

/** What a tool may be asked for besides the ports. */
interface Extent {
  /**
   * What answers on open ports is to be identified as well. Tools that cannot, or that always do, are started as usual.
   */
  identify?: boolean
  /** Portgate's own limit, as a policy writes it. */
  timeLimit?: string
}

/** What a tool is started with. */
interface Start {
  command: string[]
  cwd?: string
}

export interface Tool {
  name: string
  /** Its version, undefined where it is not installed. */
  version(): string | undefined
  /**
   * @param addresses or blocks
   * @param ports `1-1024`, or numbers with commas between them
   */
  start(addresses: string[], ports: string, extent?: Extent): Start | Promise<Start>
  /** What it found, by address. */
  read(stdout: string): Map<string, Seen>
}

export const TOOLS: Tool[] = [
  {
    name: 'Portgate',
    version: () => ask([process.execPath, PORTGATE, '--version']),
    async start(addresses, ports, { identify = false, timeLimit = '10m' } = {}) {
      const endpoints = addresses.map((address) => `      - ${address}`).join('\n')
      const list = JSON.stringify(ports.split(','))
      const scan = `scan: { ports: ${list}, identify: ${identify}, time-limit: ${timeLimit} }`
      const policy = `version: 1\n${scan}\nenvironments:\n  lab:\n    endpoints:\n${endpoints}\n`
      const cwd = await makeFolder({ '.github/port-policy.yml': policy })
      return { command: [process.execPath, PORTGATE, 'check', '--format', 'json'], cwd }
    },
    read(stdout) {
      const { hosts } = JSON.parse(stdout) as ReportJson
      return new Map(
        hosts.map(({ address = '', ports }) => [address, ports ? seeReport(ports) : { open: [] }]),
      )
    },
  },
  nmap('-T4'),
  nmap('-T5'),
  nmap('-T4 -sV'),
  {
    name: 'naabu',
    version: () => ask(['naabu', '-version', '-disable-update-check'])?.match(/v?\d+\.\d+\.\d+/)?.[0],
    start: (addresses, ports) => ({
      command: ['naabu', '-s', 'c', '-Pn', '-silent', '-disable-update-check', '-no-stdin'].concat(
        ['-host', addresses.join()],
        ['-p', ports],
      ),
    }),
    read: (stdout) => groupOpen(stdout.matchAll(/^(\d+\.\d+\.\d+\.\d+):(\d+)$/gm)),
  },
  {
    name: 'RustScan',
    version: () => ask(['rustscan', '--version'])?.match(/\d+\.\d+\.\d+/)?.[0],
    start: (addresses, ports) => ({
      command: ['rustscan', '--no-config', '--greppable', '--ulimit', '20000'].concat(
        ['--addresses', addresses.join()],
        [ports.includes(',') ? '--ports' : '--range', ports],
      ),
    }),
    read: (stdout) =>
      new Map(
        [...stdout.matchAll(/^(\d+\.\d+\.\d+\.\d+) -> \[([\d,]+)\]$/gm)].map(
          ([, address = '', list = '']) => [address, { open: list.split(',').map(Number) }],
        ),
      ),
  },
]

function nmap(options: string): Tool {
  return {
    name: `nmap ${options}`,
    version: () => ask(['nmap', '--version'])?.match(/\d+\.\d+/)?.[0],
    start: (addresses, ports) => ({
      command: ['nmap', '-sT', '-Pn', '-n', ...options.split(' '), '-p', ports, '-oG', '-', ...addresses],
    }),
    read: (stdout) => readGreppable(stdout, options.includes('-sV')),
  }
}

/** nmap's `-oG`: the ports it lists, and the state that most of the others have. */
function readGreppable(stdout: string, hasAsked: boolean): Map<string, Seen> {
  const seen = new Map<string, Seen>()
  for (const [, address = '', rest = ''] of stdout.matchAll(
    /^Host: (\S+) .*?\t(Ports: .*|Ignored State: .*)$/gm,
  )) {
    const listed = [...rest.matchAll(/(\d+)\/(\w+)\/tcp\/[^/]*\/([^/]*)/g)]
    const others: Record<string, number> = {}
    for (const [, , state = ''] of listed) if (state !== 'open') others[state] = (others[state] ?? 0) + 1
    const [, state = '', count = '0'] = /Ignored State: (\w+) \((\d+)\)/.exec(rest) ?? []
    if (state) others[state] = (others[state] ?? 0) + Number(count)
    const open = listed.filter(([, , state]) => state === 'open')
    // `?` marks a guess by the number of the port.
    const services = open.map(
      ([, port, , service = '']) => [Number(port), service.replace('ssl|http', 'https')] as const,
    )
    seen.set(address, {
      open: open.map(([, port]) => Number(port)),
      others,
      ...(hasAsked && { services: new Map(services) }),
    })
  }
  return seen
}

function seeReport({
  open,
  closed,
  filtered,
  unknown,
}: NonNullable<ReportJson['hosts'][number]['ports']>): Seen {
  const unknowns = unknown.reduce((sum, { ports }) => sum + countPorts(ports), 0)
  return {
    open: open.map(({ port }) => port),
    others: { closed: countPorts(closed), filtered: countPorts(filtered), unknown: unknowns },
    services: new Map(open.map(({ port, service = '' }) => [port, service])),
  }
}

function groupOpen(pairs: Iterable<RegExpMatchArray>): Map<string, Seen> {
  const seen = new Map<string, Seen>()
  for (const [, address = '', port] of pairs) {
    const { open } = seen.get(address) ?? { open: [] }
    seen.set(address, { open: [...open, Number(port)] })
  }
  return seen
}

/** What a program says of itself; undefined where it is not installed. */
function ask([program = '', ...args]: string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  return status === 0 ? (stdout + stderr).trim() : undefined
}
