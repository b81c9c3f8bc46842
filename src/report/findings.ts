import type { FindingId, FindingKind, Severity } from '../model.ts'

/** What a finding means, whatever it was found on: the help of a SARIF rule, and a section of `docs/findings.md`. */
export interface FindingHelp {
  kind: FindingKind
  /** How bad it is where nothing more is known: of a port, the catalogue and what answers decide. */
  severity: Severity
  /** A title, without a full stop. */
  title: string
  /** What is so. */
  means: string
  /** How that is known. */
  certain: string
  /** What to do. */
  remedy: string
}

const TWICE = 'Every open port is connected to again before it is reported.'
const SILENCE =
  'Each port got at least two SYNs, a second or more apart, and none answered. An ICMP message that calls the host unreachable is no answer: a router may have sent it.'
const BY_SERVICE =
  "How bad it is depends on what answers. If that could not be identified, or is only TLS or a generic web server, the port's usual service is named as a guess and its severity stands, unless what answers is worse. The finding says which."
const BAN =
  'Exempt the address of the scanning machine from the ban, lower `max-rate`, or scan fewer ports (`ports: common`).'

/** Every finding, worst kind first. The keys are the ids, which are also the headings of `docs/findings.md`. */
export const FINDINGS: Record<FindingId, FindingHelp> = {
  'unexpected-open-port': {
    kind: 'violation',
    severity: 'medium',
    title: 'A port is open, and no allowance covers it',
    means: `The port accepts connections, and the policy neither allows nor requires that. ${BY_SERVICE}`,
    certain: TWICE,
    remedy:
      'Close the port at the firewall, or bind the service to loopback or a private address. If the port is meant to be open, allow it in the policy, with a `reason`, and with `expires` if it is temporary.',
  },
  'denied-open-port': {
    kind: 'violation',
    severity: 'high',
    title: 'A port is open although the policy denies it',
    means: `The port accepts connections, and an entry of \`deny\` covers it. \`deny\` wins over every allowance. ${BY_SERVICE} The severity is never below high.`,
    certain: TWICE,
    remedy:
      'Close the port. If it is meant to be open after all, remove it from `deny` or name the host in `except`, and allow it.',
  },
  'expired-allowance': {
    kind: 'violation',
    severity: 'medium',
    title: 'A port is open, and its allowance has expired',
    means: `The port accepts connections, and every allowance that covers it is past its \`expires\`. ${BY_SERVICE}`,
    certain: `${TWICE} \`expires\` is the last day, in UTC, on which an allowance holds.`,
    remedy:
      'Close the port, or agree on a new date with the owner of the allowance and write it in `expires`.',
  },
  'required-port-not-open': {
    kind: 'violation',
    severity: 'high',
    title: 'A required port is not open',
    means: 'The policy says `require`, and the port refuses connections or does not answer.',
    certain:
      'It was tried up to three more times, with 5 s for each answer. If the scanning machine could not try, the finding is the doubt `incomplete-scan` instead.',
    remedy:
      'Start the service, or let the scanning machine through the firewall. If the port is no longer needed, move it from `require` to `allow`, or remove it.',
  },
  'wrong-service': {
    kind: 'violation',
    severity: 'low',
    title: 'Another service answers than the one that is allowed',
    means:
      'The allowance names a `service`, and another one answers. If what answers could not be identified, or is only TLS, the finding is the doubt `unidentified-service` instead.',
    certain: 'A service is recognised by its own protocol, not by the port number.',
    remedy:
      'Find out what is running there. If it is what should be there, correct `service` in the allowance.',
  },
  'undocumented-allowance': {
    kind: 'violation',
    severity: 'medium',
    title: 'An allowance of a risky port lacks what the policy asks for',
    means:
      'The allowance covers a service of the severity that `risky-allowances` names, or worse. It has no `reason`, `owner` or `expires`, or holds for longer than `max-days`.',
    certain: 'This is read from the policy, whether the port is open or not.',
    remedy: 'Add what is missing, or remove the allowance.',
  },
  'policy-loosened': {
    kind: 'violation',
    severity: 'medium',
    title: 'A change makes the policy weaker',
    means:
      "This pull request's policy allows more, scans less or requires less than its base. That is a violation at or above the severity that `fail-on-loosening` names, else a note. How bad it is depends on what the change lets through.",
    certain:
      'The two policies are compared by what they mean: rewording, reordering and reformatting are no change.',
    remedy:
      'If it is intended, have whoever is responsible for the host approve it. If not, revert the change.',
  },
  'unresolved-host': {
    kind: 'doubt',
    severity: 'high',
    title: 'A name could not be resolved',
    means:
      'The name has no address, or its lookup failed, so nothing was scanned. Or only some of its addresses are known, because the lookup of one address family failed or there are more than a run can hold; then only those were looked at.',
    certain:
      'A lookup that fails is tried three times, a second apart, as far as half of the time limit goes. "No such name" and "no address of this family" are answers, and believed at once.',
    remedy:
      'Correct the name, or remove it from the policy if the host is gone. If the name is right, check the resolver of the scanning machine.',
  },
  'unreachable-host': {
    kind: 'doubt',
    severity: 'high',
    title: 'Nothing answered on a host where something is allowed',
    means:
      'No port of the host answered, although the policy allows or requires something there. The host may be down, or its firewall may drop what the scanning machine sends: it may still have open ports that others can reach.',
    certain: SILENCE,
    remedy:
      'Check the address, and whether the firewall lets the scanning machine through to the ports that the policy allows.',
  },
  'silent-run': {
    kind: 'doubt',
    severity: 'high',
    title: 'No host answered anything in the whole run',
    means:
      'No port of any host answered, and no canary was open. Perhaps every host is silent; perhaps the scanning machine is cut off or banned.',
    certain:
      "One answer from any host, even a refusal, would have been enough. A message that calls a host unreachable is no answer, and the scanning machine's own addresses count only if nothing else is scanned.",
    remedy:
      'Name a `canary` in `scan`, which tells the two apart: a host and port that is known to be open, and is reached the same way as the endpoints. One on the scanning machine or behind another network interface proves nothing.',
  },
  'went-silent': {
    kind: 'doubt',
    severity: 'high',
    title: 'A host stopped answering during the scan',
    means:
      'Ports that had answered no longer do: the network failed, or a firewall banned the scanning machine. Ports without proof from before that are `unknown`.',
    certain:
      'Ports that had answered were probed again all through the scan, and for 15 s after the first silence; or no open port answered when it was connected to again.',
    remedy: BAN,
  },
  'started-refusing': {
    kind: 'doubt',
    severity: 'high',
    title: 'A host began to refuse connections during the scan',
    means:
      'Ports that had accepted connections refuse them: a firewall banned the scanning machine (fail2ban rejects, some intrusion prevention systems reset), or it refuses connections above a rate. From then on a refusal shows only that something refused, not that a port is closed. Ports that came after the last proof are `unknown`, and no port is called missing.',
    certain:
      'Open ports were probed again all through the scan. When one refused, only open ports were probed until one accepted, and refusals were no longer believed; after 15 s the host was given up.',
    remedy: BAN,
  },
  'canary-not-open': {
    kind: 'doubt',
    severity: 'high',
    title: 'A canary was not open from the beginning to the end',
    means:
      'A canary is a port that is known to be open. It was not, at the beginning or at the end of the run, so the scanning machine may not see other ports as they are either: its own firewall, or something on the way, may refuse what it sends. Or the canary proves nothing, because it is on the scanning machine or behind another network interface than the endpoints.',
    certain:
      'The canary was probed before the first port and after the last one, until its answer or its silence could be believed.',
    remedy:
      'Check that the canary still listens and that the scanning machine may connect to it, or correct `canary` in `scan`.',
  },
  'answers-everywhere': {
    kind: 'doubt',
    severity: 'high',
    title: 'A host accepts connections on whatever port is tried',
    means:
      'A tarpit, a proxy or a firewall answers in place of the host. An open port does not mean that a service listens, and what the host itself exposes cannot be seen. If this holds for a part of the ports only, the finding names them. A service that answers as itself is still a violation if the policy does not allow it: one that speaks its own protocol on its own port or on a denied one, or that differs from what answers on unused ports.',
    certain:
      'At least seven of eight ports that no service has (49152 and above) accept connections, too. For a part of the ports: 32 or more in a row are open, fewer than half of them could be identified, and seven of eight in between that nothing is known to use are open. Up to 64 open ports are asked what answers: denied ones first, then those for which the policy names a service, then those of the catalogue, the worst first.',
    remedy:
      'Scan the host from behind that device, for instance from a self-hosted runner, or exempt the address of the scanning machine from SYN proxying.',
  },
  'unidentified-service': {
    kind: 'doubt',
    severity: 'high',
    title: 'The policy names a service, and what answers could not be identified',
    means:
      'The port is open and allowed for one service. What answers said nothing that Portgate knows, or it is TLS and nothing inside it could be identified, or the port stopped accepting connections. Or the scanning machine was kept from listening; then any open port that is not allowed may be worse than its number suggests.',
    certain:
      'The port was asked twice: once among others, and once alone with four times the patience, for up to a minute on each host. Time in which the scanning machine could not listen does not count as silence.',
    remedy:
      'Find out what is running there. If it cannot be identified from outside, leave `service` out of the allowance.',
  },
  'incomplete-scan': {
    kind: 'doubt',
    severity: 'high',
    title: 'Some ports could not be probed',
    means:
      'The scanning machine could not or may not probe these ports, so they may be open or closed: the time limit was reached, the run was cancelled, descriptors or source ports ran out, there is no route, the local firewall forbids it, or the address is out of scope. Or the time was up before it was known what answers on open ports where that matters. A required port 25 counts here as well on GitHub-hosted runners.',
    certain:
      'Ports that the scanning machine could not probe are `unknown`, never closed. Shortages of descriptors and source ports are first retried with fewer connections.',
    remedy:
      'The reason says what to change: raise `time-limit` or the limit of open files, lower `max-rate`, scan fewer ports, or scan from another machine.',
  },
  'no-ipv6-here': {
    kind: 'doubt',
    severity: 'medium',
    title: 'An IPv6 address cannot be reached from the scanning machine',
    means:
      'The endpoint has an IPv6 address that has to be covered, and the scanning machine has no route to it. A firewall that covers only IPv4 leaves the same services open there.',
    certain: 'The kernel has no route to the address.',
    remedy:
      'Scan from a machine with IPv6 (GitHub-hosted runners have none), or say in the policy that IPv4 is enough: `ip: 4`.',
  },
  'unreviewed-policy': {
    kind: 'doubt',
    severity: 'high',
    title: 'What a change does to the policy is not known',
    means:
      "The policies of the base and of the pull request were not compared, because one of them could not be read or they are too large. That is a doubt if `fail-on-loosening` is set, else a note. Only the input `on-doubt` lets this doubt pass: the policy's own is part of what could not be reviewed.",
    certain: 'The message says what could not be read, and why.',
    remedy: 'Give the job `contents: read`, correct the policy, or compare the two with `portgate diff`.',
  },
  'expiring-allowance': {
    kind: 'note',
    severity: 'info',
    title: 'An allowance ends within 14 days',
    means: 'After its `expires` the port is a violation if it is still open.',
    certain: 'This is read from the policy. `expires` is the last day, in UTC, on which an allowance holds.',
    remedy: 'Close the port by then, or agree on a new date and write it in `expires`.',
  },
  'unused-allowance': {
    kind: 'note',
    severity: 'info',
    title: 'An allowance is not needed',
    means: 'If something opens there one day, an allowance that nothing needs hides it.',
    certain: 'Every host that the allowance matches was seen in full, and none has any of its ports open.',
    remedy: 'Remove it from the policy, or write `require` if the port should be open.',
  },
  'addresses-differ': {
    kind: 'note',
    severity: 'info',
    title: 'The addresses of one name have different ports open',
    means:
      'Users of the name reach one address or the other, and a port that is open on only one of them is easily overlooked.',
    certain: 'Only addresses that were seen in full are compared.',
    remedy: 'If that is not intended, make the addresses alike.',
  },
  'untestable-port': {
    kind: 'note',
    severity: 'info',
    title: 'A port cannot be tested from here',
    means:
      'GitHub-hosted runners cannot connect to port 25 of other networks: it is probed, and counts as not seen unless it is open. Or up to four ports stayed silent on a host that refused a hundred or more: something on the way drops what is sent there, or a service listens that accepts no more connections.',
    certain:
      'Port 25 is known to be blocked on this kind of machine. Ports that alone were silent were tried again for 5 s when everything else was done.',
    remedy: 'Scan from a self-hosted runner, or look at the port on the host itself.',
  },
  cleartext: {
    kind: 'note',
    severity: 'info',
    title: 'Something answers unencrypted where TLS is expected',
    means:
      'The port is that of a service which TLS protects. Passwords and content can be read and changed on the way.',
    certain: 'What answered spoke its protocol without TLS.',
    remedy: 'Turn TLS on, or name the service in the allowance.',
  },
  'certificate-expiring': {
    kind: 'note',
    severity: 'info',
    title: 'A certificate ends within 14 days, or has ended',
    means: 'Clients refuse an expired certificate, or their users learn to click the warning away.',
    certain: 'This is read from the certificate that the port presented.',
    remedy: 'Renew it, and find out why that did not happen by itself.',
  },
  'silent-host': {
    kind: 'note',
    severity: 'info',
    title: 'Nothing answered on a host where nothing is allowed',
    means: 'That is what the policy asks for. A host that is gone would look the same.',
    certain: SILENCE,
    remedy: 'Nothing to do.',
  },
}
