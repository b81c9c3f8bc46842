import { SEVERITIES, type Setting, type Severity } from '../../model.ts'
import { formatNumber } from '../../numbers.ts'
import type { Settled } from '../plan.ts'
import { formatDuration } from '../times.ts'
import { type Doubts, letsDoubtsPass, sayWherePassing } from './doubts.ts'
import type { Loss } from './loss.ts'
import { joinWords } from './risk.ts'

/** A setting whose value asks for less. */
export interface Weakened {
  setting: Setting
  part: Extract<Loss['part'], 'fail-on' | 'on-doubt' | 'ip' | 'identify' | 'time-limit' | 'max-rate'>
  was: string
  is: string
  severity: Severity
  /** What follows from it. */
  so: string
  /** In the other direction it asks for no more. */
  oneWay?: true
}

/**
 * What the settings of one endpoint ask for and those of another do not.
 *
 * @param doubts whether the workflow may let doubts pass, whatever the policies say
 */
export function listWeakened(was: Settled, is: Settled, doubts: Doubts): Weakened[] {
  return [
    ...weakenFailOn(was, is),
    ...weakenOnDoubt(was, is),
    ...weakenIp(was, is),
    ...weakenIdentify(was, is),
    ...weakenTime(was, is, doubts),
    ...weakenRate(was, is, doubts),
  ]
}

function weakenFailOn({ failOn: was }: Settled, { failOn: is }: Settled): Weakened[] {
  const [worst, ...others] = listPassing(was, is)
  if (!worst) return []
  const so = `violations of severity ${joinWords([worst, ...others])} pass`
  return [{ setting: 'failOn', part: 'fail-on', was, is, severity: worst, so }]
}

/** The severities that fail by one `fail-on` and pass by another, worst first. */
function listPassing(was: Settled['failOn'], is: Settled['failOn']): Severity[] {
  const countOf = (failOn: Settled['failOn']) => (failOn === 'never' ? 0 : SEVERITIES.indexOf(failOn) + 1)
  return SEVERITIES.slice(countOf(is), countOf(was))
}

function weakenOnDoubt({ onDoubt: was }: Settled, { onDoubt: is }: Settled): Weakened[] {
  if (was === 'warn' || is === 'fail') return []
  return [
    { setting: 'onDoubt', part: 'on-doubt', was, is, severity: 'medium', so: 'an inconclusive run passes' },
  ]
}

function weakenIp({ scan: { ip: was } }: Settled, { scan: { ip: is } }: Settled): Weakened[] {
  const change = { setting: 'ip', part: 'ip', was, is } as const
  // As for an endpoint that is no longer scanned.
  if (was !== '6' && is === '6')
    return [{ ...change, severity: 'high', so: 'IPv4 addresses are no longer scanned' }]
  if (was !== '4' && is === '4')
    return [{ ...change, severity: 'high', so: 'IPv6 addresses are no longer scanned' }]
  if (is !== 'auto' || was === 'auto' || was === '4') return []
  return [{ ...change, severity: 'medium', so: 'IPv6 addresses are left out where the machine has no IPv6' }]
}

/**
 * Off, anything may answer where one service had to, and what is critical counts as its port does. On, more evidence may be
 * milder than the port's number.
 */
function weakenIdentify({ scan: was }: Settled, { scan: is }: Settled): Weakened[] {
  if (was.identify === is.identify) return []
  const change = {
    setting: 'identify',
    part: 'identify',
    was: `${was.identify}`,
    is: `${is.identify}`,
  } as const
  return was.identify
    ? [{ ...change, severity: 'high', so: 'services on open ports are no longer identified' }]
    : [
        {
          ...change,
          severity: 'info',
          so: 'a recognised product may be rated below its port',
          oneWay: true,
        },
      ]
}

/** What is not scanned in time is a doubt: worth little where a doubt fails, and as good as not scanned where it passes. */
function weakenTime({ scan: was }: Settled, is: Settled, doubts: Doubts): Weakened[] {
  const { timeLimitMs } = is.scan
  if (timeLimitMs >= was.timeLimitMs) return []
  const [from, to] = [formatDuration(was.timeLimitMs), formatDuration(timeLimitMs)]
  return [{ setting: 'timeLimitMs', part: 'time-limit', was: from, is: to, ...rateUnfinished(is, doubts) }]
}

/** Where doubts pass, slower is less, and faster may be: a firewall that bans for it hides the rest. */
function weakenRate({ scan: was }: Settled, is: Settled, doubts: Doubts): Weakened[] {
  const [before, after] = [was, is.scan].map(({ maxRate = Number.POSITIVE_INFINITY }) => maxRate) as [
    number,
    number,
  ]
  const isFaster = after > before && letsDoubtsPass(is, doubts)
  if (after >= before && !isFaster) return []
  const [from = '', to = ''] = [before, after].map((rate) =>
    Number.isFinite(rate) ? formatNumber(rate) : 'none',
  )
  const change = { setting: 'maxRate', part: 'max-rate', was: from, is: to } as const
  if (!isFaster) {
    const oneWay = letsDoubtsPass(is, doubts) ? { oneWay: true as const } : {}
    return [{ ...change, ...rateUnfinished(is, doubts), ...oneWay }]
  }
  const so = 'ports that a firewall hides from a scan that is too fast for it pass'
  return [{ ...change, severity: 'info', so, oneWay: true }]
}

function rateUnfinished(is: Settled, doubts: Doubts): Pick<Weakened, 'severity' | 'so'> {
  if (!letsDoubtsPass(is, doubts))
    return { severity: 'info', so: 'a scan that is not done in time is inconclusive' }
  return { severity: 'high', so: `ports that are not scanned in time pass${sayWherePassing(is, doubts)}` }
}
