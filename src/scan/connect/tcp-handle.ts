import { constants as os } from 'node:os'
import { platform } from 'node:process'
import { getSystemErrorName } from 'node:util'
import { OPEN } from '../outcome.ts'
import type { Connector, CreateConnector, OnOutcome } from './connector.ts'
import { outcomeOf } from './errno.ts'
import { createSocketPool, type SocketPool } from './socket-pool.ts'

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
  /** Zero, or the negative number of an error; so are the others. */
  getsockname(end: End): number
  getpeername(end: End): number
  /** Closes with a RST. */
  reset(): number
  close(): void
}

interface ConnectRequest {
  oncomplete?: (status: number, handle: TcpHandle, request: ConnectRequest) => void
  /** Ours: what is to be told, undefined once it is over. */
  onOutcome?: OnOutcome
  /** Ours: where the handle goes when this address has refused it. */
  pool: SocketPool<TcpHandle>
  address: string
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

/**
 * Connects by bare TCP handles. A scan is mostly made of connects, and a `net.Socket` around each (a stream, its
 * buffers, its events) costs four times the time in JavaScript and more than twice the memory (65,535 refused
 * ports: 0.2 s and 67 MB in place of 0.8 s and 176 MB; Node 24).
 *
 * Linux lets a socket that was refused connect again. That spares the kernel a socket's making and end, which is a
 * third of a refused port's time (30,000 ports: 0.35 s in place of 0.51 s; Linux 6.18). POSIX leaves it open, so that
 * other systems get a socket for each. It connects to the same address only: one that was connected to an IPv4-mapped
 * address speaks IPv4 from then on, one with a scope stays with its interface (`tcp_v6_connect`, net/ipv6/tcp_ipv6.c),
 * and each takes its next initial sequence number from its last (`tcp_disconnect`, net/ipv4/tcp.c).
 *
 * @returns undefined where this Node is not known to have such handles
 */
export function loadTcpHandles(): CreateConnector | undefined {
  const binding = findBinding()
  return binding && ((most) => createTcpConnector(binding, most))
}

function createTcpConnector({ TCP, TCPConnectWrap, constants }: TcpBinding, most: number): Connector {
  const pool = createSocketPool<TcpHandle>(platform === 'linux' ? most : 0)
  return {
    connect(address, port, onOutcome) {
      const request = new TCPConnectWrap()
      request.onOutcome = onOutcome
      request.pool = pool
      request.address = address
      request.oncomplete = afterConnect
      let handle = connectPooled(pool, request, address, port)
      if (!handle) {
        handle = new TCP(constants.SOCKET)
        const status = connect(handle, request, address, port)
        if (status !== 0) setImmediate(afterFailure, status, handle, request)
      }
      return {
        cancel() {
          if (request.onOutcome) handle.close()
          request.onOutcome = undefined
        },
      }
    },
    releasePool: pool.closeAll,
  }
}

/** @returns zero, or the negative number of the error that the call itself had */
function connect(handle: TcpHandle, request: ConnectRequest, address: string, port: number): number {
  return address.includes(':')
    ? handle.connect6(request, address, port)
    : handle.connect(request, address, port)
}

/**
 * Connects a socket that was refused before, where there is one.
 *
 * The first connect after a refusal ends the old connection: it gives ECONNABORTED and leaves the socket as it was when
 * it was new (`sock_error` in `__inet_stream_connect`, net/ipv4/af_inet.c). The second one connects. Where neither does,
 * the socket is of no use.
 */
function connectPooled(
  pool: SocketPool<TcpHandle>,
  request: ConnectRequest,
  address: string,
  port: number,
): TcpHandle | undefined {
  const handle = pool.take(address)
  if (!handle) return undefined
  if (connect(handle, request, address, port) === 0) return handle
  if (connect(handle, request, address, port) === 0) return handle
  handle.close()
  return undefined
}

/** The far end of the connection that was asked for last. */
const remote: End = {}

/**
 * An error does not mean that there is no connection: ICMP that a packet of it brought about, such as a firewall's answer to
 * what follows the handshake, is told here all the same (`sk_err_soft` in `sk_getsockopt`, net/core/sock.c).
 */
function afterConnect(status: number, handle: TcpHandle, request: ConnectRequest): void {
  const { onOutcome, pool, address } = request
  if (!onOutcome) return
  request.onOutcome = undefined
  const isConnected = handle.getpeername(remote) === 0
  if (status < 0 && !isConnected) {
    if (status === -ECONNREFUSED) pool.keep(address, handle)
    else handle.close()
    onOutcome(outcomeOf(getSystemErrorName(status), false))
    return
  }
  const isOpen = isConnected && !isConnectedToItself(handle)
  if (handle.reset() !== 0) handle.close()
  onOutcome(isOpen ? OPEN : undefined)
}

/** The call itself has failed. */
function afterFailure(status: number, handle: TcpHandle, request: ConnectRequest): void {
  const { onOutcome } = request
  if (!onOutcome) return
  request.onOutcome = undefined
  handle.close()
  onOutcome(outcomeOf(getSystemErrorName(status), true))
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

/** Whether the far end, which was asked for last, is its own. */
function isConnectedToItself(handle: TcpHandle): boolean {
  const local: End = {}
  return handle.getsockname(local) === 0 && local.port === remote.port && local.address === remote.address
}
