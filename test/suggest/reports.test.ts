import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { judge } from '../../src/judge/judge.ts'
import { findUnused } from '../../src/judge/unused.ts'
import type { Finding, ScanPlan, ScanResult } from '../../src/model.ts'
import type { Side } from '../../src/policy/diff/loss.ts'
import { readSource } from '../../src/policy/source.ts'
import { inRanges, toRanges } from '../../src/port-ranges.ts'
import { createPortgateReader } from '../../src/read/formats/portgate.ts'
import type { StatedGap, StatedHost } from '../../src/read/reading.ts'
import { toFindingJson } from '../../src/report/report-json.ts'
import { prunePolicy } from '../../src/suggest/prune.ts'
import { joinReports } from '../../src/suggest/reports.ts'
import { suggest } from '../../src/suggest/suggest.ts'
import { writePolicy } from '../../src/suggest/write-policy.ts'
import { readSide } from '../policy/diff/side.ts'
import { judgeWorld, NOW, PORTS, planRun, scanWorld, type World, world } from './worlds.ts'
import { writtenPolicy } from './written-policies.ts'

/** Networks that are drawn. By hand: 10,000 of them. */
const WORLDS = Number(process.env.WORLDS ?? 60)
const DRAW = { numRuns: WORLDS, seed: Number(process.env.SEED ?? 4242) }

const NOTHING = readSide('version: 1\n')

/** What the reader makes of the report.json of a scan. */
function report(side: Side, plan: ScanPlan, scan: ScanResult) {
  const { hosts, findings } = judge({ ...side, plan, scan, now: NOW })
  const json = {
    schemaVersion: 1,
    tool: { name: 'portgate', version: '1' },
    startedAt: NOW.toISOString(),
    finishedAt: NOW.toISOString(),
    hosts,
    findings: findings.map(toFindingJson),
  }
  const stated: { hosts: StatedHost[]; gaps: StatedGap[] } = { hosts: [], gaps: [] }
  const reader = createPortgateReader({
    scan: () => {},
    host: (host) => stated.hosts.push(host),
    gap: (gap) => stated.gaps.push(gap),
  })
  reader.write(JSON.stringify(json))
  reader.end()
  return stated
}

function planOrFail(side: Side, endpoints: string[]): ScanPlan {
  const plan = planRun(side, endpoints, PORTS)
  if (!plan) throw new Error('no plan')
  return plan
}

/** The same network on other days: of each address what another one was like. */
const days = fc.tuple(world, fc.array(fc.nat({ max: 40 }), { maxLength: 2 })).map(([one, shifts]) => {
  const addresses = Object.keys(one.hosts)
  const later = shifts.map((shift): World => {
    const hosts = addresses.map((address, index) => {
      const other = index % 3 === 0 ? addresses[(index + shift) % addresses.length] : address
      return [address, one.hosts[other as string]] as const
    })
    return { ...one, hosts: Object.fromEntries(hosts) as World['hosts'] }
  })
  return [one, ...later]
})

describe('a policy suggested from reports', { timeout: 30_000 + WORLDS * 100 }, () => {
  it('is for one report what it is for its scan', () => {
    const check = (drawn: World) => {
      // A range of ports on which something else answers is told from a scan alone; a report leaves the host out.
      const hosts = Object.entries(drawn.hosts).filter(([, { kind }]) => kind !== 'run')
      const one = { ...drawn, hosts: Object.fromEntries(hosts) }
      const plan = planOrFail(NOTHING, one.endpoints)
      const scan = scanWorld(one, plan)
      const { scan: read } = joinReports([report(NOTHING, plan, scan)], plan.endpoints, 'in-all')
      const [ofScan, ofReport] = [scan, read].map((seen) => {
        const suggestions = suggest({ ...NOTHING, plan, scan: seen, now: NOW })
        return parse(writePolicy(suggestions, { ports: toRanges(PORTS) }, 'it'))
      })
      expect(ofReport).toEqual(ofScan)
    }
    fc.assert(fc.property(world, check), DRAW)
  })

  it('allows what was open in each that has seen it', () => {
    let allowed = 0
    const check = (all: World[]) => {
      const plan = planOrFail(NOTHING, all[0]?.endpoints ?? [])
      const scans = all.map((one) => scanWorld(one, plan))
      const reports = scans.map((scan) => report(NOTHING, plan, scan))
      const { scan } = joinReports(reports, plan.endpoints, 'in-all')
      const { hosts } = suggest({ ...NOTHING, plan, scan, now: NOW })
      for (const { kind, host, allow } of hosts) {
        for (const { port } of allow) {
          const [from = 0, to = from] = port.split('-').map(Number)
          const seen = scans.flatMap((one) =>
            one.hosts.filter((each) => (kind === 'name' ? each.host : each.address) === host),
          )
          for (let at = from; at <= to; at++) {
            allowed++
            // On some address of it, every time that this answered.
            const isSteady = [...new Set(seen.map(({ address }) => address))].some((address) => {
              const own = seen.filter(
                (each) => each.address === address && each.open.length + each.closed.length > 0,
              )
              const isShut = own.some(({ closed, filtered }) =>
                [...closed, ...filtered].some(({ ports }) => inRanges(ports, at)),
              )
              return !isShut && own.some(({ open }) => open.some((each) => each.port === at))
            })
            if (!isSteady) expect.fail(`${host} ${at}\n${JSON.stringify(seen, null, 1)}`)
          }
        }
      }
    }
    fc.assert(fc.property(days, check), DRAW)
    expect(allowed).toBeGreaterThan(WORLDS)
  })
})

