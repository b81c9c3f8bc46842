/** What may become of the reports of shards between the machines that write them and the one that joins them. */
import type { ScanPlan, ScanResult } from '../../src/model.ts'
import { digestOf } from '../../src/shards/digest.ts'
import { takePart } from '../../src/shards/part.ts'
import { sealShard } from '../../src/shards/shard-file.ts'
import { cutIntoShares } from '../../src/shards/share.ts'
import { VERSION } from '../../src/version.ts'
import type { Drawn } from './drawn-plan.ts'
import type { Chance } from './random.ts'
import { see, type World } from './seen.ts'

/** A report as it arrives, and whether it can be used. */
export interface Arrived {
  text: string
  /** Undefined for one that cannot be used. */
  use?: { index: number; attempt: number; part: ScanPlan; scan: ScanResult }
  /** It is of another plan: all of it is refused. */
  isForeign?: true
}

/** What becomes of a report that was whole. */
export const FATES = [
  'whole',
  'lost',
  'doubled',
  'cut off',
  'empty',
  'stale',
  'foreign',
  'other version',
  'outside',
  'of another part',
  'edited',
  'host removed',
  'ports removed',
  'in two states',
  'attempt',
] as const

export type Fate = (typeof FATES)[number]

/** Writes the report of one shard, and lets a fate befall it. */
export function befall(fate: Fate, index: number, drawn: Drawn, world: World, chance: Chance): Arrived[] {
  const { file, plan } = drawn
  const shares = cutIntoShares(plan.endpoints, world.excludes, file.shards)
  const cut = { plan, shares }
  const part = takePart(cut, index)
  const scan = see(part, world)
  const name = { index, of: file.shards, digest: file.digest, attempt: 1, machine: 'a1' }
  const write = (seen: ScanResult, more: Partial<typeof name> = {}, version = VERSION) => {
    const shard = sealShard({ ...name, ...more }, seen, version)
    return JSON.stringify({
      schemaVersion: 1,
      tool: { name: 'portgate', version },
      verdict: 'inconclusive',
      shard,
    })
  }
  const whole: Arrived = { text: write(scan), use: { index, attempt: 1, part, scan } }
  const [host] = scan.hosts
  switch (fate) {
    case 'whole':
      return [whole]
    case 'lost':
      return []
    case 'doubled':
      return [whole, whole]
    case 'cut off':
      return [{ text: whole.text.slice(0, 1 + chance.below(whole.text.length - 2)) }]
    case 'empty':
      return [{ text: chance.is(0.5) ? '' : '\n' }]
    case 'stale':
      return [{ text: write({ ...scan, startedAt: new Date(Date.now() - 3_600_000) }) }]
    case 'foreign':
      return [whole, { text: write(scan, { digest: digestOf(index) }), isForeign: true }]
    case 'other version':
      return [{ text: write(scan, {}, '9.9.9') }]
    case 'outside': {
      const extra = {
        ...see(plan, world).hosts[0],
        endpoint: '198.51.100.1',
        address: '198.51.100.1',
      } as ScanResult['hosts'][0]
      return [{ text: write({ ...scan, hosts: [...scan.hosts, extra] }) }]
    }
    case 'of another part': {
      // Where there is only one shard, or both have nothing to do, it is its own.
      const other = (index % file.shards) + 1
      const theirs = see(takePart(cut, other), world)
      const isSame = JSON.stringify(theirs.hosts) === JSON.stringify(scan.hosts)
      // One that says nothing is not wrong.
      const isNothing = [...theirs.hosts, ...theirs.unseen, ...theirs.canaries, ...scan.canaries].length === 0
      if (isNothing) return [{ text: write(theirs), use: { index, attempt: 1, part, scan: theirs } }]
      return isSame ? [whole] : [{ text: write(theirs) }]
    }
    case 'edited':
      return [{ text: edit(whole.text, chance) }]
    case 'host removed': {
      const less = { ...scan, hosts: scan.hosts.slice(1) }
      return [{ text: write(less), use: { index, attempt: 1, part, scan: less } }]
    }
    case 'ports removed': {
      const closed = host?.closed.map((group) => ({ ...group, ports: group.ports.slice(1) })) ?? []
      const kept = closed.filter(({ ports }) => ports.length > 0)
      const less = {
        ...scan,
        hosts: scan.hosts.map((one) => (one === host ? { ...one, closed: kept } : one)),
      }
      return [{ text: write(less), use: { index, attempt: 1, part, scan: less } }]
    }
    case 'in two states': {
      const open = host?.open.map(({ port }) => ({ from: port, to: port })).slice(0, 1) ?? []
      if (!host || open.length === 0) return [{ text: '' }]
      const filtered = [...host.filtered, { ports: open, reason: 'no-response' as const }]
      return [
        {
          text: write({
            ...scan,
            hosts: scan.hosts.map((one) => (one === host ? { ...one, filtered } : one)),
          }),
        },
      ]
    }
    case 'attempt': {
      const again = see(part, { ...world, vantage: 1 + chance.below(1_000) })
      const second: Arrived = {
        text: write(again, { attempt: 2 }),
        use: { index, attempt: 2, part, scan: again },
      }
      return chance.is(0.5) ? [whole, second] : [second, whole]
    }
  }
}

/** Changes something by hand that a reader would miss. */
function edit(text: string, chance: Chance): string {
  const report = JSON.parse(text)
  const { shard } = report
  const { hosts } = shard.evidence
  const host = hosts.length > 0 ? chance.pick(hosts as ScanResult['hosts']) : undefined
  const edits: (() => void)[] = [
    () => (shard.attempt += 1),
    () => (shard.evidence.probes += 1),
    () => (shard.evidence.noHosts = [{ endpoint: 'a', address: 'b' }]),
    () => (shard.machine = 'b2'),
  ]
  if (host)
    edits.push(
      () => hosts.splice(0, 1),
      () => (host.answersEverywhere = !host.answersEverywhere),
      () => (host.open = host.open.length > 0 ? [] : [{ port: 1, reason: 'syn-ack' }]),
      () => (host.address = '192.0.2.77'),
    )
  chance.pick(edits)()
  return JSON.stringify(report)
}
