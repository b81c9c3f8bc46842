import { createSocket } from 'node:dgram'
import { isIP } from 'node:net'
import type { Vantage } from '../model.ts'
import { descriptorLimit } from './descriptors.ts'

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

/**
 * Whether the kernel knows a way to an address: connecting a UDP socket sends nothing and fails where there is none.
 *
 * @returns what the kernel said, or undefined where there is a way
 */
export function findNoRoute(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4')
    const finish = (error?: NodeJS.ErrnoException) => {
      socket.removeAllListeners()
      socket.on('error', () => {})
      socket.close()
      resolve(error?.code && NO_ROUTE.has(error.code) ? error.code : undefined)
    }
    socket.once('error', finish)
    socket.once('connect', () => finish())
    socket.connect(DISCARD_PORT, address)
  })
}
