import type { Finding, PlannedEndpoint, PortRange, Reason, ScanResult, Unseen } from '../model.ts'
import { count } from '../numbers.ts'
import { needsZone } from '../policy/scope.ts'
import { countPorts } from '../port-ranges.ts'
import { isIn, listCredible, listRuns } from './everywhere.ts'
import { makeFinding } from './finding.ts'
import { findOnHost, type HostCase, hasAnswered, nameOf, nameOfHost } from './host.ts'
import { doubtUntestable } from './required.ts'
import { shorten } from './shorten.ts'
import { doubtServices } from './unidentified.ts'

/** What the gate could not see of a host. */
export function doubtHost(about: HostCase): Finding[] {
  if (about.host.answersEverywhere) return [doubtEverywhere(about), ...doubtUnknown(about)]
  return [
    ...doubtSilence(about),
    ...doubtRuns(about),
    ...doubtUnknown(about),
    ...doubtServices(about),
    ...doubtUntestable(about),
  ]
}

/** Something answers in place of the host on a part of its ports. */
function doubtRuns(about: HostCase): Finding[] {
  const runs = listRuns(about.host)
  if (runs.length === 0) return []
  const silent = about.host.open.filter((open) => isIn(runs, open)).length
  const facts = {
    id: 'answers-everywhere',
    severity: 'high',
    state: 'open',
    reason: 'syn-ack',
    message: `${nameOfHost(about)} accepts connections on whatever port of ${shorten(runs)} is tried. On ${silent} of those probed, what answers could not be identified.`,
    why: WHY_EVERYWHERE,
    remedy: REMEDY_EVERYWHERE,
  } as const
  return [findOnHost(about, facts, ['runs'])]
}

const WHY_EVERYWHERE =
  'A tarpit, a proxy or a firewall answers in place of the host, so an open port here does not mean that a service listens, and what the host itself exposes cannot be seen.'
const REMEDY_EVERYWHERE =
  'Scan the host from behind that device, for example from a self-hosted runner, or exempt the address of this one from SYN proxying.'

function doubtEverywhere(about: HostCase): Finding {
  const { open } = about.host
  const own = listCredible(about).length
  const except = own > 0 ? ` On ${own} of them a service answers as itself.` : ''
  return findOnHost(about, {
    id: 'answers-everywhere',
    severity: 'high',
    state: 'open',
    reason: 'syn-ack',
    message: `${nameOfHost(about)} accepts connections on whatever port is tried: ${open.length} of those probed, and ports that no service uses.${except}`,
    why: WHY_EVERYWHERE,
    remedy: REMEDY_EVERYWHERE,
  })
}

/** Silence is what a policy that allows nothing asks for, and a doubt everywhere else. */
function doubtSilence(about: HostCase): Finding[] {
  const { host, rules } = about
  if (hasAnswered(host) || host.filtered.length === 0) return []
  const name = nameOfHost(about)
  const isExpected = rules.live.length === 0
  if (isExpected) {
    const message = `Nothing answered on ${name}, where the policy allows nothing.`
    const why = 'That is what the policy asks for. A host that is gone would look the same.'
    return [
      findOnHost(about, { id: 'silent-host', severity: 'info', message, why, remedy: 'Nothing to do.' }),
    ]
  }
  return [
    findOnHost(about, {
      id: 'unreachable-host',
      severity: 'high',
      state: 'filtered',
      reason: host.filtered[0]?.reason ?? 'no-response',
      message: `Nothing answered on ${name}, although the policy allows something there.`,
      why: 'A host that this machine cannot reach looks as safe as one with every port closed, and may be neither.',
      remedy:
        'Check the address, and whether the firewall lets this machine through to the ports that the policy allows. If the host is gone, remove it from the policy.',
    }),
  ]
}

const UNKNOWN_REMEDIES: Partial<Record<Reason, string>> = {
  'time-limit': 'Raise `time-limit`, scan fewer ports, or share the work among several jobs.',
  aborted: 'Run the check again and let it finish.',
  'fd-limit': 'Raise the limit of open files (`ulimit -n`), or scan fewer hosts at a time.',
  'no-source-port': 'Lower `max-rate`, or widen the range of local ports.',
  'no-route': 'Run the check from a machine that has a route to this address.',
  'not-permitted': 'Let the firewall of this machine send to these ports.',
}

/** Ports that stayed unknown, by reason. */
function doubtUnknown(about: HostCase): Finding[] {
  const { unknown, changed } = about.host
  const isTold = !changed || unknown.some(({ reason }) => reason === changed)
  const rest = isTold ? [] : [doubtChanged(about, changed, [])]
  return [...rest, ...doubtUnknownPorts(about)]
}

