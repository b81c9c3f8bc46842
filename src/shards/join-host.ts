/** One address of an endpoint, of which several shards may have seen some ports each. */
import type { HostResult, OpenPort, PortRange } from '../model.ts'
import { mergeRanges, overlap } from '../port-ranges.ts'

type Group = HostResult['closed'][number]

/** Open ports in a row that make a run in which something else may answer, as the scan has it. */
const LONG_RUN = 32

/**
 * Joins the results of one host into what one scan of all its ports would give: a doubt of one part is a doubt of the host.
 *
 * @param parts at least one, in the order of their ports
 */
export function joinHost(parts: HostResult[]): HostResult {
  const [first, ...others] = parts as [HostResult]
  if (others.length === 0) return first
  const open = parts.flatMap((part) => part.open).sort((a, b) => a.port - b.port)
  const states = {
    closed: joinGroups(parts.flatMap(({ closed }) => closed)),
    filtered: joinGroups(parts.flatMap(({ filtered }) => filtered)),
    unknown: joinGroups(parts.flatMap(({ unknown }) => unknown)),
  }
  const lists = Object.fromEntries(
    (['unasked', 'cut', 'starved', 'crowded'] as const).flatMap((name) => {
      const ports = parts.flatMap((part) => part[name] ?? []).sort((a, b) => a - b)
      return ports.length > 0 ? [[name, ports]] : []
    }),
  )
  const everywhere = parts.filter(({ answersEverywhere }) => answersEverywhere)
  const changed = parts.find((part) => part.changed)?.changed
  const runs = everywhere.length > 0 ? [] : joinRuns(parts, open, states)
  return {
    environment: first.environment,
    endpoint: first.endpoint,
    host: first.host,
    address: first.address,
    open,
    ...lists,
    ...(changed ? { changed } : {}),
    ...states,
    answersEverywhere: everywhere.length > 0,
    ...(runs.length > 0 ? { runs } : {}),
    ...(parts.some(({ isThisMachine }) => isThisMachine) ? { isThisMachine: true as const } : {}),
    ...joinDecoys(everywhere),
  }
}

/** One group for each reason, by their first ports. */
function joinGroups(groups: Group[]): Group[] {
  const byReason = new Map<Group['reason'], PortRange[]>()
  for (const { ports, reason } of groups) byReason.set(reason, [...(byReason.get(reason) ?? []), ...ports])
  return [...byReason]
    .map(([reason, ports]) => ({ ports: mergeRanges(ports), reason }))
    .sort((a, b) => (a.ports[0]?.from ?? 0) - (b.ports[0]?.from ?? 0))
}

/** Ranges in which whatever is tried is open do not end where a part does: they go on as far as all that was probed is open. */
function joinRuns(
  parts: HostResult[],
  open: OpenPort[],
  { closed, filtered, unknown }: Pick<HostResult, 'closed' | 'filtered' | 'unknown'>,
): PortRange[] {
  const found = parts.flatMap(({ runs = [] }) => runs)
  if (found.length === 0) return []
  const shut = mergeRanges([...closed, ...filtered, ...unknown].flatMap(({ ports }) => ports))
  const stretches: PortRange[] = []
  let length = 0
  let next = 0
  for (const { port } of open) {
    const before = next
    while (next < shut.length && (shut[next] as PortRange).from < port) next++
    const last = stretches.at(-1)
    if (last && before === next) {
      last.to = port
      length += 1
      continue
    }
    if (length < LONG_RUN) stretches.pop()
    stretches.push({ from: port, to: port })
    length = 1
  }
  if (length < LONG_RUN) stretches.pop()
  return stretches.filter((stretch) => overlap([stretch], found))
}

/** What answered on ports that nothing uses, where all parts that answer everywhere have asked. */
function joinDecoys(everywhere: HostResult[]): Pick<HostResult, 'decoys'> {
  if (everywhere.length === 0 || everywhere.some(({ decoys }) => !decoys)) return {}
  return { decoys: [...new Set(everywhere.flatMap(({ decoys = [] }) => decoys))] }
}
