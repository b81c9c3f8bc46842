/** Hosts for the workloads that no lab test scans: many that are alike, many that are not, and some that speak. */
import type { Spoken } from '../test/lab/lab.ts'
import { FIVE, type Scenario, SYN } from '../test/lab/scenarios.ts'

/** A host, or with `many` as many that are alike, and the state of all ports that it does not listen on. */
export type Target = Pick<Scenario, 'host' | 'rest'>

/**
 * The ports that everybody tries first. Among them is MySQL's, which blocks a client after a hundred connections that say
 * nothing.
 */
const FAMILIAR = [22, 80, 443, 3306, 6379]

const WEB_AND_SSH: Record<number, Spoken> = { 22: 'ssh', 80: 'http', 443: 'https' }

/** Each address has a limit of its own, though one kernel has them all. */
const SYN_LIMIT = `${SYN} meter limits { ip daddr limit rate over 1000/second } drop`

const KINDS: Target[] = [
  { host: { listen: FIVE }, rest: 'closed' },
  { host: { listen: FIVE, firewall: [`${allBut(FIVE)} drop`] }, rest: 'filtered' },
  {
    host: { listen: FIVE, firewall: [`${allBut(FIVE)} reject with icmp admin-prohibited`] },
    rest: 'filtered',
  },
  { host: { listen: FIVE, firewall: [SYN_LIMIT] }, rest: 'closed' },
  { host: { listen: FIVE, firewall: [`${SYN} numgen random mod 100 < 5 drop`] }, rest: 'closed' },
]

export function resetting(many: number): Target {
  return { host: { listen: FAMILIAR, many }, rest: 'closed' }
}

export function silent(many: number): Target {
  const listen = [22, 80, 443]
  return { host: { listen, firewall: [`${allBut(listen)} drop`], many }, rest: 'filtered' }
}

/** Hosts that refuse, that stay silent, that answer by ICMP, that limit SYNs and that lose some, in turn. */
export function mixHosts(count: number): Record<string, Target> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`host${index}`, KINDS[index % KINDS.length] as Target]),
  )
}

/** As many of each kind, and one kernel for all of a kind. */
export function mixBlocks(count: number): Record<string, Target> {
  return Object.fromEntries(
    KINDS.map(({ host, rest }, index) => {
      const many = Math.ceil((count - index) / KINDS.length)
      return [`kind${index}`, { host: { ...host, many }, rest }]
    }),
  )
}

/** Every fourth port is open: in turn silent, SSH, silent, HTTP. */
export function talkative(ports: number): Target {
  const listen = Array.from({ length: ports / 4 }, (_, index) => 4 * (index + 1))
  const spoken = listen.flatMap((port, index) =>
    index % 2 === 0 ? [] : [[port, index % 4 === 1 ? 'ssh' : 'http'] as const],
  )
  return { host: { listen, speaks: Object.fromEntries(spoken) }, rest: 'closed' }
}

/** A typical server: SSH and web, and a firewall that drops everything else. */
export function webServer(rttMs: number): Target {
  const listen = Object.keys(WEB_AND_SSH).map(Number)
  return {
    host: { listen, speaks: WEB_AND_SSH, firewall: [`${allBut(listen)} drop`], path: { rttMs } },
    rest: 'filtered',
  }
}

function allBut(ports: number[]): string {
  return `tcp dport != { ${ports.join()} }`
}
