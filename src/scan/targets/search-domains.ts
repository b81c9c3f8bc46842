/** Which names were found through a search domain of this machine: such a host may belong to somebody else. */
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { withDeadline } from '../deadline.ts'
import { forEach } from './for-each.ts'
import { type Lookups, MOST_LOOKUPS } from './lookup.ts'

/** What the C library reads to know what to append to a name, and how many domains of it are tried here. */
const CONFIGURATION = '/etc/resolv.conf'
const MOST_DOMAINS = 8

/** How long all of this may take, in milliseconds: it changes no verdict. */
const PATIENCE_MS = 3_000

/**
 * Finds the search domain of each name that was found through one. `getaddrinfo` does not tell, so the name is looked up as it
 * stands, and if that leads elsewhere, with each search domain in turn. What /etc/hosts says of a name leads to none of them. A
 * machine without search domains asks nothing.
 *
 * @param named the addresses that each name has led to; no name with a final dot
 * @param endsAt when the run is over at the latest, on the clock of `performance.now()`
 */
export async function findSearchDomains(
  named: ReadonlyMap<string, readonly string[]>,
  env: NodeJS.ProcessEnv,
  { lookUp }: Pick<Lookups, 'lookUp'>,
  signal: AbortSignal,
  endsAt: number,
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const domains = named.size === 0 ? [] : await listSearchDomains(env)
  if (domains.length === 0) return found
  await withDeadline(signal, Math.min(endsAt, performance.now() + PATIENCE_MS), (ending) =>
    forEach([...named], MOST_LOOKUPS, async ([name, addresses]) => {
      const leadsThere = async (whole: string) => {
        const others = ending.aborted ? [] : await lookUp(`${whole}.`, 0, ending).catch(() => [])
        return others.some((address) => addresses.includes(address))
      }
      if (await leadsThere(name)) return
      for (const domain of domains) {
        if (!(await leadsThere(`${name}.${domain}`))) continue
        found.set(name, domain)
        return
      }
    }),
  )
  return found
}

async function listSearchDomains({ LOCALDOMAIN }: NodeJS.ProcessEnv): Promise<string[]> {
  const text = await readFile(CONFIGURATION, 'utf8').catch(() => undefined)
  if (text === undefined) return []
  return readSearchDomains(text, hostname(), LOCALDOMAIN)
}

/**
 * The domains that are appended to names, in their order (resolv.conf(5)): those of the environment, else of the last line that
 * names any, else the domain of this machine's own name.
 *
 * @param text of resolv.conf
 * @param local `LOCALDOMAIN`
 */
export function readSearchDomains(text: string, host: string, local?: string): string[] {
  const lines = [...text.matchAll(/^(?:search|domain)[ \t]+(.*)$/gm)]
  const [, ownDomain = ''] = /^[^.]*\.(.*)$/.exec(host) ?? []
  const written = local ?? lines.at(-1)?.[1] ?? ownDomain
  return written
    .split(/\s+/)
    .map((domain) => domain.replace(/\.$/, ''))
    .filter((domain) => domain !== '')
    .slice(0, MOST_DOMAINS)
}
