/** Reports that were lost, doubled, cut off, changed or taken from elsewhere: nothing of that ever passes for a scan. */
import { expect, test } from 'vitest'
import { type Judgement, judge } from '../../src/judge/judge.ts'
import type { Finding, ScanResult, Unseen } from '../../src/model.ts'
import { createExcludes } from '../../src/policy/exclude.ts'
import { listPorts } from '../../src/port-ranges.ts'
import { toFindingJson } from '../../src/report/report-json.ts'
import { Unusable } from '../../src/unusable.ts'
import { type Drawn, drawPlan } from './drawn-plan.ts'
import { type Arrived, befall, FATES, type Fate } from './history.ts'
import { mergeTexts } from './merging.ts'
import { createChance } from './random.ts'
import { see, type World } from './seen.ts'

/** Histories that are drawn. By hand: 10,000 of them, from other seeds. */
const HISTORIES = Number(process.env.HISTORIES ?? 150)
const SEED = Number(process.env.SEED ?? 19)

const merge = ({ drawn, arrived }: History) =>
  mergeTexts(
    drawn.file,
    arrived.map(({ text }) => text),
  )

interface History {
  drawn: Drawn
  world: World
  arrived: Arrived[]
}

async function drawHistory(seed: number): Promise<History> {
  const chance = createChance(seed)
  const drawn = await drawPlan(chance)
  const world: World = {
    seed,
    vantage: 0,
    canary: chance.is(0.85) ? 'open' : 'filtered',
    hasIpv6: chance.is(0.5),
    excludes: createExcludes(drawn.loaded.policy),
  }
  // A third of all histories are good, in a way or another.
  const fates: readonly Fate[] = chance.is(0.35) ? ['whole', 'doubled', 'attempt'] : FATES
  const arrived = Array.from({ length: drawn.file.shards }, (_, index) =>
    befall(chance.is(0.5) ? 'whole' : chance.pick(fates), index + 1, drawn, world, chance),
  ).flat()
  return { drawn, world, arrived }
}

/** Ports of an address of an endpoint, as a key: sets of them are compared. */
type Pairs = Map<string, Set<number>>

function addTo(pairs: Pairs, key: string, ports: Iterable<number>): void {
  const known = pairs.get(key) ?? new Set()
  for (const port of ports) known.add(port)
  pairs.set(key, known)
}

function count(pairs: Pairs): number {
  return [...pairs.values()].reduce((sum, { size }) => sum + size, 0)
}

/** Pairs that the plan has, how many of them the newest reports that can be used say nothing of, and those reports. */
function listPairs({ drawn, world, arrived }: History): { lost: number; newest: ScanResult[] } {
  const planned: Pairs = new Map()
  const covered: Pairs = new Map()
  for (const { environment, endpoint, addresses = [], ports } of drawn.plan.endpoints) {
    for (const address of addresses.filter((one) => !world.excludes(one)))
      addTo(planned, `${environment} ${endpoint.text} ${address}`, ports)
  }
  const newest = new Map<number, NonNullable<Arrived['use']>>()
  for (const { use } of arrived) {
    if (use && (newest.get(use.index)?.attempt ?? 0) < use.attempt) newest.set(use.index, use)
  }
  const scans = [...newest.values()].map(({ scan }) => scan)
  for (const { hosts } of scans) {
    for (const { environment, endpoint, address, open, closed, filtered, unknown } of hosts) {
      const key = `${environment} ${endpoint} ${address}`
      addTo(
        covered,
        key,
        open.map(({ port }) => port),
      )
      for (const { ports } of [...closed, ...filtered, ...unknown]) addTo(covered, key, listPorts(ports))
    }
  }
  // A shard that has no way to an address has only some of its ports.
  let left = count(planned) - count(covered)
  for (const { part, scan } of newest.values()) {
    for (const { environment, endpoint, address = '' } of scan.unseen) {
      const own = part.endpoints.filter(
        (planned) => planned.environment === environment && planned.endpoint.text === endpoint,
      )
      for (const { addresses, ports } of own) if (addresses?.includes(address)) left -= ports.length
    }
  }
  return { lost: left, newest: scans }
}

/** What one run by itself says, where no attempt saw anything else. */
function judgeAlone({ drawn, world }: History): Judgement {
  const { loaded, plan, file, unresolved } = drawn
  const scan = see(plan, world)
  const gone = unresolved.map((one): Unseen => ({ ...one, kind: 'unresolved' }))
  return judge({
    ...loaded,
    plan,
    scan: { ...scan, unseen: [...gone, ...scan.unseen] },
    now: new Date(file.createdAt),
  })
}

const inWords = (findings: Finding[]) =>
  findings.map((finding) => JSON.stringify(toFindingJson(finding))).sort()

test(`${HISTORIES} histories: what was not scanned never passes, and what was is judged as by one run`, {
  timeout: 3_600_000,
}, async () => {
  const tally = { refused: 0, missing: 0, alike: 0, split: 0, unused: 0, disagreeing: 0 }
  for (let number = 0; number < HISTORIES; number++) {
    const seed = SEED * 1_000_000 + number
    const history = await drawHistory(seed)
    const about = `SEED=${SEED}, history ${number}`
    if (history.arrived.some(({ isForeign }) => isForeign)) {
      await expect(merge(history), about).rejects.toThrow(Unusable)
      tally.refused += 1
      continue
    }
    const { lost, newest } = listPairs(history)
    const { report, said } = await merge(history)
    const missing = report.findings.filter(({ id }) => id === 'missing-shard')
    expect(missing.length > 0, about).toBe(lost > 0)
    const pairs = missing.reduce((sum, { args }) => sum + ('pairs' in args ? args.pairs : 0), 0)
    expect(pairs, about).toBe(lost)
    expect(said.length, about).toBe(history.arrived.filter(({ use }) => !use).length)
    if (said.length > 0) tally.unused += 1
    if (lost > 0) {
      tally.missing += 1
      expect(report.verdict, about).not.toBe('pass')
      continue
    }
    if (report.shards?.some(({ disagrees }) => disagrees.length > 0)) tally.disagreeing += 1
    const isOneView = history.arrived.every(({ use }) => use?.attempt !== 2)
    if (!isOneView) {
      // The newest attempt counts: each port that it saw open is open, and no other.
      const open = newest.reduce(
        (sum, { hosts }) => sum + hosts.reduce((all, { open }) => all + open.length, 0),
        0,
      )
      expect(
        report.hosts.reduce((sum, { ports }) => sum + ports.open.length, 0),
        about,
      ).toBe(open)
      continue
    }
    const alone = judgeAlone(history)
    expect(inWords(report.findings), about).toEqual(inWords(alone.findings))
    expect([report.verdict, report.hosts], about).toEqual([alone.verdict, alone.hosts])
    expect({ ...report.coverage, probes: 0 }, about).toEqual({ ...alone.coverage, probes: 0 })
    tally.alike += 1
    if (newest.reduce((sum, { hosts }) => sum + hosts.length, 0) > report.hosts.length) tally.split += 1
  }
  if (process.env.HISTORIES) console.log(tally)
  // A test in which one of these never happens shows nothing of it.
  if (HISTORIES >= 150)
    for (const [name, count] of Object.entries(tally)) expect(count, name).toBeGreaterThan(3)
})
