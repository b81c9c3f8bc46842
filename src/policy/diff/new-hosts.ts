import { indexBlocks, readAddress, readBlock } from './blocks.ts'
import type { Pairing, Scope } from './scopes.ts'
import type { Subject } from './subjects.ts'

/** Finds out whether a subject is one host that only the second policy scans. */
export function findNewHosts({ runs: [whole] }: Pairing): (subject: Subject) => boolean {
  let indexes: [Scanned, Scanned] | undefined
  return (subject) => {
    if (subject.kind !== 'name' && subject.kind !== 'address') return false
    indexes ??= [indexHosts(whole?.strict ?? []), indexHosts(whole?.lax ?? [])]
    const [before, after] = indexes
    // A name may have led to any address.
    const mayBeOld = before.scans(subject) || (subject.kind === 'address' && before.hasNames)
    return after.scans(subject) && !mayBeOld
  }
}

/** The hosts that some scopes scan. */
interface Scanned {
  scans(subject: Subject): boolean
  hasNames: boolean
}

function indexHosts(scopes: Scope[]): Scanned {
  const hosts = new Set<string>()
  const blocks = new Set<string>()
  let hasNames = false
  // Environments may share one list.
  for (const endpoints of new Set(scopes.map((scope) => scope.endpoints))) {
    for (const { kind, host } of endpoints) {
      if (kind === 'cidr') blocks.add(host)
      else hosts.add(host)
      hasNames ||= kind === 'name'
    }
  }
  const index = indexBlocks([...blocks].map((cidr) => ({ block: readBlock(cidr) })))
  const scans = (subject: Subject) => {
    if (subject.kind === 'name') return hosts.has(subject.name)
    if (subject.kind !== 'address') return false
    return hosts.has(subject.address) || index.overlapping(readAddress(subject.address)).length > 0
  }
  return { scans, hasNames }
}
