/**
 * Hosts in network namespaces, built from a description and torn down again: real kernels, real firewalls, and no
 * packet leaves the machine. Needs root, `ip` (iproute2), `nft` (nftables), and for some hosts `socat` and `dnsmasq`.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ReportJson } from '../../src/report/report-json.ts'
import { type Finished, makeFolder, runBundle } from '../e2e/bundle.ts'

const LISTENER = fileURLToPath(new URL('listener.ts', import.meta.url))
const PATH = fileURLToPath(new URL('path.ts', import.meta.url))

/** UDP port of the process that delays a host's packets; its ends use the next one. */
const PATH_PORT = 7000

/** What a server of a lab can be. */
export type Spoken = 'ssh' | 'http' | 'https'

/** One host of a lab. */
export interface HostSpec {
  /** TCP ports that a server listens on: on every address, or on some. */
  listen?: number[]
  listenOn?: Record<string, number[]>
  /** What is spoken on some of these; the others say nothing. */
  speaks?: Record<number, Spoken>
  /** Rules of nftables for what comes in, one an item: `tcp dport 1-100 drop`. */
  firewall?: string[]
  /** Rules of nftables before routing, such as a redirect of all ports. */
  nat?: string[]
  /** Settings of its kernel: `net.ipv4.icmp_ratelimit`. */
  sysctl?: Record<string, string>
  /** A long path to it, in place of a cable. */
  path?: {
    rttMs: number
    jitterMs?: number
    /** The share of packets that is lost, each way. */
    loss?: number
    /** How much longer some ports take for any answer, in milliseconds. */
    slow?: Record<number, number>
  }
  /** How many addresses of a block of its own it answers for as well, up to 65,536. */
  many?: number
}

/** A built lab. The scanner's machine is a namespace of its own, with a link to each host. */
export interface Lab extends AsyncDisposable {
  /** IPv4 and IPv6 addresses by the name of the host. */
  addresses: Record<string, { v4: string; v6: string }>
  /** IPv4 addresses of hosts that answer for many. */
  blocks: Record<string, string[]>
  /**
   * Runs `portgate check` with a policy; `$name` in it is the IPv4 address of a host.
   *
   * @param onStart called once it runs, to change the lab meanwhile
   */
  check(policy: string, onStart?: () => void): Promise<Finished & { report: ReportJson }>
  /** Runs a program on the scanner's machine. */
  run(
    command: string[],
    options?: { cwd?: string; timeout?: number; onStart?(pid: number): void },
  ): Promise<Finished>
  /** Replaces the firewall of a host. */
  setFirewall(host: string, rules: string[]): void
  /** Runs a name server on the scanner's machine that knows these names; `more` are lines of resolv.conf. */
  serveNames(names: Record<string, string[]>, more?: string): Promise<void>
}

/** What is missing for a lab on this machine; undefined where nothing is. */
export function findMissing(): string | undefined {
  if (process.platform !== 'linux') return 'a lab needs Linux'
  if (process.getuid?.() !== 0) return 'a lab needs root'
  const folders = (process.env.PATH ?? '').split(':')
  const missing = ['ip', 'nft', 'socat', 'dnsmasq'].filter(
    (program) => !folders.some((folder) => existsSync(join(folder, program))),
  )
  return missing.length > 0 ? `a lab needs ${missing.join(', ')}` : undefined
}

/** Runs a command as the arguments of a shell script, on a machine of its own: its network, mounts and processes end with it. */
export function wrapInMachine(script: string): string[] {
  return ['unshare', '-n', '-m', '-p', '-f', '--kill-child', '--mount-proc', 'sh', '-c', script, 'sh']
}

let labs = 0

