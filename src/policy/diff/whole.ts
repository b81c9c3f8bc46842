import { isCarrier, protocolOf, riskOf, UNKNOWN_SEVERITY } from '../../catalogue/catalogue.ts'
import { type Place, type RiskyAllowances, SEVERITIES, type Severity } from '../../model.ts'
import { formatRanges, toRanges } from '../../port-ranges.ts'
import { quote } from '../problem.ts'
import type { Comparison, Loss, Side } from './loss.ts'
import { describePorts, joinWords, WEB } from './risk.ts'

/** What the first policy asks of allowances of risky ports, and the second does not. */
export function compareRiskyAllowances({ strict, lax }: Comparison): Loss[] {
  const [was, is] = [strict.policy.riskyAllowances, lax.policy.riskyAllowances]
  if (!was) return []
  const [before, after] = [strict, lax].map(({ policy }) => policy.places.riskyAllowances)
  return listRelaxed(was, is).map((phrases) => ({
    part: 'risky-allowances',
    severity: 'medium',
    ...phrases,
    isEverywhere: true,
    places: { strict: before, lax: after },
  }))
}

function listRelaxed(
  was: RiskyAllowances,
  is: RiskyAllowances | undefined,
): Pick<Loss, 'loosened' | 'tightened'>[] {
  const about = '`risky-allowances`'
  if (!is) return [{ loosened: `removes ${about}`, tightened: `adds ${about}` }]
  const relaxed: Pick<Loss, 'loosened' | 'tightened'>[] = []
  const change = (key: string, from: string, to: string) =>
    relaxed.push({
      loosened: `changes \`${key}\` of ${about} from ${from} to ${to}`,
      tightened: `changes \`${key}\` of ${about} from ${to} to ${from}`,
    })
  if (SEVERITIES.indexOf(is.from) < SEVERITIES.indexOf(was.from)) change('from', was.from, is.from)
  const dropped = listNeeds(was).filter((need) => !listNeeds(is).includes(need))
  if (dropped.length > 0) {
    const what = joinWords(dropped.map((need) => `\`${need}\``))
    relaxed.push({
      loosened: `no longer asks for ${what} in ${about}`,
      tightened: `asks for ${what} in ${about}`,
    })
  }
  if (was.maxDays !== undefined && (is.maxDays ?? Number.POSITIVE_INFINITY) > was.maxDays) {
    change('max-days', String(was.maxDays), String(is.maxDays ?? 'none'))
  }
  return relaxed
}

/** What an allowance has to carry; a last day too where the days are counted. */
function listNeeds({ need, maxDays }: RiskyAllowances): string[] {
  return [...new Set([...need, ...(maxDays === undefined ? [] : ['expires'])])]
}

/** Ports that the first policy calls worse than the second does. */
export function compareCatalogues(comparison: Comparison): Loss[] {
  const { strict, lax } = comparison
  const groups = new Map<string, { eased: Eased; ports: number[] }>()
  const overridden = [...strict.catalogue.overridden, ...lax.catalogue.overridden]
  for (const port of [...new Set(overridden)].sort((a, b) => a - b)) {
    const eased = findEased(comparison, port)
    if (!eased) continue
    const key = JSON.stringify(eased)
    const known = groups.get(key)
    if (known) known.ports.push(port)
    else groups.set(key, { eased, ports: [port] })
  }
  return [...groups.values()].map(({ eased: { was, is, service }, ports }) => {
    const on = describePorts(comparison, toRanges(ports))
    const what = `the severity of ${service ? `${quote(service)} on ` : ''}${on} in the \`catalogue\``
    return {
      part: 'catalogue',
      severity: was,
      loosened: `changes ${what} from ${was} to ${is}`,
      tightened: `changes ${what} from ${is} to ${was}`,
      ports: formatRanges(ports),
      places: { strict: findOverride(strict, ports[0]), lax: findOverride(lax, ports[0]) },
    }
  })
}

/**
 * Ports of which the second policy no longer says what the first one does. On a host that answers everywhere that is what
 * tells a service that is really there from a device that accepts whatever is tried.
 */
export function compareUsual(comparison: Comparison): Loss[] {
  const { strict, lax } = comparison
  const overridden = new Set([...strict.catalogue.overridden, ...lax.catalogue.overridden])
  const groups = new Map<string, number[]>()
  for (const port of [...overridden].sort((a, b) => a - b)) {
    const left = listUsual(lax, port)
    for (const service of listUsual(strict, port).filter((one) => !left.includes(one))) {
      const ports = groups.get(service)
      if (ports) ports.push(port)
      else groups.set(service, [port])
    }
  }
  return [...groups].map(([service, ports]) => ({
    part: 'catalogue',
    severity: 'info',
    loosened: `no longer names ${quote(service)} for ${describePorts(comparison, toRanges(ports))} in the \`catalogue\`: on a host that answers everywhere, it may no longer be a violation there`,
    ports: formatRanges(ports),
    places: { strict: findOverride(strict, ports[0]), lax: findOverride(lax, ports[0]) },
  }))
}

/** What is recognised on a port for what usually is there. */
function listUsual({ catalogue }: Side, port: number): string[] {
  const usual = catalogue.byPort.get(port)
  if (!usual || WEB.has(usual.service)) return []
  return [...new Set([usual.service, protocolOf(usual)])].filter(
    (service) => catalogue.byService.has(service) && !isCarrier(service),
  )
}

/** How much less bad a port is called, or one service that answers there: what answers decides before the port. */
interface Eased {
  was: Severity
  is: Severity
  service?: string
}

/** Carriers, which may answer in place of the service inside: then the port decides how bad that is. */
const CARRIERS = ['http', 'https', 'tls', 'smtp', 'submissions']

function findEased({ strict, lax }: Comparison, port: number): Eased | undefined {
  const named = [strict, lax].flatMap(({ catalogue }) => catalogue.byPort.get(port)?.service ?? [])
  const eased = [undefined, ...new Set([...named, ...CARRIERS])].flatMap((service): Eased[] => {
    const [was, is] = [strict, lax].map(
      ({ catalogue }) => riskOf(catalogue, port, service)?.severity ?? UNKNOWN_SEVERITY,
    )
    if (!was || !is || SEVERITIES.indexOf(was) >= SEVERITIES.indexOf(is)) return []
    return [{ was, is, ...(service === undefined ? {} : { service }) }]
  })
  return eased.sort((a, b) => SEVERITIES.indexOf(a.was) - SEVERITIES.indexOf(b.was))[0]
}

function findOverride({ policy: { catalogue } }: Side, port?: number): Place | undefined {
  if (!Array.isArray(catalogue)) return catalogue.place
  return catalogue.find((override) => override.port === port)?.place
}
