/** Hosts that accepted connections until some moment, and then no longer. */
import type { FindingOf } from '../../model.ts'
import { countPorts } from '../../port-ranges.ts'
import { count } from '../counts.ts'
import { nameOfHost } from './names.ts'
import { listPorts } from './ports.ts'
import { say, type Text, words } from './text.ts'
import type { Wording } from './wording.ts'

const BAN =
  'Exempt the address of the scanning machine from the ban, lower `max-rate`, or scan fewer ports (`ports: common`).'

const REMEDY =
  'Exempt the address of this machine from the ban, lower `max-rate`, or scan fewer ports (`ports: common`).'

export const wentSilent: Wording<'went-silent'> = {
  help: {
    severity: 'high',
    title: 'A host stopped answering during the scan',
    means:
      'Ports that had answered no longer do: the network failed, or a firewall banned the scanning machine. Ports whose state was not proven before that are `unknown`.',
    certain:
      'Ports that had answered were probed again throughout the scan, and for 15 s after the first silence; or no open port answered a second connection.',
    remedy: BAN,
  },
  inFew: (where) => `${where} stopped answering`,
  say(finding) {
    return {
      message: say`${nameOfHost(finding)} stopped answering during the scan, even on ports that had answered before${sayUnknown(finding)}.`,
      why: words(
        'Either the network failed, or a firewall banned this machine for scanning. From then on, even open ports look closed.',
      ),
      remedy: words(REMEDY),
    }
  },
}

export const startedRefusing: Wording<'started-refusing'> = {
  help: {
    severity: 'high',
    title: 'A host began to refuse connections during the scan',
    means:
      'Ports that had accepted connections refuse them: a firewall banned the scanning machine (fail2ban rejects, some intrusion prevention systems reset), or refuses connections above a rate. From then on, a refusal no longer shows that a port is closed. Ports probed after the last proof are `unknown`, and no port is called missing.',
    certain:
      'Open ports were probed again throughout the scan. When one refused, only open ports were probed until one accepted, and refusals no longer counted; after 15 s Portgate gave up on the host.',
    remedy: BAN,
  },
  inFew: (where) => `${where} began to refuse connections`,
  say(finding) {
    return {
      message: say`${nameOfHost(finding)} began to refuse connections during the scan, even on ports that had accepted them before${sayUnknown(finding)}.`,
      why: words(
        'A firewall banned this machine for scanning or refuses connections above a rate, or every open service stopped at once. From then on, even open ports look closed.',
      ),
      remedy: words(REMEDY),
    }
  },
}

function sayUnknown({ args: { ports } }: FindingOf<'went-silent' | 'started-refusing'>): Text {
  const size = countPorts(ports)
  return size > 0 ? say`: ${count(size, 'port')} stayed unknown (${listPorts(ports)})` : []
}
