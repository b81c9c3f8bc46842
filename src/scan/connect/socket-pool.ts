/** Sockets that are kept for further connections to the address that refused them. */

/** What can be kept. */
interface Closable {
  close(): void
}

export interface SocketPool<T extends Closable> {
  /** Keeps one; where there are enough another goes, one of the address that has had some for longest. */
  keep(address: string, socket: T): void
  /** One that this address has refused before, where there is one. */
  take(address: string): T | undefined
  closeAll(): void
}

/** @param most how many sockets may be kept */
export function createSocketPool<T extends Closable>(most: number): SocketPool<T> {
  const byAddress = new Map<string, T[]>()
  let count = 0

  function take(address: string): T | undefined {
    const own = byAddress.get(address)
    const socket = own?.pop()
    if (own?.length === 0) byAddress.delete(address)
    if (socket) count -= 1
    return socket
  }

  function closeOldest(): void {
    const [oldest = ''] = byAddress.keys()
    take(oldest)?.close()
  }

  return {
    take,
    keep(address, socket) {
      const own = byAddress.get(address)
      if (own) own.push(socket)
      else byAddress.set(address, [socket])
      count += 1
      if (count > most) closeOldest()
    },
    closeAll() {
      while (count > 0) closeOldest()
    },
  }
}
