import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { PolicyChange } from '../../../src/model.ts'
import { diffPolicies } from '../../../src/policy/diff/diff.ts'
import { matcherText, parseHostKey } from '../../../src/policy/hosts.ts'
import { type Host, listLost, matches, readMeaning } from './brute-force.ts'
import { type RandomPolicy, randomPair, randomPolicy, rewrite } from './random-policies.ts'
import { readSide } from './side.ts'

/** Names that the keys name, and for each pattern and block one that nothing more specific matches. */
const HOSTS: Host[] = [
  ...['a.ex.com', 'b.ex.com', 'c.a.ex.com', 'd.org', 'ax.ex.com', 'x.ex.com', 'x.a.ex.com'],
  ...['x.x.com', 'x.x.x.ex.com', 'x.x.x.x.x', 'ex.com'],
].map((name): Host => ({ name }))
for (const address of ['10.0.0.1', '10.0.0.6', '10.0.0.2', '10.0.0.5', '10.9.9.9']) HOSTS.push({ address })

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
}

/** What each change of the scan space can be called. */
const CALLED = {
  allow: ['allow'],
  widened: ['service', 'expires'],
  deny: ['deny'],
  require: ['require'],
} as const

/** The scan space of two policies: environments, hosts, and ports at which anything may begin or end. */
function listPoints(strict: Side, lax: Side, changes: PolicyChange[]): Point[] {
  const edges = changes.flatMap(({ ports }) =>
    ports ? [/^\d+/, /\d+$/].map((edge) => Number(edge.exec(ports)?.[0])) : [],
  )
  const ports = [...new Set([...PORTS, ...edges])]
  return pairEnvironments(strict, lax).flatMap(({ environment, from, to, others, mixed }) =>
    HOSTS.flatMap((host) => {
      const read = ({ policy, catalogue }: Side, name?: string) => readMeaning(policy, catalogue, name, host)
      const [one, other] = [read(strict, from), read(lax, to)]
      const elsewhere = others.map((name) => read(lax, name))
      // Where one policy has environments and the other none, a host is compared where both scan it, or one that is new.
      // (Every selection here has port 80.)
      const [flat, scoped] = mixed?.flat === 'strict' ? [one, other] : [other, one]
      const isScanned = (name: string) => read(mixed?.flat === 'strict' ? lax : strict, name)(80).asked
      const isCompared =
        !mixed ||
        !isNamed(host, strict, lax) ||
        !flat(80).asked ||
        scoped(80).asked ||
        (mixed.flat === 'lax' && !mixed.names.some(isScanned))
      return ports.map((port) => ({
        environment,
        host,
        port,
        lost: isCompared ? listLost(one(port), other(port)).flatMap((kind) => [...CALLED[kind]]) : [],
        isUnscanned: one(port).asked && !other(port).scanned && !elsewhere.some((read) => read(port).scanned),
      }))
    }),
  )
}

/** The environments that are held against each other; `others` are those that may scan in place of one. */
function pairEnvironments(strict: Side, lax: Side) {
  const [one, other] = [strict, lax].map(({ policy }) => policy.environments.map(({ name }) => name)) as [
    string[],
    string[],
  ]
  const same = (name?: string) => ({ environment: name, from: name, to: name, others: [] as string[] })
  if (one.length > 0 && other.length === 0) {
    return one.map((name) => ({ ...same(name), to: undefined, mixed: { flat: 'lax', names: one } }))
  }
  if (one.length === 0 && other.length > 0) {
    return other.map((name) => ({
      ...same(name),
      from: undefined,
      others: other,
      mixed: { flat: 'strict', names: other },
    }))
  }
  return [same(), ...other.map(same)].map((pair) => ({ ...pair, mixed: undefined }))
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
      const points = listPoints(strict, lax, changes)
      const untold = points.find((point) => !isTold(changes, point))
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

/** Whether some point shows that a change is there; environments, and what is set for endpoints of a workflow, have no point. */
function isProved(change: PolicyChange, points: Point[]): boolean {
  if (change.part === 'environments') return true
  const isDefault = change.part === 'ports' && change.hosts === undefined
  return isDefault || points.some((point) => concerns(change, point) && proves(point, change))
}

/** Whether a key is this host and no other. */
function isNamed(host: Host, ...sides: Side[]): boolean {
  const rules = sides.flatMap(({ policy }) => [policy, ...policy.environments].flatMap(({ hosts }) => hosts))
  return rules.some(
    ({ matcher: { kind }, matcher }) =>
      kind !== 'cidr' && !/[*?]/.test(matcherText(matcher)) && matches(matcher, host),
  )
}