describe('what reports have not needed', { timeout: 30_000 + WORLDS * 100 }, () => {
  it('can be removed without a word from any of them, and for one report is what it calls unused', () => {
    let removals = 0
    const check = (drawn: World[], text: string) => {
      const { source } = readSource(Buffer.from(text), 'policy.yml')
      const before = readIfValid(text)
      fc.pre(before !== undefined)
      const side = before as Side
      const plan = planRun(side, [], PORTS)
      if (!plan) return
      const all = drawn.map((one) => settle(one, plan))
      const scans = all.map((one) => scanWorld(one, plan))
      const reports = scans.map((scan) => report(side, plan, scan))
      const joined = joinReports(reports, plan.endpoints, 'in-any')
      const unused = findUnused({ ...side, plan, scan: joined.scan, now: NOW })
      const { text: pruned, removed } = prunePolicy(source, side.policy, unused)
      const show = (what: unknown) => `${text}---\n${pruned}---\n${JSON.stringify(what, null, 1)}`
      const after = readIfValid(pruned)
      if (!after) return expect.fail(show('invalid'))
      removals += removed.length
      if (removed.length === 0) expect(pruned).toBe(text)
      const planAfter = planRun(after, [], PORTS) as ScanPlan
      for (const one of all) {
        const was = listGrave(judgeWorld(one, side, plan))
        const added: string[] = listGrave(judgeWorld(one, after, planAfter)).filter(
          (each) => !was.includes(each),
        )
        if (added.length > 0) expect.fail(show(added))
      }
      const [only] = all.length === 1 ? all : []
      if (!only) return
      const told = judgeWorld(only, side, plan).filter(({ id }) => id === 'unused-allowance')
      const places = (of: { place?: { line: number; column: number } }[]) =>
        of.map(({ place }) => `${place?.line}:${place?.column}`).sort()
      expect(places(unused), show('unused')).toEqual(places(told))
    }
    fc.assert(fc.property(days, writtenPolicy, check), DRAW)
    expect(removals).toBeGreaterThan(WORLDS / 10)
  })
})

function listGrave(findings: Finding[]): string[] {
  return findings.filter(({ kind }) => kind !== 'note').map(({ fingerprint }) => fingerprint)
}

/** A network in which the endpoints of a plan are, and most of them can be seen. */
function settle(one: World, { endpoints }: ScanPlan): World {
  const addresses = Object.keys(one.hosts)
  const names: [string, string[]][] = endpoints.map(({ endpoint }, index) => [
    endpoint.host,
    [addresses[index] ?? '10.0.0.0'],
  ])
  const hosts = Object.entries(one.hosts).map(([address, host], index) => {
    return [
      address,
      index % 5 === 0 && host.kind !== 'run' ? host : { ...host, kind: 'normal' as const },
    ] as const
  })
  return { ...one, names: Object.fromEntries(names), hosts: Object.fromEntries(hosts) }
}

function readIfValid(text: string): Side | undefined {
  try {
    return readSide(text)
  } catch {
    return undefined
  }
}
