/** Hosts that something else answers for. */
import type { FindingOf } from '../../model.ts'
import { nameOfHost } from './names.ts'
import { listPorts } from './ports.ts'
import { say, sentences, type Text, words } from './text.ts'
import type { Wording } from './wording.ts'

export const answersEverywhere: Wording<'answers-everywhere'> = {
  help: {
    severity: 'high',
    title: 'A host accepts connections on every port that is tried',
    means:
      'A tarpit, a proxy or a firewall answers in place of the host. An open port does not mean that a service listens there, and what the host itself exposes cannot be seen. If only some of the ports are affected, the finding names them. A service that is positively identified is still a violation if the policy does not allow it: one that speaks its own protocol on its own port or on a denied one, or that differs from what answers on unused ports.',
    certain:
      'At least seven of eight ports that no service has (49152 and above) accept connections, too. For some of the ports: at least 32 in a row are open, fewer than half of them could be identified, and at least seven of eight unused ports in between are open. Portgate tries to identify the services on up to 64 open ports: denied ones first, then those for which the policy names a service, then those of the catalogue, the worst first.',
    remedy:
      'Scan the host from behind that device, for instance from a self-hosted runner, or exempt the address of the scanning machine from SYN proxying.',
  },
  inFew: (where) => `something answers in place of ${where}`,
  say(finding) {
    return {
      message: sayWhere(finding),
      why: words(
        'A tarpit, a proxy or a firewall answers in place of the host, so an open port does not mean that a service listens there, and what the host itself exposes cannot be seen.',
      ),
      remedy: words(
        'Scan the host from behind that device, for example from a self-hosted runner, or exempt the address of this machine from SYN proxying.',
      ),
    }
  },
}

function sayWhere(finding: FindingOf<'answers-everywhere'>): Text {
  const { args } = finding
  const host = nameOfHost(finding)
  if ('runs' in args)
    return say`${host} accepts connections on every port of ${listPorts(args.runs)} that is tried. On ${args.silent} of those probed, the service could not be identified.`
  const { open, own } = args
  return sentences(
    say`${host} accepts connections on every port that is tried: ${open} of those probed, and ports that no service uses.`,
    own > 0 ? say`On ${own} of them a service was positively identified.` : undefined,
  )
}
