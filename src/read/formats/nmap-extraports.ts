/** What nmap states of the ports of a host that it does not list one by one. */
import type { PortRange } from '../../model.ts'
import { countPorts, intersectRanges, subtractRanges } from '../../port-ranges.ts'
import { readPortList } from '../ports.ts'
import { type Position, ResultsError, type StatedPorts } from '../reading.ts'
import { NMAP_STATES, reasonOf } from './nmap-states.ts'
import type { Element } from './xml.ts'

type Attributes = Element['attributes']

/** What a file says was scanned of each host. */
export interface Scanned {
  /** TCP ports; undefined where none were. */
  ports?: readonly PortRange[]
  /** Ports of other protocols were scanned as well. */
  hasOthers: boolean
}

/** Ports that nmap groups because many are in one state. */
export interface Extra {
  state: string
  count: number
  reasons: ExtraReason[]
}

interface ExtraReason {
  reason: string | undefined
  count: number
  /** nmap writes both since 7.92. */
  protocol: string | undefined
  ports: readonly PortRange[] | undefined
}

const NUMBER = /^\d{1,6}$/

/** An element `extraports`. */
export function readExtra({ state = '', count = '' }: Attributes, position: Position): Extra {
  if (!NMAP_STATES[state] || !NUMBER.test(count))
    throw new ResultsError(position, 'this `extraports` has no state or no number')
  return { state, count: Number(count), reasons: [] }
}

/** An element `extrareasons` in it. */
export function readExtraReason({ reasons }: Extra, attributes: Attributes, position: Position): void {
  const { reason, ports, proto, count = '' } = attributes
  const list = ports === undefined || proto !== 'tcp' ? undefined : readPortList(ports)
  const isWrong = proto === 'tcp' && ports !== undefined && (!list || countPorts(list) !== Number(count))
  if (isWrong || !NUMBER.test(count))
    throw new ResultsError(
      position,
      'this `extrareasons` contradicts itself: it does not list as many ports as it counts',
    )
  reasons.push({ reason, count: Number(count), protocol: proto, ports: list })
}

/** Where ports go that are not open, by their state. */
export interface Shut {
  closed: StatedPorts[]
  filtered: StatedPorts[]
  unknown: StatedPorts[]
}

/**
 * Adds the ports that were scanned and are not listed.
 *
 * @param listed the ports that are
 * @param refuse called where what is stated cannot be
 */
export function addUnlisted(
  extras: Extra[],
  listed: readonly PortRange[],
  { ports: scanned = [], hasOthers }: Scanned,
  shut: Shut,
  refuse: (what: string) => never,
): void {
  if (subtractRanges(listed, scanned).length > 0) refuse('it has a port that was not scanned')
  let rest = subtractRanges(scanned, listed)
  const unplaced: { state: string; reason: string | undefined; count: number }[] = []
  for (const { state, count, reasons } of extras) {
    if (reasons.length > 0 && reasons.reduce((sum, one) => sum + one.count, 0) !== count)
      refuse('the reasons of its `extraports` are not as many as its ports')
    for (const one of reasons.length > 0 ? reasons : [whole(count)]) {
      const { reason, protocol, ports } = one
      if (protocol !== undefined && protocol !== 'tcp') continue
      if (!ports) {
        unplaced.push({ state, reason, count: one.count })
        continue
      }
      if (countPorts(intersectRanges(ports, rest)) !== one.count) refuse('a port is in two of its states')
      place(shut, state, reason, ports)
      rest = subtractRanges(rest, ports)
    }
  }
  const count = unplaced.reduce((sum, one) => sum + one.count, 0)
  // Without a protocol, UDP ports are among them.
  if (hasOthers ? count < countPorts(rest) : count !== countPorts(rest))
    refuse('its ports are not as many as were scanned')
  if (rest.length > 0) placeUntold(shut, unplaced, rest)
}

function whole(count: number): ExtraReason {
  return { reason: undefined, count, protocol: undefined, ports: undefined }
}

function place(shut: Shut, state: string, reason: string | undefined, ports: readonly PortRange[]): void {
  const meaning = NMAP_STATES[state]
  if (!meaning || meaning.state === 'open') return
  shut[meaning.state].push({ ports, reason: reasonOf(meaning, reason) })
}

/**
 * nmap before 7.92 does not say which ports are in which of several states. If each of the states rules out open, none is
 * open.
 */
function placeUntold(
  shut: Shut,
  unplaced: { state: string; reason: string | undefined }[],
  ports: readonly PortRange[],
): void {
  const [first] = unplaced
  const states = new Set(unplaced.map(({ state }) => state))
  if (first && states.size === 1) place(shut, first.state, first.reason, ports)
  else if ([...states].every((state) => ['closed', 'filtered'].includes(NMAP_STATES[state]?.state ?? '')))
    shut.filtered.push({ ports, reason: 'not-listed' })
  else shut.unknown.push({ ports, reason: 'not-stated' })
}
