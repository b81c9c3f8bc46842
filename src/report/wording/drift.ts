/** What has changed since the baseline. */
import { nameOfPort } from './names.ts'
import { capitalise, say, type Text, words } from './text.ts'
import type { Wording } from './wording.ts'

const BOTH =
  'Both runs saw the port. Ports that only one of them saw are not compared: ports not probed, unknown ports, hosts that answer everywhere or not at all.'

/** `2026-06-15`: the day, in UTC, on which a scan began. */
export function dayOf(instant: string): string {
  return instant.slice(0, 10)
}

export const openedSinceBaseline: Wording<'opened-since-baseline'> = {
  help: {
    severity: 'info',
    title: 'A port was opened since the baseline',
    means:
      'The port is open, and was closed or filtered in the earlier report. If the policy does not allow it, there is a violation as well.',
    certain: BOTH,
    remedy: 'If nobody knows who opened it, ask.',
  },
  say(finding) {
    const { service, args } = finding
    const which = service === undefined ? say`is open` : say`is open (${service})`
    return {
      message: say`${capitalise(nameOfPort(finding))} ${which}, and was not on ${dayOf(args.baseline)}.`,
      why: words('Both runs saw this port: it was opened in between.'),
      remedy: words('If nobody knows who opened it, ask.'),
    }
  },
}

export const closedSinceBaseline: Wording<'closed-since-baseline'> = {
  help: {
    severity: 'info',
    title: 'A port was closed since the baseline',
    means: 'The port is closed or filtered, and was open in the earlier report.',
    certain: BOTH,
    remedy: 'If that was intended, remove its allowance. If not, start the service again.',
  },
  say(finding) {
    const { state = '', args } = finding
    const was = args.answered === undefined ? ['was open'] : say`was open (${args.answered})`
    return {
      message: say`${capitalise(nameOfPort(finding))} is ${state}, and ${was as Text} on ${dayOf(args.baseline)}.`,
      why: words('Both runs saw this port: it was closed in between.'),
      remedy: words('If that was intended, remove its allowance. If not, start the service again.'),
    }
  },
}
