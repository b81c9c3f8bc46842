import { constants as os } from 'node:os'
import { platform } from 'node:process'
import { getSystemErrorName } from 'node:util'
import { OPEN, outcomeOf } from './outcome.ts'
import type { Prober, Report } from './probe.ts'

/** An end of a connection, filled in by the handle. */
interface End {
  address?: string
  port?: number
}

/** What lies beneath `net.Socket`: libuv's TCP handle as Node wraps it (`lib/net.js`, `src/tcp_wrap.cc`). */
interface TcpHandle {
  /** Zero, or the negative number of the error that the call itself had. */
  connect(request: ConnectRequest, address: string, port: number): number
  connect6(request: ConnectRequest, address: string, port: number): number
  getsockname(end: End): number
  getpeername(end: End): number
  /** Closes with a RST. */
  reset(): number
  close(): void
}

interface ConnectRequest {
  oncomplete?: (status: number, handle: TcpHandle, request: ConnectRequest) => void
  /** Ours: what is to be told, undefined once it is over. */
  report?: Report
  /** Ours: where the handle goes when it was refused, where it may connect again. */
  refused?: Refused
}

interface TcpBinding {
  TCP: new (type: number) => TcpHandle
  TCPConnectWrap: new () => ConnectRequest
  constants: { SOCKET: number }
}

const { ECONNREFUSED } = os.errno

/**
 * The versions of Node on which the handles were tried. They are no public interface (DEP0111), so that any other
 * version gets sockets.
 */
const TRIED = new Set(['20', '22', '24'])

/** Sockets that were refused, of one family: each may connect again. */
type Refused = TcpHandle[]

/**
 * Probes by bare TCP handles. A scan is mostly made of connects, and a `net.Socket` around each (a stream, its
 * buffers, its events) costs four times the time in JavaScript and more than twice the memory (65,535 refused
 * ports: 0.2 s and 67 MB in place of 0.8 s and 176 MB; Node 24).
 *
 * Linux lets a socket that was refused connect again. That spares the kernel a socket's making and end, which is a
 * third of a refused port's time (30,000 ports: 0.35 s in place of 0.51 s; Linux 6.18). POSIX leaves it open, so that
 * other systems get a socket for each.
 *
 * @returns undefined where this Node is not known to have such handles
 */
export function loadTcpHandles(): (() => Prober) | undefined {
  const binding = findBinding()
  return binding && (() => createTcpProber(binding))
}

function createTcpProber({ TCP, TCPConnectWrap, constants }: TcpBinding): Prober {
  const refused: Record<4 | 6, Refused> = { 4: [], 6: [] }
  return {
    start(address, port, report) {
      const isV6 = address.includes(':')
      const connect = isV6 ? connect6 : connect4
      const request = new TCPConnectWrap()
      request.report = report
      request.oncomplete = afterConnect
      if (leavesNoTrace(address)) request.refused = refused[isV6 ? 6 : 4]
      let handle = takeRefused(connect, request, address, port)
      if (!handle) {
        // For one that is made one that is kept goes, so that there are never more than are under way at a time.
        ;(refused[4].pop() ?? refused[6].pop())?.close()
        handle = new TCP(constants.SOCKET)
        const status = connect(handle, request, address, port)
        if (status !== 0) setImmediate(afterRefusal, status, handle, request)
      }
      return {
        cancel() {
          if (request.report) handle.close()
          request.report = undefined
        },
      }
    },
    end() {
      for (const handle of [...refused[4].splice(0), ...refused[6].splice(0)]) handle.close()
    },
  }
}

/**
 * Whether a socket that this address refused can connect to any other of its family. One that was connected to an
 * IPv4-mapped address speaks IPv4 from then on, and one with a scope stays with its interface (`tcp_v6_connect`,
 * net/ipv6/tcp_ipv6.c).
 */
function leavesNoTrace(address: string): boolean {
  return platform === 'linux' && !TRACES.test(address)
}

const TRACES = /%|^[0:]*:ffff:/i

type Connect = (handle: TcpHandle, request: ConnectRequest, address: string, port: number) => number

const connect4: Connect = (handle, request, address, port) => handle.connect(request, address, port)
const connect6: Connect = (handle, request, address, port) => handle.connect6(request, address, port)

/**
 * Connects a socket that was refused before, where there is one.
 *
 * The first connect after a refusal ends the old connection: it gives ECONNABORTED and leaves the socket as it was when
 * it was new (`sock_error` in `__inet_stream_connect`, net/ipv4/af_inet.c). The second one connects.
 */
function takeRefused(
  connect: Connect,
  request: ConnectRequest,
  address: string,
  port: number,
): TcpHandle | undefined {
  const handle = request.refused?.pop()
  if (!handle) return undefined
  if (connect(handle, request, address, port) === 0 || connect(handle, request, address, port) === 0)
    return handle
  handle.close()
  return undefined
}

function afterConnect(status: number, handle: TcpHandle, request: ConnectRequest): void {
  const { report, refused } = request
  if (!report) return
  request.report = undefined
  if (status < 0) {
    if (status === -ECONNREFUSED && refused) refused.push(handle)
    else handle.close()
    report(outcomeOf(getSystemErrorName(status), false))
    return
  }
  const toItself = isConnectedToItself(handle)
  if (handle.reset() !== 0) handle.close()
  report(toItself ? undefined : OPEN)
}

/** The call itself has failed. */
function afterRefusal(status: number, handle: TcpHandle, request: ConnectRequest): void {
  const { report } = request
  if (!report) return
  request.report = undefined
  handle.close()
  report(outcomeOf(getSystemErrorName(status), true))
}

function findBinding(): TcpBinding | undefined {
  if (!TRIED.has(process.versions.node.split('.')[0] ?? '')) return undefined
  try {
    const { binding } = process as unknown as { binding(name: string): Partial<TcpBinding> }
    const { TCP, TCPConnectWrap, constants } = binding('tcp_wrap')
    if (!TCP || !TCPConnectWrap || constants?.SOCKET === undefined) return undefined
    return { TCP, TCPConnectWrap, constants }
  } catch {
    return undefined
  }
}

function isConnectedToItself(handle: TcpHandle): boolean {
  const local: End = {}
  const remote: End = {}
  handle.getsockname(local)
  handle.getpeername(remote)
  return local.port === remote.port && local.address === remote.address
}
