/** How many ports were missed, by the kind of network. */
import type { Tally } from './check.ts'

export type Tallies = Record<string, Tally>

export function addTallies(to: Tallies, more: Tallies): void {
  for (const [label, tally] of Object.entries(more)) {
    const own = (to[label] ??= {})
    for (const [truth, counts] of Object.entries(tally)) {
      const known = (own[truth] ??= { ports: 0, missed: 0 })
      known.ports += counts?.ports ?? 0
      known.missed += counts?.missed ?? 0
    }
  }
}

/** A table of the networks of one kind, and of all that have a trait among others. */
export function describeTallies(tallies: Tallies): string {
  const rows: Tallies = {}
  for (const [label, tally] of Object.entries(tallies)) {
    const traits = label.split(' + ')
    addTallies(rows, { [traits.length === 1 ? label : 'several of these']: tally })
  }
  const lines = Object.keys(rows)
    .sort()
    .map((label) => {
      const counts = Object.entries(rows[label] ?? {})
        .filter(([truth]) => !truth.includes('|'))
        .map(([truth, { ports, missed } = { ports: 0, missed: 0 }]) => `${truth} ${missed}/${ports}`)
      return `  ${label.padEnd(34)} ${counts.map((count) => count.padEnd(22)).join(' ')}`
    })
  return ['missed of all ports of a state, by what is particular about the network:', ...lines].join('\n')
}
