import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { PolicyChange } from '../../../src/model.ts'
import { diffPolicies } from '../../../src/policy/diff/diff.ts'
import { matcherText, parseHostKey } from '../../../src/policy/hosts.ts'
import { type Host, listLost, matches, readMeaning } from './brute-force.ts'
import { type RandomPolicy, randomPair, randomPolicy, rewrite } from './random-policies.ts'
import { readSide } from './side.ts'

/** A port of every selection here: by it a host is seen to be scanned. */
const ALWAYS = 80

/** Names that the keys name, and for each pattern and block one that nothing more specific matches. */
const HOSTS: Host[] = [
  ...['a.ex.com', 'b.ex.com', 'c.a.ex.com', 'd.org', 'ax.ex.com', 'x.ex.com', 'x.a.ex.com'],
  ...['x.x.com', 'x.x.x.ex.com', 'x.x.x.x.x', 'ex.com'],
].map((name): Host => ({ name }))
for (const address of ['10.0.0.1', '10.0.0.6', '10.0.0.2', '10.0.0.5', '10.9.9.9']) HOSTS.push({ address })

/** Names with an address that rules may have as well. What is lost there is lost by the name or by the address. */
const RESOLVED: Host[] = [
  { name: 'a.ex.com', address: '10.0.0.1' },
  { name: 'x.ex.com', address: '10.0.0.5' },
  { name: 'b.ex.com', address: '10.9.9.9' },
]

const PORTS = [1, 22, 23, 79, 80, 81, 82, 83, 443, 1024, 1025, 7999, 8000, 8010, 8443, 50_000]

type Side = ReturnType<typeof readSide>

/** One point of the scan space, and what of it is lost between two policies. */
interface Point {
  environment?: string
  host: Host
  port: number
  /** What rules ask for by the first policy and not by the second. */
  lost: PolicyChange['part'][]
  /** Whether the first policy asks for it to be probed, and the second does not probe it. */
  isUnscanned: boolean
  /** Whether both policies scan the host. */
  isShared: boolean
}

/** What each change of the scan space can be called. */
const CALLED = {
  allow: ['allow'],
  widened: ['service', 'expires'],
  deny: ['deny'],
  require: ['require'],
} as const

/** The scan space of two policies: environments, hosts, and ports at which anything may begin or end. */
function listPoints(strict: Side, lax: Side, changes: PolicyChange[], hosts: Host[]): Point[] {
  const edges = changes.flatMap(({ ports }) =>
    ports ? [/^\d+/, /\d+$/].map((edge) => Number(edge.exec(ports)?.[0])) : [],
  )
  const ports = [...new Set([...PORTS, ...edges])]
  return pairEnvironments(strict, lax).flatMap((pair) =>
    hosts.flatMap((host) => {
      const { environment, from, to, others } = pair
      const [one, other] = [read(strict, host, from), read(lax, host, to)]
      const elsewhere = others.map((name) => read(lax, host, name))
      const isCompared = !pair.mixed || isComparedMixed(strict, lax, host, pair)
      return ports.map((port) => ({
        environment,
        host,
        port,
        lost: isCompared ? listLost(one(port), other(port)).flatMap((kind) => [...CALLED[kind]]) : [],
        isShared: one(ALWAYS).asked && other(ALWAYS).asked,
        isUnscanned: one(port).asked && !other(port).scanned && !elsewhere.some((read) => read(port).scanned),
      }))
    }),
  )
}

function read({ policy, catalogue }: Side, host: Host, environment?: string) {
  return readMeaning(policy, catalogue, environment, host)
}

/** Where one policy has environments and the other none, a host is compared where both scan it, or where it is new. */
function isComparedMixed(strict: Side, lax: Side, host: Host, { from, to, mixed }: EnvironmentPair): boolean {
  const scans = (side: Side, name?: string) => read(side, host, name)(ALWAYS).asked
  if (!mixed || !isNamed(host, strict, lax)) return true
  const [flat, scoped] = mixed.flat === 'strict' ? [strict, lax] : [lax, strict]
  if (!scans(flat) || scans(scoped, from ?? to)) return true
  return mixed.flat === 'lax' && !mixed.names.some((name) => scans(scoped, name))
}

/** An environment as it is called by the one policy and by the other. */
interface EnvironmentPair {
  environment?: string
  from?: string
  to?: string
  /** Those that may scan in its place. */
  others: string[]
  /** Which policy has no environments, and those of the other. */
  mixed?: { flat: 'strict' | 'lax'; names: string[] }
}

