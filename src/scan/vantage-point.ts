import { createSocket } from 'node:dgram'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'
import type { Vantage } from '../model.ts'
import { descriptorLimit } from './connect/fd-limit.ts'

/** An address of the global unicast space (RFC 4291, 2.4), to ask the kernel for a route; nothing is sent to it. */
const SOMEWHERE_IPV6 = '2000::1'

/** Any port will do to ask for a route. */
const DISCARD_PORT = 9

/** What this machine is and can see. */
export async function describeVantage(env: NodeJS.ProcessEnv): Promise<Vantage> {
  const fileDescriptors = descriptorLimit()
  return {
    platform: process.platform,
    node: process.version,
    githubHosted: env.RUNNER_ENVIRONMENT === 'github-hosted',
    ipv6: (await findNoRoute(SOMEWHERE_IPV6)) === undefined,
    ...(fileDescriptors === undefined ? {} : { fileDescriptors }),
  }
}

/** What the kernel says where it knows no way (`connect(2)`, `ip-route(8)`); anything else is trouble of another kind. */
const NO_ROUTE = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EACCES', 'EINVAL'])

/** @returns what the kernel said, or undefined where there is a way */
export async function findNoRoute(address: string): Promise<string | undefined> {
  return (await findRoute(address)).noRoute
}

/**
 * The kernel's way to an address: connecting a UDP socket sends nothing, tells the local address that it would be sent from,
 * and fails where there is no way.
 */
function findRoute(address: string): Promise<{ source?: string; noRoute?: string }> {
  return new Promise((resolve) => {
    const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4')
    const finish = (route: { source?: string; noRoute?: string }) => {
      socket.removeAllListeners()
      socket.on('error', () => {})
      socket.close()
      resolve(route)
    }
    socket.once('error', ({ code = '' }: NodeJS.ErrnoException) =>
      finish(NO_ROUTE.has(code) ? { noRoute: code } : {}),
    )
    socket.once('connect', () => finish({ source: socket.address().address }))
    socket.connect(DISCARD_PORT, address)
  })
}

/** The way to this machine itself, whatever address of its own is called. */
export const THIS_MACHINE = 'this machine'

/**
 * The way to an address: `THIS_MACHINE`, or the interface that its packets leave by. Undefined where there is none.
 */
export async function findWay(address: string): Promise<string | undefined> {
  const { source } = await findRoute(address)
  if (source === undefined) return undefined
  const own = listOwnAddresses()
  const [destination, from] = [address, source].map((text) => text.replace(/%.*$/, ''))
  const isOwn = destination === from || own.some((entry) => entry.address === destination)
  if (isOwn || isLoopback(address) || isLoopback(source)) return THIS_MACHINE
  return own.find((entry) => entry.address === from)?.name ?? from
}

/** Whether an address is this machine's own, and so answers even without a network. */
export function createOwnership(): (address: string) => boolean {
  const own = new Set(listOwnAddresses().map(({ address }) => address))
  return (address) => own.has(address) || isLoopback(address)
}

/**
 * Tells the first and the last address of this machine's own networks: the network itself and its broadcast address, which no
 * host has (RFC 919, 922). Networks of one or two addresses have none (RFC 3021).
 */
export function createNoHosts(): (address: string) => boolean {
  const found = new Set<string>()
  for (const { family, cidr, internal } of Object.values(networkInterfaces()).flatMap((list = []) => list)) {
    if (internal || family !== 'IPv4' || cidr === null || Number(cidr.split('/')[1]) > 30) continue
    found.add(ipaddr.IPv4.networkAddressFromCIDR(cidr).toString())
    found.add(ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toString())
  }
  return (address) => found.has(address)
}

function listOwnAddresses(): { name: string; address: string }[] {
  return Object.entries(networkInterfaces()).flatMap(([name, list = []]) =>
    list.map(({ address }) => ({ name, address })),
  )
}

function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'
}
