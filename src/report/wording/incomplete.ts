/** Ports that could not be probed, or not in full. */
import type { FindingArgs, FindingOf, Reason } from '../../model.ts'
import { countPorts, formatRanges } from '../../port-ranges.ts'
import { count } from '../counts.ts'
import { nameOfHost } from './names.ts'
import { listPorts } from './ports.ts'
import { say, words } from './text.ts'
import { nameServices, WHY_SERVICE } from './unidentified.ts'
import type { Texts, Wording } from './wording.ts'

const REMEDIES: Partial<Record<Reason, string>> = {
  'time-limit': 'Raise `time-limit`, scan fewer ports, or split the scan into several jobs.',
  aborted: 'Run the check again and let it finish.',
  'fd-limit': 'Raise the limit on open files (`ulimit -n`), or scan fewer hosts at a time.',
  'no-source-port': 'Lower `max-rate`, or widen the local port range.',
  'no-route': 'Run the check from a machine that has a route to this address.',
  'not-permitted': 'Allow outgoing connections to these ports in the firewall of this machine.',
}

export const incompleteScan: Wording<'incomplete-scan'> = {
  help: {
    severity: 'high',
    title: 'Some ports could not be probed',
    means:
      'The scanning machine could not probe these ports, or was not allowed to, so they may be open or closed: the time limit was reached, the run was cancelled, descriptors or source ports ran out, there is no route, the local firewall forbids it, or the address is out of scope. Or the host left most probes unanswered, even of ports that do answer. In the results of another scanner: it gave up on the host, or considered it down. Or the time ran out before the services on open ports were identified, where that matters. On GitHub-hosted runners, a required port 25 is reported here as well.',
    certain:
      'Ports that the scanning machine could not probe are `unknown`, never closed. Shortages of descriptors and source ports are first retried with fewer connections.',
    remedy:
      'The reason says what to change: raise `time-limit` or the limit on open files, lower `max-rate`, scan fewer ports, or scan from another machine.',
  },
  inFew: (where) => `scan of ${where} incomplete`,
  say: (finding) => SAY[finding.args.what](finding),
}

/** By what is incomplete. */
const SAY: Record<FindingArgs['incomplete-scan']['what'], (finding: FindingOf<'incomplete-scan'>) => Texts> =
  {
    'not-probed': (finding) => {
      const { args, reason = 'unexpected-error' } = finding
      const ports = say`${count(countPorts(args.ports), 'port')} of ${nameOfHost(finding)}`
      return {
        message: say`${ports} stayed unknown (${reason}): ${listPorts(args.ports)}.`,
        why: words(
          'This machine could not make these probes, so nothing is known about these ports: they may be open.',
        ),
        remedy: words(REMEDIES[reason] ?? 'Run the check again.'),
      }
    },
    'not-heard': (finding) => {
      const { args, reason = 'too-lossy' } = finding
      const ports = say`${count(countPorts(args.ports), 'port')} of ${nameOfHost(finding)}`
      return {
        message: say`${ports} stayed unknown (${reason}): ${listPorts(args.ports)}.`,
        why: words(
          'So many probes were lost, even of ports that do answer, that the silence of these ports shows nothing. They were tried 32 times and may be open.',
        ),
        remedy: words(
          'Exempt this machine from limits on connections and on refusals in the firewall before the host, lower `max-rate`, or scan from another machine.',
        ),
      }
    },
    'given-up': (finding) => {
      const { args, reason } = finding
      const ports = say`${count(countPorts(args.ports), 'port')} of ${nameOfHost(finding)}`
      return {
        message: say`${ports} stayed unknown (${reason ?? ''}): ${listPorts(args.ports)}.`,
        why: words(
          reason === 'host-down'
            ? 'The scanner considered the host down, because it did not answer a ping, and probed none of its ports: they may be open.'
            : 'The scanner gave up on the host after its time limit, so nothing is known about these ports: they may be open.',
        ),
        remedy: words(
          reason === 'host-down'
            ? 'Let the scanner probe hosts that do not answer a ping (nmap: `-Pn`).'
            : 'Give the scanner more time for each host (nmap: `--host-timeout`).',
        ),
      }
    },
    'not-identified': (finding) => ({
      message: say`${nameServices(finding.args.ports)} of ${nameOfHost(finding)} was not identified before the scan was stopped.`,
      why: words(WHY_SERVICE),
      remedy: words('Raise `time-limit`, or let the check finish.'),
    }),
    untestable: (finding) => ({
      message: say`Port ${formatRanges(finding.args.ports)} of ${nameOfHost(finding)} is required, and cannot be tested from this runner.`,
      why: words(
        'GitHub-hosted runners cannot connect to port 25 of other networks, so nothing is known about it.',
      ),
      remedy: words('Run this check from a self-hosted runner, or leave the port out of `require`.'),
    }),
    'out-of-scope': (finding) => ({
      message: sayRefused(finding),
      why: words(
        'The name resolves to an address outside of `scope`, or to one that is probed only if `scope` names it (link-local, metadata, multicast, broadcast, 0.0.0.0/8), or to loopback, which is this machine and not the host. Nothing was sent to it.',
      ),
      remedy: words(
        "If that is not the host's address, correct the DNS record. If it is, add it to `scope` for this check, or to `hosts` if it is loopback.",
      ),
    }),
    'needs-zone': (finding) => ({
      message: sayRefused(finding),
      why: words(
        'The name resolves to a link-local IPv6 address. Such an address would need a zone, which Portgate does not support. Nothing was sent to it.',
      ),
      remedy: words('Correct the DNS record, or name another address of the host.'),
    }),
  }

/** An address that a name has led to and that may not be probed. */
function sayRefused(finding: FindingOf<'incomplete-scan'>) {
  return say`${nameOfHost(finding)} was not probed (out-of-scope), so its ports stayed unknown: ${listPorts(finding.args.ports)}.`
}
