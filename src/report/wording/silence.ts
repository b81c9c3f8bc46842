/** Hosts that answered nothing. */
import { nameOfHost } from './names.ts'
import { say, words } from './text.ts'
import type { Wording } from './wording.ts'

const SILENCE =
  'Each port got at least two SYNs, a second or more apart, and none answered. An ICMP message that calls the host unreachable is no answer: a router may have sent it.'

export const unreachableHost: Wording<'unreachable-host'> = {
  help: {
    severity: 'high',
    title: 'Nothing answered on a host where something is allowed',
    means:
      'No port of the host answered, although the policy allows or requires something there. The host may be down, or its firewall may drop what the scanning machine sends: it may still have open ports that others can reach.',
    certain: SILENCE,
    remedy:
      'Check the address, and whether the firewall lets the scanning machine through to the ports that the policy allows.',
  },
  inFew: (where) => `${where} unreachable`,
  say(finding) {
    return {
      message: say`Nothing answered on ${nameOfHost(finding)}, although the policy allows something there.`,
      why: words(
        'A host that this machine cannot reach looks as if every port were closed, and may have open ports.',
      ),
      remedy: words(
        'Check the address, and whether the firewall lets this machine through to the ports that the policy allows. If the host is gone, remove it from the policy.',
      ),
    }
  },
}

export const silentHost: Wording<'silent-host'> = {
  help: {
    severity: 'info',
    title: 'Nothing answered on a host where nothing is allowed',
    means: 'That is what the policy asks for. A host that no longer exists would look the same.',
    certain: SILENCE,
    remedy: 'Nothing to do.',
  },
  say(finding) {
    return {
      message: say`Nothing answered on ${nameOfHost(finding)}, where the policy allows nothing.`,
      why: words('That is what the policy asks for. A host that no longer exists would look the same.'),
      remedy: words('Nothing to do.'),
    }
  },
}