function doubtUnknownPorts(about: HostCase): Finding[] {
  return about.host.unknown
    .filter(({ reason }) => reason !== 'untestable')
    .map(({ reason, ports }) => {
      if (reason === 'went-silent' || reason === 'started-refusing') return doubtChanged(about, reason, ports)
      if (reason === 'out-of-scope') return doubtRefused(about, ports)
      const size = countPorts(ports)
      const which = shorten(ports)
      const facts = {
        id: 'incomplete-scan',
        severity: 'high',
        state: 'unknown',
        reason,
        message: `${count(size, 'port')} of ${nameOfHost(about)} stayed unknown (${reason}): ${which}.`,
        why: 'This machine could not make these probes, so nothing is known about these ports: they may be open.',
        remedy: UNKNOWN_REMEDIES[reason] ?? 'Run the check again.',
      } as const
      return findOnHost(about, facts, [reason])
    })
}

const CHANGED = {
  'went-silent': {
    what: 'stopped answering during the scan, even on ports that had answered before',
    why: 'Either the network failed, or a firewall banned this machine for scanning: from then on even open ports look closed.',
  },
  'started-refusing': {
    what: 'began to refuse connections during the scan, even on ports that had accepted them before',
    why: 'A firewall banned this machine for scanning or refuses connections above a rate, or every open service stopped at once: from then on even open ports look closed.',
  },
} as const

/** A host that accepted connections until some moment, and then no longer. */
function doubtChanged(about: HostCase, id: keyof typeof CHANGED, ports: PortRange[]): Finding {
  const { what, why } = CHANGED[id]
  const size = countPorts(ports)
  const unknown = size > 0 ? `: ${count(size, 'port')} stayed unknown (${shorten(ports)})` : ''
  return findOnHost(about, {
    id,
    severity: 'high',
    state: 'unknown',
    reason: id,
    message: `${nameOfHost(about)} ${what}${unknown}.`,
    why,
    remedy:
      'Exempt the address of this machine from the ban, lower `max-rate`, or scan fewer ports (`ports: common`).',
  })
}

const REFUSED = {
  why: 'The name resolves to an address outside of `scope`, or to one that is probed only if `scope` names it (link-local, metadata, multicast, broadcast, 0.0.0.0/8), or to loopback, which is this machine and not the host. Nothing was sent there.',
  remedy:
    'If the address is not that of the host, correct the DNS record. If it is, add it to `scope` where the check is set up, or to `hosts` if it is loopback.',
}

const ZONELESS = {
  why: 'The name resolves to a link-local IPv6 address. Such an address would need a zone, which Portgate does not take. Nothing was sent there.',
  remedy: 'Correct the DNS record, or name another address of the host.',
}

/** An address that a name has led to and that may not be probed. */
function doubtRefused(about: HostCase, ports: PortRange[]): Finding {
  return findOnHost(
    about,
    {
      id: 'incomplete-scan',
      severity: 'high',
      state: 'unknown',
      reason: 'out-of-scope',
      message: `${nameOfHost(about)} was not probed (out-of-scope), so its ports stayed unknown: ${shorten(ports)}.`,
      ...(needsZone(about.host.address) ? ZONELESS : REFUSED),
    },
    ['out-of-scope'],
  )
}

/** What gave no address to scan. */
export function doubtUnseen({ unseen, hosts }: ScanResult, endpoints: PlannedEndpoint[]): Finding[] {
  const plannedOf = new Map<string, PlannedEndpoint>()
  for (const planned of [...endpoints].reverse()) {
    plannedOf.set(nameOf(planned.environment, planned.endpoint.text), planned)
  }
  const seen = new Set(hosts.map(({ environment, endpoint }) => nameOf(environment, endpoint)))
  return unseen.flatMap((one) => {
    const name = nameOf(one.environment, one.endpoint)
    const planned = plannedOf.get(name)
    if (!planned) throw new Error(`The scan has a result of ${one.endpoint}, which its plan does not have.`)
    if (one.kind === 'unresolved')
      return [seen.has(name) ? halfResolved(planned, one) : unresolved(planned, one)]
    return planned.scan.ip === 'auto' && seen.has(name) ? [] : [noIpv6(planned, one)]
  })
}

function unresolved(planned: PlannedEndpoint, { environment, endpoint, detail }: Unseen): Finding {
  return makeFinding(
    {
      id: 'unresolved-host',
      severity: 'high',
      ...(environment === undefined ? {} : { environment }),
      endpoint,
      message: `${endpoint} could not be resolved: ${detail}.`,
      why: 'A name without an address cannot be scanned, so nothing is known about its ports.',
      remedy:
        'Correct the name, or remove it from the policy if the host is gone. If the name is right, check the resolver of this machine.',
      ...placed(planned),
    },
    planned,
    [endpoint],
  )
}

