import { isIP } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { IpSelection } from '../../model.ts'
import type { Lookups } from './lookup.ts'

/** A name with more addresses than this is a mistake or an attack, not a host. */
const MOST_ADDRESSES = 1024

/** Tries of a lookup that failed by itself (`EAI_AGAIN` and the like), and the pause between them. */
const MOST_TRIES = 3
const PAUSE_MS = 1_000

/** How long after the start of a lookup of both families each is also looked up by itself, in milliseconds. */
const SLOW_MS = 3_000

/** The errors of `getaddrinfo(3)` that mean: the name has no such record. */
const NO_RECORD = new Set(['ENOTFOUND', 'ENODATA', 'EAI_NODATA', 'EAI_ADDRFAMILY', 'EAI_FAMILY'])

/** What the others mean (getaddrinfo(3)). */
const WORDS: Record<string, string> = {
  EAI_AGAIN: 'the name server did not answer, or said that it failed',
  EAI_FAIL: 'the name server refused to answer',
  EAI_MEMORY: 'this machine is out of memory',
  EAI_SYSTEM: 'this machine could not ask',
  EMFILE: 'this machine has no file descriptor left to ask with',
}

/** What a name has led to: addresses of both families, and what went wrong where something did. */
export interface Resolution {
  /** Literal addresses, IPv4 first, each once. */
  addresses: string[]
  /** What went wrong, as a part of a sentence; undefined where nothing did. */
  failure?: string
  /** The family that could not be looked up, where the other was. */
  missing?: 4 | 6
}

/**
 * Looks a name up as the machine's own programs do, all of its addresses with one lookup: what /etc/hosts says of it keeps
 * the name servers from being asked. Where that leads to one family only, the other is asked for by itself, so that a failure
 * is seen and not taken for the absence of addresses. An address is its own answer.
 *
 * @param name with a final dot where no search domain may be tried
 */
export async function resolveName(
  name: string,
  ip: IpSelection,
  { lookUp }: Pick<Lookups, 'lookUp'>,
  signal: AbortSignal,
): Promise<Resolution> {
  if (isIP(name)) return { addresses: [name] }
  const family = ip === '4' ? 4 : ip === '6' ? 6 : 0
  const halves = family === 0 ? startHalves(name, lookUp, signal) : undefined
  const { addresses: found, failure } = await tryLookup(name, family, lookUp, signal)
  const half = failure ? await halves?.take() : undefined
  halves?.callOff()
  const addresses = [...new Set(half?.addresses ?? found)].sort((a, b) => isIP(a) - isIP(b))
  if (addresses.length > MOST_ADDRESSES) {
    return { addresses: [], failure: `it has ${addresses.length} addresses, more than ${MOST_ADDRESSES}` }
  }
  if (half) return describeHalf(addresses, half.missing, half.why)
  if (failure) return { addresses, failure: `the lookup of its ${nameFamily(family)} failed: ${failure}` }
  if (addresses.length === 0) {
    return {
      addresses,
      failure: `no such name, or it has no ${family === 0 ? 'address' : `IPv${family} address`}`,
    }
  }
  const families = new Set(addresses.map(isIP))
  if (family !== 0 || families.size > 1) return { addresses }
  const other = families.has(4) ? 6 : 4
  const { failure: why } = await tryLookup(name, other, lookUp, signal)
  return why ? describeHalf(addresses, other, why) : { addresses }
}

/**
 * Asks for each family by itself where both together take long: a name server that is silent about one of them makes
 * `getaddrinfo(3)` wait for 15 s (glibc 2.36) before it tells the other.
 */
function startHalves(name: string, lookUp: Lookups['lookUp'], signal: AbortSignal) {
  const waiting = new AbortController()
  const callOff = () => waiting.abort()
  signal.addEventListener('abort', callOff)
  const answers = sleep(SLOW_MS, undefined, { signal: waiting.signal }).then(
    () => Promise.all(([4, 6] as const).map((family) => tryLookup(name, family, lookUp, signal))),
    () => [],
  )
  return {
    /** The answer of one family, if the joint lookup has failed and the other family gives no answer. */
    async take(): Promise<{ addresses: string[]; missing: 4 | 6; why: string } | undefined> {
      callOff()
      const [four, six] = await answers
      if (!four || !six) return undefined
      const [found, lost, missing] = four.failure ? [six, four, 4 as const] : [four, six, 6 as const]
      if (found.addresses.length === 0 || !lost.failure) return undefined
      return { addresses: found.addresses, missing, why: lost.failure }
    },
    callOff,
  }
}

function describeHalf(addresses: string[], missing: 4 | 6, why: string): Resolution {
  return { addresses, failure: `the lookup of its ${nameFamily(missing)} failed: ${why}`, missing }
}

function nameFamily(family: number): string {
  return family === 0 ? 'addresses' : `IPv${family} addresses`
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
      if (signal.aborted) return { addresses: [], failure: 'there was no answer in time' }
      if (tries === MOST_TRIES) return { addresses: [], failure: WORDS[code] ?? `the resolver said ${code}` }
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => {})
    }
  }
}
