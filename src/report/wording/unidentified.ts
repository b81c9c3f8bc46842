/** Open ports of which it matters what answers, and nobody knows. */
import type { FindingArgs, PortRange } from '../../model.ts'
import { countPorts } from '../../port-ranges.ts'
import { nameOfHost } from './names.ts'
import { listPorts } from './ports.ts'
import { say, type Text, words } from './text.ts'
import type { Wording } from './wording.ts'

/** Why what answers matters. */
export const WHY_SERVICE =
  'How bad an open port is, and whether it is what the policy allows there, depends on what answers.'

/** Why it is not known, and what to do. */
const CAUSES: Record<FindingArgs['unidentified-service']['why'], { because: string; remedy: string }> = {
  silent: {
    because: 'it said nothing that Portgate recognises',
    remedy:
      'Find out what is running there. If it cannot be identified from outside, leave `service` out of the allowance.',
  },
  tls: {
    because: 'TLS answers, and nothing inside it was recognised',
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
      'Run the check again on a machine with less to do. If that does not help, scan apart the hosts that keep it busy.',
  },
  unstated: {
    because: 'the results do not say what answers',
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
    title: 'The policy names a service, and what answers could not be identified',
    means:
      'The port is open and allowed for one service. What answers said nothing that Portgate knows, or it is TLS and nothing inside it could be identified, or the port stopped accepting connections. Results of another scanner may not say what answers. Or the scanning machine was kept from listening; then any open port that is not allowed may be worse than its number suggests.',
    certain:
      'The port was asked twice: once among others, and once alone with four times the patience, for up to a minute on each host. Time in which the scanning machine could not listen does not count as silence.',
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
