import type { CreateConnector } from './connector.ts'
import { connectSocket } from './net-socket.ts'
import { loadTcpHandles } from './tcp-handle.ts'

/** The cheapest way to connect that this Node has. */
export const createConnector: CreateConnector =
  loadTcpHandles() ?? (() => ({ connect: connectSocket, releasePool() {} }))