/** Some of its addresses were found and scanned, and others could not be looked up, or were too many. */
function halfResolved(planned: PlannedEndpoint, { environment, endpoint, detail, missing }: Unseen): Finding {
  const other = missing === 4 ? 6 : 4
  const remedy = missing
    ? `Check the name server of this machine. If the name is meant to have IPv${other} addresses only, scan with \`ip: ${other}\`.`
    : 'Scan fewer ports, or fewer hosts at a time.'
  return makeFinding(
    {
      id: 'unresolved-host',
      severity: 'high',
      ...(environment === undefined ? {} : { environment }),
      endpoint,
      message: `Not all addresses of ${endpoint} are known: ${detail}.`,
      why: 'An address that is not known cannot be scanned, so nothing is known about its ports.',
      remedy,
      ...placed(planned),
    },
    planned,
    [endpoint],
  )
}

function noIpv6(planned: PlannedEndpoint, { environment, endpoint, address = '', detail }: Unseen): Finding {
  return makeFinding(
    {
      id: 'no-ipv6-here',
      severity: 'medium',
      ...(environment === undefined ? {} : { environment }),
      endpoint,
      address,
      message: `${address === endpoint ? address : `${address} of ${endpoint}`} cannot be reached: this machine has no IPv6 route to it (${detail}).`,
      why: 'A firewall that covers IPv4 only leaves the same services open on IPv6, and nobody has looked.',
      remedy:
        'Run this check from a machine with IPv6 (GitHub-hosted runners have none), or say in the policy that IPv4 is enough: `ip: 4`.',
      ...placed(planned),
    },
    planned,
    [endpoint],
  )
}

/** The endpoint where it is written, else the rule that names it. */
function placed({ endpoint, rules, addressRules }: PlannedEndpoint) {
  const place = endpoint.place ?? rules.at(-1)?.place ?? addressRules?.at(-1)?.at(-1)?.place
  return place ? { place } : {}
}

/**
 * No host has answered anything, and no canary did (this machine's own addresses, which answer without a network, count
 * only where nothing else is scanned): perhaps it is this machine that cannot see. That something calls the
 * hosts unreachable is no answer of theirs: this machine's own kernel says so, too, when its gateway is gone.
 */
export function doubtRun(
  cases: HostCase[],
  { canaries, hosts }: ScanResult,
  endpoints: PlannedEndpoint[],
): Finding[] {
  const blind = doubtCanaries(canaries, endpoints)
  const others = cases.filter(({ host }) => !host.isThisMachine)
  const isSilent = (others.length > 0 ? others : cases).every(({ host }) => !hasAnswered(host))
  const wasProbed = hosts.some(({ filtered }) => filtered.length > 0)
  if (!isSilent || !wasProbed || canaries.some(({ outcome }) => outcome.state === 'open')) return blind
  const onDoubt = endpoints.some((planned) => planned.onDoubt === 'fail') ? 'fail' : 'warn'
  const canary =
    canaries.length > 0 ? `and ${canaries.map(sayCanary).join(', and ')}` : 'and there is no canary'
  return [
    ...blind,
    makeFinding(
      {
        id: 'silent-run',
        severity: 'high',
        message: `No host answered anything in this run, ${canary}.`,
        why: 'Either every host is silent, or this machine cannot see: its network may be cut off, or it may be banned.',
        remedy:
          'Name a `canary` in `scan`, which tells the two apart: a host and port that is known to be open, and is reached the same way as the endpoints.',
      },
      { failOn: 'low', onDoubt },
      [],
    ),
  ]
}

/** Canaries that were not open at the beginning and at the end: whatever else was heard, they prove that this machine cannot see. */
function doubtCanaries(canaries: ScanResult['canaries'], endpoints: PlannedEndpoint[]): Finding[] {
  return canaries
    .filter(({ outcome }) => outcome.state !== 'open')
    .map((canary) => {
      const { environment, host, port, outcome } = canary
      const own = endpoints.filter((planned) => planned.environment === environment)
      const onDoubt = own.some((planned) => planned.onDoubt === 'fail') ? 'fail' : 'warn'
      const said = sayCanary(canary)
      return makeFinding(
        {
          id: 'canary-not-open',
          severity: 'high',
          ...(environment === undefined ? {} : { environment }),
          port,
          ...outcome,
          message: `${said[0]?.toUpperCase()}${said.slice(1)}.`,
          why: 'A canary is known to be open. If this machine cannot see that, it may see nothing else as it is: a refusal may be that of a firewall on the way, and silence its own.',
          remedy:
            'Check that the canary still listens, and that this machine may connect to it. If it has moved, correct `canary` in `scan`.',
        },
        { failOn: 'low', onDoubt },
        [host],
      )
    })
}

const ASIDE = {
  'this-machine': 'is on this machine, so it proves nothing about the network',
  'another-interface':
    'is reached by another network interface than the endpoints, so it proves nothing about the way to them',
} as const

function sayCanary({ host, port, aside, outcome }: ScanResult['canaries'][number]): string {
  const name = `the canary ${host.includes(':') ? `[${host}]` : host}:${port}`
  if (aside) return `${name} ${ASIDE[aside]}`
  return `${name} was not open from beginning to end (${outcome.state}, ${outcome.reason})`
}
