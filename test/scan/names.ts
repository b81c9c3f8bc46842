import dns from 'node:dns/promises'
import { syncBuiltinESMExports } from 'node:module'
import { isIP } from 'node:net'

/** The names that a test makes up, and every name that was looked up meanwhile. */
export interface Names extends Disposable {
  /** What each name leads to; a test may change it as it goes. Names that are not here are looked up as ever. */
  addresses: Record<string, string[]>
  asked: string[]
}

/** Stands in for the resolver of this machine: tests must not depend on anybody's DNS. */
export function answerNames(addresses: Names['addresses']): Names {
  const real = dns.lookup
  const names: Names = {
    addresses,
    asked: [],
    [Symbol.dispose]: () => {
      dns.lookup = real
      syncBuiltinESMExports()
    },
  }
  const lookup = async (name: string, options: { family: number; all: true }) => {
    names.asked.push(name)
    const known = names.addresses[name]
    if (!known) return real(name, options)
    const found = known.map((address) => ({ address, family: isIP(address) }))
    const fitting = found.filter(({ family }) => family === options.family)
    if (fitting.length === 0) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
    return fitting
  }
  dns.lookup = lookup as typeof real
  syncBuiltinESMExports()
  return names
}
