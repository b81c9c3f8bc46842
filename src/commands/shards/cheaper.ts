import type { PlannedEndpoint, PortSelection } from '../../model.ts'
import { selectedRanges } from '../../policy/plan.ts'
import { countPorts } from '../../port-ranges.ts'
import type { Loaded } from '../../prepare/load.ts'
import type { Cost } from '../../shards/cost.ts'

/** A question that costs less, and what is left of the probes. */
export interface Cheaper {
  ask: string
  probes: number
}

/** A question has to cost at most this share to be worth the mention. */
const WORTH = 0.5

/** Questions that cost less, the dearest first: fewer ports on the same hosts. */
export function findCheaper(
  endpoints: readonly PlannedEndpoint[],
  { catalogue }: Loaded,
  { probes }: Cost,
): Cheaper[] {
  const addresses = endpoints.reduce((sum, { addresses = [] }) => sum + addresses.length, 0)
  const selections: [ask: string, selection: PortSelection][] = [
    ['ports: catalogue', 'catalogue'],
    ['ports: common', 'common'],
  ]
  return selections.flatMap(([ask, selection]) => {
    const left = addresses * countPorts(selectedRanges(selection, catalogue))
    return probes > 0 && left <= probes * WORTH ? [{ ask, probes: left }] : []
  })
}
