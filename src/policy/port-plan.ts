import { type Catalogue, cataloguePorts, commonPorts } from '../catalogue/catalogue.ts'
import type { HostRule, PortRange, PortSelection } from '../model.ts'
import { ALL_PORTS, countPorts, listPorts, mergeRanges, toRanges } from '../port-ranges.ts'
import type { Meter } from './label-match.ts'

/** The ports of an endpoint: how many, and their list, which is made when it is asked for. */
export interface PortList {
  count: number
  list(): number[]
}

/** Steps of the meter for joining one more range to others. */
const STEPS_A_RANGE = 25

/** Steps for each port in a list that no other endpoint shares: it is held until the run ends. */
const STEPS_A_PORT = 20

/**
 * Ports of selections, and those that must be probed besides: for rules of an endpoint's own, and for lists of them that it
 * shares with others. Equal ones give the same array, so that a block of hosts shares one; each rule is read once, however
 * many hosts it holds for.
 *
 * @param meter counts the steps of joining ranges, which hosts with different rules cannot share
 */
export function createPortLists(catalogue: Catalogue, meter: Meter) {
  const numbers = new Map<unknown, number>()
  const known = new Map<string, PortList>()
  const lists = new Map<string, number[]>()
  const binding = createBinding()
  const numberOf = (thing: unknown) => {
    const number = numbers.get(thing) ?? numbers.size
    numbers.set(thing, number)
    return number
  }
  const make = (written: PortRange[]): PortList => {
    meter.steps += written.length * STEPS_A_RANGE
    let ranges = mergeRanges(written)
    let made: number[] | undefined
    const count = countPorts(ranges)
    const list = () => {
      const name = ranges.map(({ from, to }) => `${from}-${to}`).join()
      const known = lists.get(name)
      const listed = known ?? listPorts(ranges)
      if (!known) meter.steps += count * STEPS_A_PORT
      lists.set(name, listed)
      ranges = []
      return listed
    }
    return {
      count,
      list() {
        made ??= list()
        return made
      },
    }
  }
  return (
    selection: PortSelection,
    urlPort: number | undefined,
    own: readonly HostRule[],
    shared: readonly (readonly HostRule[])[],
  ): PortList => {
    const parts = [...own.map(binding.ofRule), ...shared.map(binding.ofList)].filter(isNotEmpty)
    const name = [numberOf(selection), urlPort ?? '', ...parts.map(numberOf)].join()
    const more = urlPort === undefined ? [] : [{ from: urlPort, to: urlPort }]
    const ports = known.get(name) ?? make([...selectedRanges(selection, catalogue), ...more, ...parts.flat()])
    known.set(name, ports)
    return ports
  }
}

/** The ports that rules bind. Each rule, and each list that endpoints share, is read once. */
function createBinding() {
  const ofRules = new Map<HostRule, PortRange[]>()
  const ofLists = new Map<readonly HostRule[], PortRange[]>()
  const ofRule = (rule: HostRule) => {
    const ranges = ofRules.get(rule) ?? mergeRanges(listBindingPorts(rule))
    ofRules.set(rule, ranges)
    return ranges
  }
  const ofList = (rules: readonly HostRule[]) => {
    const ranges = ofLists.get(rules) ?? mergeRanges(rules.flatMap(ofRule))
    ofLists.set(rules, ranges)
    return ranges
  }
  return { ofRule, ofList }
}

function isNotEmpty({ length }: readonly unknown[]): boolean {
  return length > 0
}

/** Ports that must be open or must not be: they are probed whatever else is scanned. */
export function listBindingPorts({ allow, deny }: HostRule): PortRange[] {
  return [...allow.filter(({ required }) => required), ...deny].flatMap(({ ports }) => ports)
}

/** The ports of a selection, in the order in which it names them. */
export function selectedRanges(selection: PortSelection, catalogue: Catalogue): PortRange[] {
  if (selection === 'common') return toRanges(commonPorts(catalogue))
  if (selection === 'catalogue') return toRanges(cataloguePorts(catalogue))
  return selection === 'all' ? [ALL_PORTS] : selection
}
