/** How many ports were reported, and how many of them wrongly, by the kind of network and by the port's true state. */

export interface Count {
  ports: number
  missed: number
}

export type Tallies = Record<string, Record<string, Count>>

export function countPorts(tallies: Tallies, label: string, truth: string, { ports, missed }: Count): void {
  tallies[label] ??= {}
  tallies[label][truth] ??= { ports: 0, missed: 0 }
  tallies[label][truth].ports += ports
  tallies[label][truth].missed += missed
}

export function addTallies(to: Tallies, more: Tallies): void {
  for (const [label, tally] of Object.entries(more)) {
    for (const [truth, count] of Object.entries(tally)) countPorts(to, label, truth, count)
  }
}

/** A table of the networks with one peculiarity, and of those with several. */
export function describeTallies(tallies: Tallies): string {
  const rows: Tallies = {}
  for (const [label, tally] of Object.entries(tallies))
    addTallies(rows, { [label.includes(' + ') ? 'several of these' : label]: tally })
  const describe = (row: string, truth: string) => {
    const { ports, missed } = rows[row]?.[truth] ?? { ports: 0, missed: 0 }
    return `${missed}/${ports}`.padStart(16)
  }
  const lines = Object.keys(rows)
    .sort()
    .map(
      (row) =>
        `  ${row.padEnd(30)}${['open', 'closed', 'filtered'].map((truth) => describe(row, truth)).join('')}`,
    )
  const head = `  ${'ports missed, of all that are'.padEnd(30)}${['open', 'closed', 'filtered'].map((truth) => truth.padStart(16)).join('')}`
  return [head, ...lines].join('\n')
}
