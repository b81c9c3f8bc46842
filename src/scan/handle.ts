import { getSystemErrorName } from 'node:util'
import { OPEN, outcomeOf } from './outcome.ts'
import type { Report, StartProbe } from './probe.ts'

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
}

interface TcpBinding {
  TCP: new (type: number) => TcpHandle
  TCPConnectWrap: new () => ConnectRequest
  constants: { SOCKET: number }
}

/**
 * The versions of Node on which the handles were tried. They are no public interface (DEP0111), so that any other
 * version gets sockets.
 */
const TRIED = new Set(['20', '22', '24'])

/**
 * A probe by a bare TCP handle. A scan is mostly made of connects, and a `net.Socket` around each (a stream, its
 * buffers, its events) costs four times the time in JavaScript and more than twice the memory (65,535 refused
 * ports: 0.2 s and 67 MB in place of 0.8 s and 176 MB; Node 24).
 *
 * @returns undefined where this Node is not known to have such handles
 */
export function loadTcpHandles(): StartProbe | undefined {
  const binding = findBinding()
  if (!binding) return undefined
  const { TCP, TCPConnectWrap, constants } = binding
  return (address, port, report) => {
    const handle = new TCP(constants.SOCKET)
    const request = new TCPConnectWrap()
    request.report = report
    request.oncomplete = afterConnect
    const status = address.includes(':')
      ? handle.connect6(request, address, port)
      : handle.connect(request, address, port)
    if (status !== 0) setImmediate(afterRefusal, status, handle, request)
    return {
      cancel() {
        if (request.report) handle.close()
        request.report = undefined
      },
    }
  }
}

function afterConnect(status: number, handle: TcpHandle, request: ConnectRequest): void {
  const { report } = request
  if (!report) return
  request.report = undefined
  if (status < 0) {
    handle.close()
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
