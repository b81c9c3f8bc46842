import { isIP } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { IpSelection } from '../model.ts'
import type { Lookups } from './lookup.ts'

/** A name with more addresses than this is no host but an accident, or an attack. */
const MOST_ADDRESSES = 1024

/** Tries of a lookup that failed by itself (`EAI_AGAIN` and the like), and the pause between them. */
const MOST_TRIES = 3
const PAUSE_MS = 1_000

/** What `getaddrinfo(3)` says where there is no such record: the name, or an address of that family, does not exist. */
const NO_RECORD = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NODATA', 'EAI_ADDRFAMILY', 'EAI_FAMILY'])

/** What a name has led to: addresses of both families, and what went wrong where something did. */
export interface Resolution {
  /** Literal addresses, IPv4 first, each once. */
  addresses: string[]
  /** One sentence for each family that could not be looked up, or one where the name has no address at all. */
  failures: string[]
}

/**
 * Looks a name up as the machine's own programs do: /etc/hosts, then DNS. Each family by itself, so that a failure
 * of one is seen and not taken for the absence of addresses. An address is its own answer.
 */
export async function resolveName(
  name: string,
  ip: IpSelection,
  { lookUp }: Pick<Lookups, 'lookUp'>,
  signal: AbortSignal,
): Promise<Resolution> {
  if (isIP(name)) return { addresses: [name], failures: [] }
  const families = ip === '4' ? [4] : ip === '6' ? [6] : [4, 6]
  const answers = await Promise.all(families.map((family) => tryLookup(name, family, lookUp, signal)))
  const addresses = [...new Set(answers.flatMap(({ addresses }) => addresses))]
  const failures = answers.flatMap(({ failure }) => failure ?? [])
  if (addresses.length > MOST_ADDRESSES) {
    return { addresses: [], failures: [`it has ${addresses.length} addresses, more than ${MOST_ADDRESSES}`] }
  }
  if (addresses.length === 0 && failures.length === 0) {
    const which = families.length === 1 ? `IPv${families[0]} address` : 'address'
    return { addresses, failures: [`no such name, or it has no ${which} (ENOTFOUND)`] }
  }
  return { addresses, failures }
}

async function tryLookup(
  name: string,
  family: number,
  lookUp: Lookups['lookUp'],
  signal: AbortSignal,
): Promise<{ addresses: string[]; failure?: string }> {
  for (let tries = 1; ; tries++) {
    try {
      return { addresses: await lookUp(name, family, signal) }
    } catch (error) {
      const code = String((error as NodeJS.ErrnoException).code ?? 'unknown error')
      if (NO_RECORD.has(code)) return { addresses: [] }
      if (tries === MOST_TRIES || signal.aborted) {
        const why = signal.aborted ? 'there was no answer in time' : code
        return { addresses: [], failure: `the lookup of its IPv${family} addresses failed: ${why}` }
      }
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => {})
    }
  }
}
