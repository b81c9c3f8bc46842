import type { PlannedEndpoint, PortSelection } from '../../model.ts'
import { selectedRanges } from '../../policy/plan.ts'
import { countPorts } from '../../port-ranges.ts'
import type { Loaded } from '../../prepare/load.ts'
import type { Cost } from '../../shards/cost.ts'

/** A port selection that costs less, as a setting, and how many probes it takes. */
export interface Cheaper {
  ask: string
  probes: number
}

/** A selection must cost at most this share to be worth mentioning. */
const WORTH = 0.5

/** Selections that cost less, the most expensive first: fewer ports on the same hosts. */
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
