import type { Allowance, Denial, PolicyPart } from '../../model.ts'
import type { Places } from './loss.ts'

/** The last day on which something holds, `YYYY-MM-DD`; dates compare as texts do. */
export type Until = string

/** After every date. */
export const FOREVER: Until = '~'

/** The allowance that lets a service be on a port for longest. */
interface Grant {
  until: Until
  allowance: Allowance
}

/** All that some rules say of one port. */
export interface PortView {
  denial?: Denial
  /** By the service that has to answer; `''` where any may. */
  allowed: Map<string, Grant>
  required?: Grant
}

/** Something that only one of two views of a port asks for. */
export interface PortLoss {
  part: Extract<PolicyPart, 'allow' | 'deny' | 'require' | 'service' | 'expires'>
  /** What may answer there by the laxer view, and by the stricter one; empty: anything. */
  services: string[]
  only: string[]
  /** Until when it holds by the laxer and by the stricter view. */
  until?: Until
  was?: Until
  /** The stricter view denies the port. */
  wasDenied: boolean
  places: Places
}

/** The combined effect of the allowances and denials of a port. */
export function viewPort(entries: readonly (Allowance | Denial)[]): PortView {
  const view: PortView = { allowed: new Map() }
  for (const entry of entries) {
    if (!('required' in entry)) {
      view.denial ??= entry
      continue
    }
    const grant = { until: entry.expires ?? FOREVER, allowance: entry }
    if (entry.required) view.required = longest(view.required, grant)
    if (entry.requiresOnly) continue
    const service = entry.service ?? ''
    view.allowed.set(service, longest(view.allowed.get(service), grant))
  }
  return view
}

function longest(one: Grant | undefined, other: Grant): Grant {
  return one && one.until >= other.until ? one : other
}

/** What the first view of a port asks for and the second does not. */
export function comparePort(strict: PortView, lax: PortView): PortLoss[] {
  const losses = loseRequirement(strict, lax)
  const isOpen = (view: PortView) => !view.denial && view.allowed.size > 0
  if (isOpen(lax)) return [...losses, ...(isOpen(strict) ? widen(strict, lax) : allow(strict, lax))]
  if (!strict.denial || lax.denial) return losses
  return [...losses, { ...BARE, part: 'deny', places: { strict: strict.denial.place } }]
}

const BARE = { services: [], only: [], wasDenied: false }

/** A port that only the laxer view allows. */
function allow(strict: PortView, lax: PortView): PortLoss[] {
  const grants = [...lax.allowed]
  const services = grants.some(([service]) => service === '') ? [] : grants.map(([service]) => service).sort()
  const until = grants.map(([, grant]) => grant.until).reduce((a, b) => (a > b ? a : b))
  const loss = { ...BARE, part: 'allow', services, until, wasDenied: strict.denial !== undefined } as const
  // If it was allowed all along, the missing denial is what opens it.
  if (strict.denial && strict.allowed.size > 0) {
    return [{ ...loss, places: { strict: strict.denial.place } }]
  }
  const [[, { allowance }]] = grants as [(typeof grants)[number]]
  return [{ ...loss, places: { lax: allowance.place } }]
}

/** A port that both views allow, the laxer one for more services or for longer. */
function widen(strict: PortView, lax: PortView): PortLoss[] {
  const only = [...strict.allowed.keys()].sort()
  const [first] = [...strict.allowed.values()] as [Grant]
  const find = (service: string): PortLoss[] => {
    const grant = lax.allowed.get(service)
    const until = latest(lax, service)
    const was = latest(strict, service)
    if (!grant || until === undefined || (was !== undefined && until <= was)) return []
    const services = service === '' ? [] : [service]
    const places = {
      strict: (strict.allowed.get(service) ?? first).allowance.place,
      lax: grant.allowance.place,
    }
    if (was === undefined) return [{ ...BARE, part: 'service', services, only, places }]
    return [{ ...BARE, part: 'expires', services, until, was, places }]
  }
  const any = find('')
  return any.length > 0 ? any : [...lax.allowed.keys()].filter(Boolean).sort().flatMap(find)
}

/** The last day on which a service may answer on a port; where any may, it may too. */
function latest({ allowed }: PortView, service: string): Until | undefined {
  const days = ['', service].flatMap((key) => allowed.get(key)?.until ?? [])
  return days.length === 0 ? undefined : days.reduce((a, b) => (a > b ? a : b))
}

function loseRequirement({ required: strict }: PortView, { required: lax }: PortView): PortLoss[] {
  if (!strict || (lax && lax.until >= strict.until)) return []
  const places = { strict: strict.allowance.place, lax: lax?.allowance.place }
  return [{ ...BARE, part: 'require', until: lax?.until, was: strict.until, places }]
}
