/** Open ports whose service matters and is not known. */
import type { FindingArgs, PortRange } from '../../model.ts'
import { countPorts } from '../../port-ranges.ts'
import { nameOfHost } from './names.ts'
import { listPorts } from './ports.ts'
import { say, type Text, words } from './text.ts'
import type { Wording } from './wording.ts'

/** Why the service matters. */
export const WHY_SERVICE =
  'How bad an open port is, and whether the policy allows it, depends on the service behind it.'

/** Why it is not known, and what to do. */
const CAUSES: Record<FindingArgs['unidentified-service']['why'], { because: string; remedy: string }> = {
  silent: {
    because: 'it said nothing that Portgate recognises',
    remedy:
      'Find out what is running there. If it cannot be identified from outside, leave `service` out of the allowance.',
  },
  tls: {
    because: 'it speaks TLS, and nothing inside was recognised',
    remedy:
      'Find out what is running there. If it asks its clients for a certificate, no service can be identified from outside: write `service: tls`.',
  },
  refusing: {
    because: 'the port stopped accepting connections',
    remedy:
      'Exempt the address of this machine from a limit on connections, or leave `service` out of the allowance.',
  },
  starved: {
    because: 'this machine was kept from listening to it',
    remedy:
      'Run the check again on a less busy machine. If that does not help, scan the hosts that keep it busy in a run of their own.',
  },
  unstated: {
    because: 'the results do not name it',
    remedy: 'Let the scanner identify services (nmap: `-sV`), or leave `service` out of the allowance.',
  },
  crowded: {
    because: 'too many other names lead to the same port of this address',
    remedy: 'Check fewer names of this address in one run, or leave `service` out of the allowance.',
  },
}

export const unidentifiedService: Wording<'unidentified-service'> = {
  help: {
    severity: 'high',
    title: 'The policy names a service, and the service there could not be identified',
    means:
      'The port is open and allowed for one service only. The service there said nothing that Portgate recognises, or it is TLS and nothing inside could be identified, or the port stopped accepting connections. The results of another scanner may not name the service. Or the scanning machine was kept from listening; then any open port that is not allowed may be worse than its number suggests.',
    certain:
      'Portgate tried twice: once among other ports, and once alone with four times the timeouts, for up to a minute on each host. Time during which the scanning machine could not listen does not count as silence.',
    remedy:
      'Find out what is running there. If it cannot be identified from outside, leave `service` out of the allowance.',
  },
  inFew: (where) => `service on ${where} not identified`,
  say(finding) {
    const { ports, why } = finding.args
    const { because, remedy } = CAUSES[why]
    return {
      message: say`${nameServices(ports)} of ${nameOfHost(finding)} could not be identified: ${[because]}.`,
      why: words(WHY_SERVICE),
      remedy: words(remedy),
    }
  },
}

/** `The service on ports 22, 80`. */
export function nameServices(ports: PortRange[]): Text {
  return say`The service on ${[countPorts(ports) > 1 ? 'ports' : 'port']} ${listPorts(ports)}`
}
