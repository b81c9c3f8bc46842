/** What the tools have to scan, and by how much Portgate means to be ahead. */
import { buildCatalogue, cataloguePorts, commonPorts } from '../src/catalogue/catalogue.ts'
import type { HostSpec } from '../test/lab/lab.ts'
import { SCENARIOS, type Scenario } from '../test/lab/scenarios.ts'
import { mixBlocks, mixHosts, resetting, silent, type Target, talkative, webServer } from './hosts.ts'

/** Wall time as a share of a peer's, at most. */
export interface PeerGoal {
  peer: 'nmap -T4' | 'nmap -T5'
  ratio: number
  /** The next goal, once that is met. */
  next?: number
}

/** One row of the benchmark: hosts that are scanned at once, on the same ports. */
export interface Work {
  name: string
  hosts: Record<string, Target>
  /** `1-1024`, or numbers with commas between them. */
  ports: string
  goal?: PeerGoal
  /** What Portgate may have resident, in MB. */
  megabytes?: number
  /** The processor is the limit for some tool, so that nothing else may run. */
  isBusy: boolean
  /** The tools that take part, in place of all that find ports. */
  tools?: string[]
  /** Portgate is to identify what answers on open ports. */
  identify?: true
  /** Runs of each tool, and the most milliseconds that one may take, where they are not as for the others. */
  runs?: number
  mostMs?: number
  /** Portgate's own limit, as a policy writes it: the scan ends there, and what is left is rightly unknown. */
  timeLimit?: string
}

const goals: Record<string, PeerGoal> = {
  'all reset': { peer: 'nmap -T5', ratio: 1, next: 0.8 },
  'silent but for five': { peer: 'nmap -T5', ratio: 0.33 },
  'a limit of 1,000 SYNs a second': { peer: 'nmap -T5', ratio: 1.3 },
  'RTT of 300 ms, jitter of 100 ms, 2 % lost each way': { peer: 'nmap -T4', ratio: 0.2 },
}

const BUSY = ['all reset', '5 % of SYNs lost', '20 % of SYNs lost']

const FINDERS = ['Portgate', 'nmap -T4', 'nmap -T5', 'naabu', 'RustScan']
/** naabu sends 1,000 SYNs a second, and waits for the kernel's last one to a silent port: it would be cut off. */
const FAST_FINDERS = FINDERS.filter((name) => name !== 'naabu')
const IDENTIFIER = 'nmap -T4 -sV'

const catalogue = buildCatalogue()
const COMMON = commonPorts(catalogue).join()
/** With 65,536 addresses, just under the most pairs that one run may plan. */
const LARGEST = cataloguePorts(catalogue).slice(0, 305)

export const WORKS: Work[] = [
  ...Object.entries(SCENARIOS).map(([name, scenario]) => ({
    name: `${scenario.ports.toLocaleString('en')} ports, ${name}`,
    hosts: { host: scenario },
    ports: `1-${scenario.ports}`,
    goal: goals[name],
    isBusy: BUSY.includes(name),
  })),
  {
    name: '65,535 ports, silent but for five',
    hosts: { host: SCENARIOS['silent but for five'] as Scenario },
    ports: '1-65535',
    goal: { peer: 'nmap -T4', ratio: 0.2 },
    isBusy: false,
  },
  {
    name: '40 hosts × 1,000 ports, mixed',
    hosts: mixHosts(40),
    ports: '1-1000',
    goal: { peer: 'nmap -T4', ratio: 0.5 },
    isBusy: false,
  },
  {
    name: 'three hosts × `common`, silent but for SSH and web, RTT of 40 ms, identified',
    hosts: { first: webServer(40), second: webServer(40), third: webServer(40) },
    ports: COMMON,
    goal: { peer: 'nmap -T4', ratio: 0.5 },
    isBusy: false,
    tools: [...FINDERS, IDENTIFIER],
    identify: true,
    mostMs: 60_000,
  },
  {
    name: '1,000 open ports of 4,000, half of which say nothing, identified',
    hosts: { host: talkative(4_000) },
    ports: '1-4000',
    isBusy: false,
    tools: ['Portgate', IDENTIFIER],
    identify: true,
    runs: 1,
    mostMs: 300_000,
  },
  {
    name: '256 hosts × `common`, silent but for three',
    hosts: { hosts: silent(256) },
    ports: COMMON,
    goal: { peer: 'nmap -T4', ratio: 0.2 },
    isBusy: false,
    tools: FAST_FINDERS,
    runs: 1,
    mostMs: 400_000,
  },
  {
    name: '256 hosts × `common`, mixed',
    hosts: mixBlocks(256),
    ports: COMMON,
    isBusy: false,
    tools: FAST_FINDERS,
    runs: 1,
    mostMs: 400_000,
  },
  {
    name: '256 hosts × `common`, all reset but for five',
    hosts: { hosts: resetting(256) },
    ports: COMMON,
    goal: { peer: 'nmap -T4', ratio: 0.6 },
    isBusy: true,
    runs: 3,
    mostMs: 60_000,
  },
  {
    name: '1,024 hosts × `common`, all reset but for five',
    hosts: { hosts: resetting(1_024) },
    ports: COMMON,
    goal: { peer: 'nmap -T4', ratio: 0.6 },
    isBusy: true,
    tools: FAST_FINDERS,
    runs: 1,
    mostMs: 90_000,
  },
  {
    name: '4,096 hosts × 400 ports, all reset but for two',
    hosts: { hosts: resetting(4_096) },
    ports: '1-400',
    isBusy: true,
    tools: FAST_FINDERS,
    runs: 1,
    mostMs: 120_000,
  },
  {
    name: 'memory of a million silent probes: 40 hosts × 25,000 ports',
    hosts: { hosts: silent(40) },
    ports: '1-25000',
    megabytes: 200,
    isBusy: false,
    tools: ['Portgate'],
    runs: 1,
    mostMs: 400_000,
  },
  {
    name: `memory of the largest plan: 65,536 hosts × ${LARGEST.length} ports, all reset, two minutes of it`,
    hosts: { hosts: { host: { many: 65_536 }, rest: 'closed' } },
    ports: LARGEST.join(),
    megabytes: 500,
    isBusy: true,
    tools: ['Portgate'],
    runs: 1,
    mostMs: 400_000,
    timeLimit: '2m',
  },
]

/** The tools that take part in a work, by name. */
export function toolsOf({ tools = FINDERS }: Work): string[] {
  return tools
}

/** The hosts as a lab builds them. */
export function specsOf({ hosts }: Work): Record<string, HostSpec> {
  return Object.fromEntries(Object.entries(hosts).map(([name, { host }]) => [name, host]))
}
