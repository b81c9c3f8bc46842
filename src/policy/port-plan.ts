import { type Catalogue, cataloguePorts, commonPorts } from '../catalogue/catalogue.ts'
import type { HostRule, PortRange, PortSelection } from '../model.ts'
import { mergeRanges, toRanges } from './ports.ts'

/** The ports of an endpoint: how many, and their list, which is made when it is asked for. */
export interface PortList {
  count: number
  list(): number[]
}

/**
 * Ports of selections and of what must be looked at beside them. Equal ones give the same array, so that a block of hosts
 * shares one; each rule is read once, however many hosts it holds for.
 */
export function createPortLists(catalogue: Catalogue) {
  const numbers = new Map<unknown, number>()
  const known = new Map<string, PortList>()
  const lists = new Map<string, number[]>()
  const binding = createBinding()
  const numberOf = (thing: unknown) => {
    const number = numbers.get(thing) ?? numbers.size
    numbers.set(thing, number)
    return number
  }
  const make = (ranges: PortRange[]): PortList => {
    let made: number[] | undefined
    const list = () => {
      const name = ranges.map(({ from, to }) => `${from}-${to}`).join()
      const known = lists.get(name) ?? listPorts(ranges)
      lists.set(name, known)
      return known
    }
    return {
      count: ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0),
      list() {
        made ??= list()
        return made
      },
    }
  }
  return (
    selection: PortSelection,
    urlPort: number | undefined,
    groups: readonly (readonly HostRule[])[],
  ): PortList => {
    const parts = groups.flatMap((rules) => binding.ofAll(rules))
    const name = [numberOf(selection), urlPort ?? '', ...parts.map(numberOf)].join()
    const more = urlPort === undefined ? [] : [{ from: urlPort, to: urlPort }]
    const ports =
      known.get(name) ??
      make(mergeRanges([...selectedRanges(selection, catalogue), ...more, ...parts.flat()]))
    known.set(name, ports)
    return ports
  }
}

/** What rules bind, each once; none for those that bind nothing. */
function createBinding() {
  const ofRules = new Map<HostRule, PortRange[]>()
  const ofLists = new Map<readonly HostRule[], PortRange[][]>()
  const ofRule = (rule: HostRule) => {
    const ranges = ofRules.get(rule) ?? listBindingPorts(rule)
    ofRules.set(rule, ranges)
    return ranges
  }
  return {
    /** Of a list that endpoints share, as one; else rule by rule. */
    ofAll(rules: readonly HostRule[]): PortRange[][] {
      if (rules.length <= FEW_RULES) return rules.map(ofRule).filter(({ length }) => length > 0)
      const merged = ofLists.get(rules) ?? [mergeRanges(rules.flatMap(ofRule))]
      ofLists.set(rules, merged)
      return merged.filter(({ length }) => length > 0)
    },
  }
}

/** Up to so many rules of an endpoint are told apart: what it has in common with others is found by them. */
const FEW_RULES = 100

/** What must be open or must never be is looked at, whatever else is scanned. */
export function listBindingPorts({ allow, deny }: HostRule): PortRange[] {
  return [...allow.filter(({ required }) => required), ...deny].flatMap(({ ports }) => ports)
}

/** The ports of a selection, in the order in which it names them. */
export function selectedRanges(selection: PortSelection, catalogue: Catalogue): PortRange[] {
  if (selection === 'common') return toRanges(commonPorts(catalogue))
  if (selection === 'catalogue') return toRanges(cataloguePorts(catalogue))
  return selection === 'all' ? [{ from: 1, to: 65_535 }] : selection
}

function listPorts(ranges: PortRange[]): number[] {
  const ports: number[] = []
  for (const { from, to } of ranges) for (let port = from; port <= to; port++) ports.push(port)
  return ports
}
