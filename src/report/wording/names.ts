import type { Finding } from '../../model.ts'
import { say, type Text } from './text.ts'

/** Whether an endpoint is a block: its addresses are hosts of their own, and each is named. */
export function isBlock(endpoint: string | undefined): boolean {
  return endpoint?.includes('/') === true && !endpoint.includes('://')
}

/** Where a finding is, or something that was seen. */
type Where = Pick<Finding, 'endpoint' | 'address' | 'searchDomain'>

/** `port 6379 of db.example.com (192.0.2.10)`, of a block `port 22 of 192.0.2.10 (in 192.0.2.0/24)`: a port in a sentence. */
export function nameOfPort(where: Where & { port?: number }): Text {
  const { endpoint, address = '', port = 0 } = where
  if (endpoint !== address) return say`port ${port} of ${nameOfHost(where)}`
  return address.includes(':') ? say`[${address}]:${port}` : say`${address}:${port}`
}

/**
 * `db.example.com (192.0.2.10)`, of a block `192.0.2.10 (in 192.0.2.0/24)`: a host in a sentence. Where a search domain of the
 * scanning machine was appended to the name, that is said.
 */
export function nameOfHost({ endpoint = '', address = '', searchDomain }: Where): Text {
  if (searchDomain !== undefined)
    return say`${endpoint} (${address}, found through the search domain ${searchDomain})`
  if (isBlock(endpoint)) return say`${address} (in ${endpoint})`
  return endpoint === address ? say`${address}` : say`${endpoint} (${address})`
}
