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
const SILENCE = 'Silence is over at least two SYNs to every port, a second or more apart.'
const BY_SERVICE =
  'How bad it is follows from what answers. Where nothing told that, or TLS or a web server like any other did, the usual service of the port is named as a guess and decides, unless what answers is worse. The finding says which.'

/** Every finding, worst kind first. The keys are the ids, which are also the headings of `docs/findings.md`. */
export const FINDINGS: Record<FindingId, FindingHelp> = {
  'unexpected-open-port': {
    kind: 'violation',
    severity: 'medium',
    title: 'A port is open, and no allowance covers it',
    means: `The port accepts connections, and the policy neither allows nor requires it there. ${BY_SERVICE}`,
    certain: TWICE,
    remedy:
      'Close the port at the firewall, or let the service listen on loopback or a private address. If it is meant to be open, allow it in the policy, with a `reason` and an `expires` where it is for a time.',
  },
  'denied-open-port': {
    kind: 'violation',
    severity: 'high',
    title: 'A port is open although the policy denies it',
    means: `The port accepts connections, and an entry of \`deny\` covers it. \`deny\` wins over every allowance. ${BY_SERVICE} It is never below high.`,
    certain: TWICE,
    remedy:
      'Close the port. If it is meant to be open after all, take it out of `deny`, or name the host in `except`, and allow it.',
  },
  'expired-allowance': {
    kind: 'violation',
    severity: 'medium',
    title: 'A port is open, and its allowance has expired',
    means: `The port accepts connections, and every allowance that covers it is past its \`expires\`. ${BY_SERVICE}`,
    certain: `${TWICE} \`expires\` is the last day, in UTC, on which an allowance holds.`,
    remedy:
      'Close the port, or agree on a new day with the owner of the allowance and write it in `expires`.',
  },
  'required-port-not-open': {
    kind: 'violation',
    severity: 'high',
    title: 'A required port is not open',
    means: 'The policy says `require`, and the port refuses connections or does not answer.',
    certain:
      'It was tried up to three more times, 5 s each. Where this machine itself could not try, it is the doubt `incomplete-scan` instead.',
    remedy:
      'Start the service, or open the firewall to this machine. If the port is no longer needed, move it from `require` to `allow`, or take it out.',
  },
  'wrong-service': {
    kind: 'violation',
    severity: 'low',
    title: 'Another service than the allowed one answers',
    means:
      'The allowance names a `service`, and another one answers there. Where nothing told what answers, or only TLS did, it is the doubt `unidentified-service` instead.',
    certain: 'What answers is recognised by its own protocol and not by the number of the port.',
    remedy:
      'Find out what is running there. If it is what should be there, correct `service` in the allowance.',
  },
  'undocumented-allowance': {
    kind: 'violation',
    severity: 'medium',
    title: 'An allowance of a risky port lacks what the policy asks for',
    means:
      'The allowance covers a service from the severity on that `risky-allowances` names, and has no `reason`, `owner` or `expires`, or holds for longer than `max-days`.',
    certain: 'It is read from the policy, whether the port is open or not.',
    remedy: 'Write what is missing, or take the allowance out.',
  },
  'policy-loosened': {
    kind: 'violation',
    severity: 'medium',
    title: 'A change makes the policy weaker',
    means:
      'The policy of this pull request allows more, scans less or requires less than that of its base. It is a violation at or above the severity that `fail-on-loosening` names, else a note. How bad it is follows from what it lets through.',
    certain:
      'Both policies are compared by what they mean: rewording, reordering and reformatting are no change.',
    remedy: 'If it is meant so, let whoever answers for the host approve it. If not, take the change back.',
  },
  'unresolved-host': {
    kind: 'doubt',
    severity: 'high',
    title: 'A name could not be resolved',
    means:
      'The name has no address, or its lookup failed, so nothing was scanned. Or the lookup of one family of its addresses failed, and the others were scanned.',
    certain:
      'A lookup that failed was tried three times, a second apart. That there is no such name, or no address of a family, is an answer, and believed at once.',
    remedy:
      'Correct the name, or take it out of the policy if the host is gone. If the name is right, check the resolver of the machine that scans.',
  },
  'unreachable-host': {
    kind: 'doubt',
    severity: 'high',
    title: 'Nothing answered on a host on which something is allowed',
    means:
      'No port of the host answered, although the policy allows or requires something there. The host may be down, or its firewall may drop what this machine sends: it may as well have open ports that others can reach.',
    certain: SILENCE,
    remedy:
      'Check the address, and whether the firewall lets the machine that scans through to the ports that the policy allows.',
  },
  'silent-run': {
    kind: 'doubt',
    severity: 'high',
    title: 'No host answered anything in the whole run',
    means:
      'Not one port of any host answered, and no canary did: perhaps every host is silent, perhaps the machine that scans is cut off or banned.',
    certain:
      'One answer of any host, a refusal included, would have been enough. A message that calls a host unreachable is none.',
    remedy:
      'Name a `canary` in `scan`: a host and port that is known to be open, and is reached the way that the endpoints are, tells the two apart. One on this machine, or behind another network interface, proves nothing.',
  },
  'went-silent': {
    kind: 'doubt',
    severity: 'high',
    title: 'A host stopped answering during the scan',
    means:
      'Ports that had answered no longer did: the network failed, or a firewall banned the machine that scans. What has no proof from before is `unknown`.',
    certain:
      'Ports that had answered were asked again, all through the scan and for 15 s after the first silence.',
    remedy:
      'Exempt the address of the machine that scans from the ban, lower `max-rate`, or scan fewer ports (`ports: common`).',
  },
  'started-refusing': {
    kind: 'doubt',
    severity: 'high',
    title: 'A host started to refuse connections during the scan',
    means:
      'Ports that had accepted connections refused them: a firewall banned the machine that scans (fail2ban rejects, some intrusion prevention systems reset), or it refuses what comes too fast. A refusal proves then that something refused, and not that a port is closed. What came after the last proof is `unknown`, and no port is called missing.',
    certain:
      'Open ports were asked again all through the scan. When one refused, nothing else was sent until one accepted, and refusals were believed no longer; the host was given up after 15 s.',
    remedy:
      'Exempt the address of the machine that scans from the ban, lower `max-rate`, or scan fewer ports (`ports: common`).',
  },
  'canary-not-open': {
    kind: 'doubt',
    severity: 'high',
    title: 'A canary was not open from the beginning to the end',
    means:
      'A canary is a port that is known to be open. It was not, at the beginning or at the end of the run, so that the machine that scans may not see what is there: its own firewall may refuse what it sends, or something on the way.',
    certain:
      'The canary was asked before the first probe and after the last one, until its answer or its silence could be believed.',
    remedy:
      'Check that the canary still listens and that the machine that scans may connect to it, or correct `canary` in `scan`.',
  },
  'answers-everywhere': {
    kind: 'doubt',
    severity: 'high',
    title: 'A host accepts connections on whatever port is tried',
    means:
      'A tarpit, a proxy or a firewall answers in place of the host. An open port there does not mean that a service listens, and what the host itself exposes cannot be seen. It may be so for a part of the ports only; the finding names them then. A service that answers as itself is a violation all the same where the policy does not allow it: one that speaks its own protocol on its own port or on a denied one, or something else than ports that nothing uses.',
    certain:
      'Ports that no service has (49152 and above) accept connections as well, or, where 32 ports in a row are open and fewer than half of them tell what answers, seven of eight in between that nothing is known to use. Up to 64 open ports are asked what answers: denied ones first, then those that the policy names, then those of the catalogue, the worst first.',
    remedy:
      'Scan the host from behind that device, such as from a self-hosted runner, or exempt the address of the machine that scans from SYN proxying.',
  },
  'unidentified-service': {
    kind: 'doubt',
    severity: 'high',
    title: 'The policy names a service, and nothing told what answers',
    means:
      'The port is open and allowed for one service, and it said nothing that is known, or only TLS answers and nothing inside told what it carries. Or this machine was kept from listening, so that any open port which is not allowed may be worse than its number tells.',
    certain:
      'The port was asked twice: among others, and once more alone and with four times the patience, as far as a minute for each host goes. Time in which this machine could not listen does not count as silence.',
    remedy:
      'See what is running there. If it cannot be told from outside, leave `service` out of the allowance.',
  },
  'incomplete-scan': {
    kind: 'doubt',
    severity: 'high',
    title: 'Some ports could not be probed',
    means:
      'The machine that scans could not make these probes (time limit, cancelled, out of descriptors or source ports, no route, not permitted), so these ports may be open or closed. Or the time was over before it was known what answers on open ports of which that matters.',
    certain:
      'Ports that this machine could not probe are `unknown`, never closed. Shortages of descriptors and source ports are first retried with fewer connections.',
    remedy:
      'The reason says what to change: raise `time-limit` or the limit of open files, lower `max-rate`, scan fewer ports, or scan from another machine.',
  },
  'no-ipv6-here': {
    kind: 'doubt',
    severity: 'medium',
    title: 'An IPv6 address cannot be reached from this machine',
    means:
      'The endpoint has an IPv6 address that has to be covered, and the machine that scans has no IPv6. A firewall that covers IPv4 only leaves the same services open there.',
    certain: 'The kernel has no route to the address.',
    remedy:
      'Scan from a machine with IPv6 (GitHub-hosted runners have none), or say in the policy that IPv4 is enough: `ip: 4`.',
  },
  'unreviewed-policy': {
    kind: 'doubt',
    severity: 'high',
    title: 'What a change does to the policy is not known',
    means:
      "The policy of the base or of the pull request could not be read or used, so that they were not compared. It is a doubt where `fail-on-loosening` is set, else a note. Only the input `on-doubt` lets that doubt pass: the policy's own is part of what could not be reviewed.",
    certain: 'The message says what could not be read, and why.',
    remedy: 'Give the job `contents: read`, mend the policy, or compare the two with `portgate diff`.',
  },
  'expiring-allowance': {
    kind: 'note',
    severity: 'info',
    title: 'An allowance ends within 14 days',
    means: 'After its `expires` the port is a violation if it is still open.',
    certain: 'It is read from the policy. `expires` is the last day, in UTC, on which an allowance holds.',
    remedy: 'Close the port by then, or agree on a new day and write it down.',
  },
  'unused-allowance': {
    kind: 'note',
    severity: 'info',
    title: 'An allowance is not needed',
    means: 'If something opens there one day, an allowance that nothing needs hides it.',
    certain: 'Every host that the allowance matches was seen in full, and none has any of its ports open.',
    remedy: 'Take it out of the policy, or write `require` if the port should be open.',
  },
  'addresses-differ': {
    kind: 'note',
    severity: 'info',
    title: 'The addresses of one name have different ports open',
    means:
      'Users of the name reach one address or the other, and a port that is open on one only is easily overlooked.',
    certain: 'Every address of the name was scanned, and each was seen in full.',
    remedy: 'If it is not meant so, make the addresses alike.',
  },
  'untestable-port': {
    kind: 'note',
    severity: 'info',
    title: 'A port cannot be tested from here',
    means:
      'GitHub-hosted runners cannot connect to port 25 of other networks: it is probed, and counts as not seen unless it is open. Or up to four ports of a host stayed silent that refuses a hundred others or more: something on the way drops what is sent there, or a service listens that accepts no more connections.',
    certain:
      'Of port 25 it is known for this kind of machine. A port that is silent alone was tried again for 5 s when everything else was done.',
    remedy: 'Scan from a self-hosted runner, or look at the port on the host itself.',
  },
  cleartext: {
    kind: 'note',
    severity: 'info',
    title: 'Something answers unencrypted where TLS is to be expected',
    means:
      'The port is that of a service which TLS protects. Passwords and content can be read and changed on the way.',
    certain: 'What answered spoke its protocol without TLS.',
    remedy: 'Turn TLS on, or say in the policy which service this is.',
  },
  'certificate-expiring': {
    kind: 'note',
    severity: 'info',
    title: 'A certificate ends within 14 days, or has ended',
    means: 'Clients refuse an expired certificate, or their users learn to click the warning away.',
    certain: 'It is read from the certificate that the port presented.',
    remedy: 'Renew it, and see why that did not happen by itself.',
  },
  'silent-host': {
    kind: 'note',
    severity: 'info',
    title: 'Nothing answered on a host on which nothing is allowed',
    means: 'That is what the policy asks for. A host that is gone would look the same.',
    certain: SILENCE,
    remedy: 'Nothing to do.',
  },
}
