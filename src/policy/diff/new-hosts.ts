import { indexBlocks, readAddress, readBlock } from './blocks.ts'
import type { Pairing, Scope } from './scopes.ts'
import type { Subject } from './subjects.ts'

/** Finds out whether a subject is one host that only the second policy scans. */
export function findNewHosts({ runs: [whole] }: Pairing): (subject: Subject) => boolean {
  const [before, after] = [whole?.strict ?? [], whole?.lax ?? []].map(indexHosts)
  return (subject) => {
    if (subject.kind !== 'name' && subject.kind !== 'address') return false
    return after?.(subject) === true && before?.(subject) === false
  }
}

/** Finds out whether some scope scans a host. */
function indexHosts(scopes: Scope[]): (subject: Subject) => boolean {
  const names = new Set<string>()
  const blocks = new Set<string>()
  // Environments may share one list.
  for (const endpoints of new Set(scopes.map((scope) => scope.endpoints))) {
    for (const { kind, host } of endpoints) {
      if (kind === 'cidr') blocks.add(host)
      else names.add(host)
    }
  }
  const index = indexBlocks([...blocks].map((cidr) => ({ block: readBlock(cidr) })))
  return (subject) => {
    if (subject.kind === 'name') return names.has(subject.name)
    if (subject.kind !== 'address') return false
    return names.has(subject.address) || index.overlapping(readAddress(subject.address)).length > 0
  }
}