/** The environments that are held against each other. */
function pairEnvironments(strict: Side, lax: Side): EnvironmentPair[] {
  const listNames = ({ policy }: Side) => policy.environments.map(({ name }) => name)
  const [one, other] = [listNames(strict), listNames(lax)]
  if (one.length > 0 && other.length === 0) {
    const mixed = { flat: 'lax', names: one } as const
    return one.map((name) => ({ environment: name, from: name, others: [], mixed }))
  }
  if (one.length === 0 && other.length > 0) {
    const mixed = { flat: 'strict', names: other } as const
    return other.map((name) => ({ environment: name, to: name, others: other, mixed }))
  }
  return [undefined, ...other].map((name) => ({ environment: name, from: name, to: name, others: [] }))
}

/** Whether a change says something of a point. */
function concerns({ environments, hosts, ports, message }: PolicyChange, point: Point): boolean {
  const { environment, host, port } = point
  const isHere =
    environments === undefined ||
    (environment === undefined ? message.includes('outside of') : environments.includes(environment))
  const isHim = hosts === undefined || hosts.some((text) => matchesText(text, host))
  const isIt = ports?.split(',').some((range) => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return from <= port && port <= to
  })
  return isHere && isHim && isIt !== false
}

function matchesText(text: string, host: Host): boolean {
  const { value } = parseHostKey(text)
  return value !== undefined && matches(value, host)
}

/** Whether a point is one that a change of this kind is about. */
function proves(point: Point, { part }: PolicyChange): boolean {
  return part === 'ports' || part === 'endpoints' ? point.isUnscanned : point.lost.includes(part)
}

/** Whether the changes tell of what is lost at a point; a port that opens may be told by the denial that went. */
function isTold(changes: PolicyChange[], point: Point): boolean {
  const here = changes.filter((change) => concerns(change, point)).map(({ part }) => part)
  const isSaid = (...parts: PolicyChange['part'][]) => parts.some((part) => here.includes(part))
  if (point.isUnscanned && !isSaid('ports', 'endpoints')) return false
  if (point.lost.includes('require') && !isSaid('require')) return false
  return point.lost.every((part) => part === 'require') || isSaid('allow', 'service', 'expires', 'deny')
}

describe('of policies at random', () => {
  it.each(['loosened', 'tightened'] as const)('what is %s is what brute force finds', (direction) => {
    const check = ([one, other]: [RandomPolicy, RandomPolicy]) => {
      const [before, after] = [one, other].map((policy) => readSide(JSON.stringify(policy, null, 1))) as [
        Side,
        Side,
      ]
      const [strict, lax] = direction === 'loosened' ? [before, after] : [after, before]
      const changes = diffPolicies(before, after).filter((change) => change.direction === direction)
      const points = listPoints(strict, lax, changes, HOSTS)
      const isMixed = !one.environments !== !other.environments
      const resolved = isMixed ? [] : listPoints(strict, lax, changes, RESOLVED)
      const untold =
        points.find((point) => !isTold(changes, point)) ??
        resolved.find((point) => !isTold(changes, { ...point, isUnscanned: false }))
      expect({ untold, changes: untold && changes }).toEqual({})
      const removed = strict.policy.environments.filter(
        ({ name }) =>
          lax.policy.environments.length > 0 && !lax.policy.environments.some((other) => other.name === name),
      )
      expect(changes.filter(({ part }) => part === 'environments').length).toBe(removed.length)
      const unproved = changes.find((change) => !isProved(change, points))
      expect({ unproved }).toEqual({})
    }
    fc.assert(fc.property(randomPair, check), { numRuns: 150 })
  })

  it('nothing has changed where the same is written otherwise', () => {
    const numbers = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 50 })
    const check = (policy: RandomPolicy, numbers: number[]) => {
      let next = 0
      const again = stringify(rewrite(policy, () => numbers[next++ % numbers.length] as number))
      expect(diffPolicies(readSide(JSON.stringify(policy)), readSide(again))).toEqual([])
    }
    fc.assert(fc.property(randomPolicy, numbers, check), { numRuns: 100 })
  })
})

/**
 * Whether some point shows that a change is there. Environments have none, nor has what is set for the endpoints of a
 * workflow, which is told where the policies share no endpoint.
 */
function isProved(change: PolicyChange, points: Point[]): boolean {
  if (change.part === 'environments') return true
  const here = points.filter((point) => concerns(change, point))
  const isDefault = change.part === 'ports' && change.hosts === undefined
  return here.some((point) => proves(point, change)) || (isDefault && !here.some(({ isShared }) => isShared))
}

/** Whether a key is this host and no other. */
function isNamed(host: Host, ...sides: Side[]): boolean {
  const rules = sides.flatMap(({ policy }) => [policy, ...policy.environments].flatMap(({ hosts }) => hosts))
  return rules.some(
    ({ matcher: { kind }, matcher }) =>
      kind !== 'cidr' && !/[*?]/.test(matcherText(matcher)) && matches(matcher, host),
  )
}
