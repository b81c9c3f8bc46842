/** Hosts that are alike, in few words: `10.88.2.1-199`, `web{1..12}.example.com`. */
import { formatNumber } from '../numbers.ts'

/** A name whose first label has a number in it, or an address by its last octet. */
const NUMBERED = /^(?:(\d+\.\d+\.\d+\.)(\d{1,3})()|([^.:]*?)(\d{1,6})([^\d.:]*(?:\.[^:]*)?))$/

/** A run of hosts, or one of them: how it is written, and how many they are. */
interface Run {
  name: string
  hosts: number
}

/** Some hosts, at most so many runs of them by name: `10.88.2.1-199, 10.88.3.9, and 12 more`, which are hosts and not runs. */
export function nameHosts(names: readonly string[], most: number): string {
  return nameRuns(listHostRuns(names), most)
}

/** The same of runs that are known. */
export function nameRuns(runs: readonly Run[], most: number): string {
  const left = runs.slice(most).reduce((sum, { hosts }) => sum + hosts, 0)
  const named = runs.slice(0, most).map(({ name }) => name)
  return [...named, ...(left > 0 ? [`and ${formatNumber(left)} more`] : [])].join(', ')
}

/**
 * The names of some hosts, each run of consecutive numbers as one: addresses as nmap writes them (`10.88.2.1-199`), names as the
 * policy does (`web{1..12}.example.com`). In the order of the first of each.
 */
export function listHostRuns(names: readonly string[]): Run[] {
  const series = new Map<string, { before: string; after: string; numbers: number[] }>()
  const singles = new Map<string, undefined>()
  for (const name of new Set(names)) {
    const [, net, octet, , head, number, tail] = NUMBERED.exec(name) ?? []
    const digits = octet ?? number
    // A number with a leading zero is not written as a number.
    if (digits === undefined || String(Number(digits)) !== digits) {
      singles.set(name, undefined)
      continue
    }
    const before = net ?? head ?? ''
    const after = tail ?? ''
    const key = JSON.stringify([before, after, net !== undefined])
    const known = series.get(key)
    if (known) known.numbers.push(Number(digits))
    else series.set(key, { before, after, numbers: [Number(digits)] })
  }
  const runs = [...series.values()].flatMap(({ before, after, numbers }) =>
    listRuns(numbers).map(([from, to]) => ({ name: nameRun(before, from, to, after), hosts: to - from + 1 })),
  )
  return [...runs, ...[...singles.keys()].map((name) => ({ name, hosts: 1 }))]
}

function nameRun(before: string, from: number, to: number, after: string): string {
  if (from === to) return `${before}${from}${after}`
  return /^\d+\.\d+\.\d+\.$/.test(before) && after === ''
    ? `${before}${from}-${to}`
    : `${before}{${from}..${to}}${after}`
}

function listRuns(numbers: number[]): [from: number, to: number][] {
  const runs: [number, number][] = []
  for (const number of numbers.sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && number === last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  return runs
}
