import { isDeepStrictEqual } from 'node:util'
import {
  type Endpoint,
  type IpSelection,
  type PlannedEndpoint,
  SEVERITIES,
  type Severity,
} from '../../model.ts'
import { settle } from '../plan.ts'
import type { Comparison, Loss } from './loss.ts'
import { joinWords } from './risk.ts'
import { findPlaces, type Pair } from './scopes.ts'
import { listHosts } from './words.ts'

type Settled = Pick<PlannedEndpoint, 'scan' | 'failOn' | 'onDoubt'>

/** A setting whose value asks for less. */
interface Weakened {
  setting: 'failOn' | 'onDoubt' | 'ip' | 'identify' | 'canary'
  part: Extract<Loss['part'], 'fail-on' | 'on-doubt' | 'ip' | 'identify' | 'canary'>
  was: string
  is: string
  severity: Severity
  /** What follows from it. */
  so: string
}

/** What the settings of the first policy ask for and those of the second do not. */
export function compareSettings(comparison: Comparison, pair: Pair): Loss[] {
  const { strict, lax } = comparison
  const before = new Map(pair.strict.endpoints.map((endpoint) => [endpoint.host, endpoint]))
  const common = pair.lax.endpoints.flatMap((by): { endpoint?: Endpoint; by?: Endpoint }[] => {
    const endpoint = before.get(by.host)
    return endpoint ? [{ endpoint, by }] : []
  })
  // Where they share no endpoint, the settings are for those that a workflow names.
  const places = common.length > 0 || pair.mixed ? common : [{}]
  const groups = new Map<string, { weakened: Weakened; where: typeof places }>()
  for (const where of places) {
    const was = settle(strict.policy, pair.strict.environment, where.endpoint)
    const is = settle(lax.policy, pair.lax.environment, where.by)
    for (const weakened of listWeakened(was, is)) {
      const key = JSON.stringify(weakened)
      const group = groups.get(key)
      if (group) group.where.push(where)
      else groups.set(key, { weakened, where: [where] })
    }
  }
  return [...groups.values()].map(({ weakened, where }): Loss => {
    const [first] = where as [(typeof where)[number]]
    const hosts = where.length === places.length ? [] : where.flatMap(({ by }) => by?.host ?? [])
    return {
      ...phrase(weakened, hosts),
      ...(hosts.length > 0 ? { hosts } : {}),
      ...(pair.name === undefined ? {} : { environment: pair.name }),
      places: findPlaces(comparison, pair, weakened.setting, first.endpoint, first.by),
    }
  })
}

function phrase({ part, was, is, severity, so }: Weakened, hosts: string[]) {
  const on = hosts.length > 0 ? ` for ${listHosts(hosts)}` : ''
  if (part === 'canary') {
    const [loosened, tightened] = [`takes the \`canary\` ${was} out${on}`, `adds the \`canary\` ${was}${on}`]
    return { part, severity, loosened: `${loosened}: ${so}`, tightened }
  }
  return {
    part,
    severity,
    loosened: `changes \`${part}\` from ${was} to ${is}${on}: ${so}`,
    tightened: `changes \`${part}\` from ${is} to ${was}${on}`,
  }
}

function listWeakened(was: Settled, is: Settled): Weakened[] {
  const weakened: Weakened[] = []
  const weaken = (
    part: Weakened['part'],
    setting: Weakened['setting'],
    rest: Omit<Weakened, 'part' | 'setting'>,
  ) => weakened.push({ part, setting, ...rest })
  const passing = listPassing(was.failOn, is.failOn)
  if (passing[0]) {
    const so = `violations of severity ${joinWords(passing)} pass`
    weaken('fail-on', 'failOn', { was: was.failOn, is: is.failOn, severity: passing[0], so })
  }
  if (was.onDoubt === 'fail' && is.onDoubt === 'warn') {
    weaken('on-doubt', 'onDoubt', {
      was: 'fail',
      is: 'warn',
      severity: 'medium',
      so: 'an inconclusive run passes',
    })
  }
  const unseen = sayUnseen(was.scan.ip, is.scan.ip)
  if (unseen) weaken('ip', 'ip', { was: was.scan.ip, is: is.scan.ip, severity: 'medium', so: unseen })
  if (was.scan.identify && !is.scan.identify) {
    const so = 'what answers on a port is no longer looked at'
    weaken('identify', 'identify', { was: 'true', is: 'false', severity: 'medium', so })
  }
  // Another canary proves something else: one on this machine itself proves nothing.
  if (was.scan.canary && !isDeepStrictEqual(was.scan.canary, is.scan.canary)) {
    const { host, port } = was.scan.canary
    const so = 'a vantage that sees nothing is harder to tell'
    weaken('canary', 'canary', { was: `${listHosts([host])} (port ${port})`, is: '', severity: 'low', so })
  }
  return weakened
}

/** The severities that fail by one `fail-on` and pass by another, worst first. */
function listPassing(was: Settled['failOn'], is: Settled['failOn']): Severity[] {
  const countOf = (failOn: Settled['failOn']) => (failOn === 'never' ? 0 : SEVERITIES.indexOf(failOn) + 1)
  return SEVERITIES.slice(countOf(is), countOf(was))
}

/** What one choice of address families covers and another does not. */
function sayUnseen(was: IpSelection, is: IpSelection): string | undefined {
  if (was !== '6' && is === '6') return 'IPv4 addresses are no longer scanned'
  if (was !== '4' && is === '4') return 'IPv6 addresses are no longer scanned'
  if (was === 'both' && is === 'auto') return 'IPv6 addresses are left out where the machine has no IPv6'
  return undefined
}
