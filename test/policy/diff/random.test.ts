import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { memoize } from '../../../src/memo.ts'
import type { PolicyChange } from '../../../src/model.ts'
import { diffPolicies } from '../../../src/policy/diff/diff.ts'
import { parseHostKey } from '../../../src/policy/hosts.ts'
import { inRanges } from '../../../src/port-ranges.ts'
import { type Host, listLost, matches, readMeaning } from './brute-force.ts'
import { type RandomPolicy, randomPair, randomPolicy, rewrite } from './random-policies.ts'
import { readSide } from './side.ts'

/** Names that the keys name, and for each pattern and block one that nothing more specific matches. */
const HOSTS: Host[] = [
  ...['a.ex.com', 'b.ex.com', 'c.a.ex.com', 'd.org', 'ax.ex.com', 'x.ex.com', 'x.a.ex.com'],
  ...['x.x.com', 'x.x.x.ex.com', 'x.x.x.x.x', 'ex.com'],
].map((name): Host => ({ name }))
/** What a workflow names. */
const ANY: Host = {}
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
  /** Whether the first policy probes it, if only for the sake of a rule, and the second does not. */
  isLess: boolean
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
  return pairEnvironments(strict, lax).flatMap(({ environment, from, to, scannedBy }) =>
    hosts.flatMap((host) => {
      const [one, other] = [read(strict, host, from), read(lax, host, to)]
      const instead = host === ANY ? [other] : scannedBy.map((name) => read(lax, host, name))
      const isScanned = host === ANY || scannedBy.length > 0
      return ports.map((port) => ({
        environment,
        host,
        port,
        lost: listLost(one(port), other(port)).flatMap((kind) => [...CALLED[kind]]),
        isUnscanned: isScanned && one(port).asked && !instead.some((read) => read(port).scanned),
        isLess: isScanned && one(port).scanned && !instead.some((read) => read(port).scanned),
      }))
    }),
  )
}

function read({ policy, catalogue }: Side, host: Host, environment?: string) {
  return readMeaning(policy, catalogue, environment, host)
}

/** An environment, or what holds outside of any, as it is called by the one policy and by the other. */
interface EnvironmentPair {
  environment?: string
  from?: string
  to?: string
  /** Those that scan what the first policy scans there; none where that scans nothing. */
  scannedBy: (string | undefined)[]
}

/** All that are held against each other; one that is gone, though others are not, is told as a whole. */
function pairEnvironments(strict: Side, lax: Side): EnvironmentPair[] {
  const listNames = ({ policy }: Side) => policy.environments.map(({ name }) => name)
  const [one, other] = [listNames(strict), listNames(lax)]
  const everything = other.length > 0 ? other : [undefined]
  const kept = one.filter((name) => other.length === 0 || other.includes(name))
  return [
    { scannedBy: one.length > 0 ? [] : everything },
    ...kept.map((name) => ({
      environment: name,
      from: name,
      ...(other.length > 0 ? { to: name, scannedBy: [name] } : { scannedBy: everything }),
    })),
    ...other
      .filter((name) => !one.includes(name))
      .map((name) => ({ environment: name, to: name, scannedBy: [] })),
  ]
}

/** Whether a change says something of a point. */
function concerns({ environments, hosts, ports, message }: PolicyChange, point: Point): boolean {
  const { environment, host, port } = point
  const isHere =
    environments === undefined ||
    (environment === undefined ? message.includes('outside of') : environments.includes(environment))
  const isAny = message.includes('endpoints that a workflow names')
  const isHim =
    host === ANY
      ? hosts === undefined || isAny
      : hosts
        ? hosts.some((text) => matchesText(text, host))
        : !isAny
  return isHere && isHim && (ports === undefined || inRanges(rangesOf(ports), port))
}

// Each change is held against thousands of points.
const rangesOf = memoize((ports: string) =>
  ports.split(',').map((range) => {
    const [from = 0, to = from] = range.split('-').map(Number)
    return { from, to }
  }),
)

const readHostKey = memoize(parseHostKey)

function matchesText(text: string, host: Host): boolean {
  const { value } = readHostKey(text)
  return value !== undefined && matches(value, host)
}

/** Whether a point is one that a change of this kind is about. */
function proves(point: Point, { part }: PolicyChange): boolean {
  if (part === 'endpoints') return point.isUnscanned
  return part === 'ports' ? point.isLess : point.lost.includes(part)
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
      const points = listPoints(strict, lax, changes, [...HOSTS, ANY])
      const resolved = listPoints(strict, lax, changes, RESOLVED)
      const untold =
        points.find((point) => !isTold(changes, point)) ??
        resolved.find((point) => !isTold(changes, { ...point, isUnscanned: false }))
      expect({ untold, changes: untold && changes }).toEqual({})
      const removed = strict.policy.environments.filter(
        ({ name }) =>
          lax.policy.environments.length > 0 && !lax.policy.environments.some((other) => other.name === name),
      )
      const gone = changes.filter(
        ({ part, message }) => part === 'environments' && !message.startsWith('gives'),
      )
      expect(gone.length).toBe(removed.length)
      const unproved = changes.find((change) => !isProved(change, points))
      expect({ unproved }).toEqual({})
    }
    fc.assert(fc.property(randomPair, check), { numRuns: 80 })
  })

  it('nothing has changed where the same is written otherwise', () => {
    const numbers = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 50 })
    const check = (policy: RandomPolicy, numbers: number[]) => {
      let next = 0
      const again = stringify(rewrite(policy, () => numbers[next++ % numbers.length] as number))
      expect(diffPolicies(readSide(JSON.stringify(policy)), readSide(again))).toEqual([])
    }
    fc.assert(fc.property(randomPolicy, numbers, check), { numRuns: 60 })
  })
})

/** Whether some point shows that a change is there; environments, and hosts whose answers end a doubt, have none. */
function isProved(change: PolicyChange, points: Point[]): boolean {
  const endsDoubt = change.part === 'endpoints' && change.severity === 'info'
  return (
    change.part === 'environments' ||
    endsDoubt ||
    points.some((point) => concerns(change, point) && proves(point, change))
  )
}
