import { type Catalogue, canonicalService, guessAt } from '../catalogue/catalogue.ts'
import { type Answer, fitService } from '../catalogue/satisfies.ts'
import { suggestDocuments } from '../judge/documents.ts'
import type { HostCase } from '../judge/host.ts'
import { answerOf } from '../judge/services.ts'
import type { OpenPort, RiskyAllowances, Suggestion } from '../model.ts'
import type { NewAllowance } from './suggestions.ts'

/** What a suggested allowance of a risky port carries, whatever the policy asks for. */
const DOCUMENTED: RiskyAllowances = { from: 'high', need: ['reason', 'owner', 'expires'] }

/** An open port, and what an allowance would say of it. */
export interface FoundPort {
  port: number
  /** By the catalogue's name, where it was recognised; never a guess. */
  service?: string
  /** What answered, as the catalogue takes it, and its name for people. */
  answer: Answer
  answered: string
}

/** Makes allowances of open ports. */
export function createAllowances(
  catalogue: Catalogue,
  demands: RiskyAllowances | undefined,
  now: Date,
): { find(about: HostCase, open: OpenPort): FoundPort; write(found: FoundPort[]): NewAllowance[] } {
  const document = (port: number, service?: string): Suggestion['documents'] => {
    const allowance = { ports: [{ from: port, to: port }], ...(service === undefined ? {} : { service }) }
    const [own, asked] = [DOCUMENTED, demands].map((one) => suggestDocuments(allowance, one, catalogue, now))
    return joinDocuments([...(own ?? []), ...(asked ?? [])])
  }
  return {
    find: (about, open) => {
      const service = nameService(about, open)
      return {
        port: open.port,
        ...(service === undefined ? {} : { service }),
        answer: answerOf(open),
        answered: describe(catalogue, open),
      }
    },
    write: (found) => joinRanges(mergePorts(catalogue, found, document)),
  }
}

/** The service to be named: one that the catalogue has, and that what answered is. */
function nameService({ planned, catalogue }: HostCase, open: OpenPort): string | undefined {
  if (open.service === undefined || !planned.scan.identify) return undefined
  const service = canonicalService(open.service)
  const isNamed = catalogue.byService.has(service)
  return isNamed && fitService(catalogue, answerOf(open), service) === 'fits' ? service : undefined
}

/** `OpenSSH 9.2p1`: what it calls itself, else what it is, else what the port usually is. */
function describe(catalogue: Catalogue, { port, service, product }: OpenPort): string {
  const name = service === undefined ? undefined : (catalogue.byService.get(service)?.name ?? service)
  const called = product?.replace(/[_/](?=\d)/, ' ')
  // Some tell their version alone.
  if (called) return /[a-z]{2}/i.test(called) || name === undefined ? called : `${name} ${called}`
  if (name !== undefined) return name
  const usual = guessAt(catalogue, port)
  return usual ? `service not identified; usually ${usual.name}` : 'service not identified'
}

/** The details that an allowance for a port and service must carry. */
type Document = (port: number, service?: string) => NewAllowance['documents']

/**
 * One allowance a port, or one for each service of it. If nothing was identified on one of the addresses of a name, no service is
 * named: the silent one would be a doubt.
 */
function mergePorts(catalogue: Catalogue, found: FoundPort[], document: Document): NewAllowance[] {
  const byPort = new Map<number, FoundPort[]>()
  for (const one of found) byPort.set(one.port, [...(byPort.get(one.port) ?? []), one])
  return [...byPort]
    .sort(([a], [b]) => a - b)
    .flatMap(([port, all]) => {
      const services = listServices(catalogue, all)
      return services.map((service): NewAllowance => {
        const told = all.filter((one) => mayBe(catalogue, one, service))
        // What answers by another name is as risky as it is, whatever carries it.
        const risks = [service, ...told.map((one) => one.service)]
        return {
          port: String(port),
          ...(service === undefined ? {} : { service }),
          documents: joinDocuments([...new Set(risks)].flatMap((one) => document(port, one))),
          answered: [...new Set(told.map(({ answered }) => answered))],
        }
      })
    })
}

/** The fewest services that all that was found fits: Elasticsearch is HTTP as well. */
function listServices(catalogue: Catalogue, all: FoundPort[]): (string | undefined)[] {
  const told = all.flatMap(({ service }) => service ?? [])
  if (told.length < all.length) return [undefined]
  let services = [...new Set(told)].sort()
  for (const service of services) {
    const others = services.filter((one) => one !== service)
    if (all.every((one) => others.some((other) => mayBe(catalogue, one, other)))) services = others
  }
  return services
}

/** Whether what was found is what an allowance asks for, if it asks for a service. */
export function mayBe(catalogue: Catalogue, { answer }: FoundPort, service: string | undefined): boolean {
  return service === undefined || fitService(catalogue, answer, service) === 'fits'
}

/** At least this many ports in a row are written as a range, if nothing else is known about them. */
const LEAST_RANGE = 3

function joinRanges(allowances: NewAllowance[]): NewAllowance[] {
  const runs: NewAllowance[][] = []
  for (const one of allowances) {
    const run = runs.at(-1)
    if (run && continues(run.at(-1) as NewAllowance, one)) run.push(one)
    else runs.push([one])
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)] as [NewAllowance, NewAllowance]
    return run.length < LEAST_RANGE ? run : { ...first, port: `${first.port}-${last.port}` }
  })
}

function continues(before: NewAllowance, next: NewAllowance): boolean {
  const isBare = ({ service, documents }: NewAllowance) => service === undefined && documents.length === 0
  return (
    isBare(before) &&
    isBare(next) &&
    Number(next.port) === Number(before.port) + 1 &&
    String(next.answered) === String(before.answered)
  )
}

/** Each key once; of two days the nearer one. */
function joinDocuments(documents: Suggestion['documents']): Suggestion['documents'] {
  const joined = new Map<string, string>()
  for (const { key, value } of documents) {
    const known = joined.get(key)
    if (known === undefined || value < known) joined.set(key, value)
  }
  return [...joined].map(([key, value]) => ({ key, value }))
}