/** Builds the hosts and waits until their servers listen. */
export async function buildLab(hosts: Record<string, HostSpec>): Promise<Lab> {
  const prefix = `portgate-${process.pid}-${labs++}`
  const vantage = `${prefix}-v`
  const namespaces: string[] = []
  const processes: ChildProcess[] = []
  const addresses: Lab['addresses'] = {}
  const blocks: Lab['blocks'] = {}
  const configuration = `/etc/netns/${vantage}`

  const addNamespace = (name: string) => {
    ip('netns', 'add', name)
    namespaces.push(name)
    ip('-n', name, 'link', 'set', 'lo', 'up')
  }
  const start = async (namespace: string, command: string[], isReady = /ready/) => {
    const child = spawn('ip', ['netns', 'exec', namespace, ...command], { stdio: ['ignore', 'pipe', 'pipe'] })
    processes.push(child)
    await waitFor(child, isReady)
  }
  const dispose = async () => {
    for (const child of processes) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill()
      await once(child, 'exit')
    }
    for (const namespace of namespaces) ip('netns', 'del', namespace)
    await rm(configuration, { recursive: true, force: true })
  }
  const indexOf = (host: string) => Object.keys(hosts).indexOf(host)

  try {
    addNamespace(vantage)
    for (const [index, [name, spec]] of Object.entries(hosts).entries()) {
      const namespace = `${prefix}-${index}`
      addNamespace(namespace)
      addresses[name] = connect(vantage, namespace, index)
      if (spec.many) blocks[name] = multiply(vantage, namespace, index, spec.many)
      setRules(namespace, spec)
      for (const [name, value] of Object.entries(spec.sysctl ?? {})) setKernel(namespace, name, value)
      if (spec.path) {
        addresses[name] = { v4: `10.88.${index}.2`, v6: '' }
        await lengthen(start, vantage, namespace, index, spec.path)
      }
      const listeners = { '::': spec.listen ?? [], ...spec.listenOn }
      const args = [listeners, spec.speaks ?? {}].map((each) => JSON.stringify(each))
      if (spec.listen || spec.listenOn) await start(namespace, [process.execPath, LISTENER, ...args])
    }
  } catch (error) {
    await dispose()
    throw error
  }

  const inVantage = ['ip', 'netns', 'exec', vantage]
  return {
    addresses,
    blocks,
    async check(policy, onStart) {
      const text = policy.replace(/\$(\w+)/g, (_, name) => addresses[name]?.v4 ?? name)
      const cwd = await makeFolder({ '.github/port-policy.yml': `version: 1\n${text}` })
      const args = ['check', '--format', 'json']
      const finished = await runBundle('cli', args, { cwd, wrapper: inVantage, onStart })
      if (finished.stdout === '') throw new Error(finished.stderr)
      return { ...finished, report: JSON.parse(finished.stdout) }
    },
    async run(command, { onStart, ...options } = {}) {
      const child = spawn('ip', ['netns', 'exec', vantage, ...command], options)
      if (child.pid) onStart?.(child.pid)
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (chunk) => (stdout += chunk))
      child.stderr.on('data', (chunk) => (stderr += chunk))
      const [status] = await once(child, 'close')
      return { status, stdout, stderr }
    },
    setFirewall(host, firewall) {
      setRules(`${prefix}-${indexOf(host)}`, { ...hosts[host], firewall })
    },
    async serveNames(names, more = '') {
      await mkdir(configuration, { recursive: true })
      await writeFile(join(configuration, 'resolv.conf'), `nameserver 127.0.0.1\n${more}`)
      const records = Object.entries(names).flatMap(([name, list]) =>
        list.map((address) => `${address} ${name}\n`),
      )
      const file = join(configuration, 'names')
      await writeFile(file, records.join(''))
      const options = ['--no-resolv', '--no-hosts', '--user=root', '--pid-file=', `--addn-hosts=${file}`]
      await start(
        vantage,
        ['dnsmasq', '--no-daemon', '--listen-address=127.0.0.1', ...options],
        /read .* names/,
      )
    },
    [Symbol.asyncDispose]: dispose,
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Waits until a process says that it is ready. */
function waitFor(child: ChildProcess, isReady: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const read = (chunk: Buffer) => {
      said += chunk
      if (isReady.test(said)) resolve()
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    child.once('exit', (status) => reject(new Error(`ended with status ${status}: ${said}`)))
  })
}

/** A link of its own between the scanner and a host, IPv4 and IPv6. */
function connect(vantage: string, host: string, index: number): { v4: string; v6: string } {
  const link = `to${index}`
  ip('-n', vantage, 'link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', host)
  const ends = [
    [vantage, link, 1],
    [host, 'eth0', 2],
  ] as const
  for (const [namespace, device, end] of ends) {
    ip('-n', namespace, 'addr', 'add', `10.77.${index}.${end}/24`, 'dev', device)
    ip('-n', namespace, 'addr', 'add', `fd77:${index + 1}::${end}/64`, 'dev', device, 'nodad')
    ip('-n', namespace, 'link', 'set', device, 'up')
  }
  return { v4: `10.77.${index}.2`, v6: `fd77:${index + 1}::2` }
}

/** Addresses of a block that a host takes for its own (`ip-route(8)`, type local). */
function multiply(vantage: string, host: string, index: number, count: number): string[] {
  const block = `10.${100 + index}.0.0/16`
  ip('-n', host, 'route', 'add', 'local', block, 'dev', 'lo')
  ip('-n', vantage, 'route', 'add', block, 'via', `10.77.${index}.2`)
  return Array.from({ length: count }, (_, at) => `10.${100 + index}.${at >> 8}.${at & 255}`)
}

function setRules(namespace: string, { firewall = [], nat = [] }: HostSpec): void {
  const rules = `flush ruleset
table inet lab {
  chain input {
    type filter hook input priority 0
    iif lo accept
    ip6 nexthdr icmpv6 accept
    udp dport ${PATH_PORT} accept
    ${firewall.join('\n    ')}
  }
  chain prerouting {
    type nat hook prerouting priority -100
    ${nat.join('\n    ')}
  }
}
`
  execFileSync('ip', ['netns', 'exec', namespace, 'nft', '-f', '-'], { input: rules })
}

function setKernel(namespace: string, name: string, value: string): void {
  execFileSync('ip', ['netns', 'exec', namespace, 'sysctl', '-q', '-w', `${name}=${value}`])
}

/** A TUN device at either end, and between them a process that takes its time. */
async function lengthen(
  start: (namespace: string, command: string[], isReady?: RegExp) => Promise<void>,
  vantage: string,
  host: string,
  index: number,
  { rttMs, jitterMs = 0, loss = 0, slow = {} }: NonNullable<HostSpec['path']>,
): Promise<void> {
  const slowPorts = Object.entries(slow).map(([port, ms]) => `${port}:${ms}`)
  const numbers = [PATH_PORT, rttMs, jitterMs, loss].map(String)
  await start(host, [process.execPath, PATH, ...numbers, ...slowPorts])
  const ends = [
    [vantage, `10.77.${index}.1`, `10.77.${index}.2`, 1],
    [host, '127.0.0.1', '127.0.0.1', 2],
  ] as const
  for (const [namespace, own, relay, end] of ends) {
    const device = `TUN:10.88.${index}.${end}/24,tun-name=far${index},iff-no-pi,iff-up`
    const way = `UDP4:${relay}:${PATH_PORT},bind=${own}:${PATH_PORT + 1}`
    await start(namespace, ['socat', '-d', '-d', device, way], /starting data transfer/)
  }
}
