/** What the tools have to scan, and by how much Portgate means to be ahead. */
import type { HostSpec } from '../test/lab/lab.ts'
import { FIVE, SCENARIOS, type Scenario, SYN } from '../test/lab/scenarios.ts'

/** Wall time as a share of a peer's, at most. */
interface Goal {
  peer: 'nmap -T4' | 'nmap -T5'
  ratio: number
  /** Once that is met. */
  next?: number
}

/** One row of the benchmark: hosts that are scanned at once, on the same ports. */
export interface Work {
  name: string
  hosts: Record<string, Scenario>
  goal?: Goal
  /** The processor is the limit for some tool, so that nothing else may run. */
  isBusy: boolean
}

const goals: Record<string, Goal> = {
  'all reset': { peer: 'nmap -T5', ratio: 1, next: 0.8 },
  'silent but for five': { peer: 'nmap -T5', ratio: 0.33 },
  'a limit of 1,000 SYNs a second': { peer: 'nmap -T5', ratio: 1.3 },
  'RTT of 300 ms, jitter of 100 ms, 2 % lost each way': { peer: 'nmap -T4', ratio: 0.2 },
}

const BUSY = ['all reset', '5 % of SYNs lost', '20 % of SYNs lost']

export const WORKS: Work[] = [
  ...Object.entries(SCENARIOS).map(([name, scenario]) => ({
    name: `${scenario.ports.toLocaleString('en')} ports, ${name}`,
    hosts: { host: scenario },
    goal: goals[name],
    isBusy: BUSY.includes(name),
  })),
  {
    name: '65,535 ports, silent but for five',
    hosts: { host: { ...(SCENARIOS['silent but for five'] as Scenario), ports: 65_535 } },
    goal: { peer: 'nmap -T4', ratio: 0.2 },
    isBusy: false,
  },
  {
    name: '40 hosts × 1,000 ports, mixed',
    hosts: mixHosts(40, 1_000),
    goal: { peer: 'nmap -T4', ratio: 0.5 },
    isBusy: false,
  },
]

/** Hosts that refuse, that stay silent, that answer by ICMP, that limit SYNs and that lose some, in turn. */
function mixHosts(count: number, ports: number): Record<string, Scenario> {
  const listen = FIVE.filter((port) => port <= ports)
  const but = `tcp dport != { ${listen.join()} }`
  const kinds: Pick<Scenario, 'host' | 'rest'>[] = [
    { host: { listen }, rest: 'closed' },
    { host: { listen, firewall: [`${but} drop`] }, rest: 'filtered' },
    { host: { listen, firewall: [`${but} reject with icmp admin-prohibited`] }, rest: 'filtered' },
    { host: { listen, firewall: [`${SYN} limit rate over 1000/second drop`] }, rest: 'closed' },
    { host: { listen, firewall: [`${SYN} numgen random mod 100 < 5 drop`] }, rest: 'closed' },
  ]
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const kind = kinds[index % kinds.length] as (typeof kinds)[number]
      return [`host${index}`, { ...kind, ports }]
    }),
  )
}

/** The hosts as a lab builds them. */
export function specsOf({ hosts }: Work): Record<string, HostSpec> {
  return Object.fromEntries(Object.entries(hosts).map(([name, { host }]) => [name, host]))
}
