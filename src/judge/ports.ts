import { settingFor, UNKNOWN_SEVERITY } from '../catalogue/catalogue.ts'
import type { Allowance, Finding, OpenPort, Severity } from '../model.ts'
import { findOnHost, type HostCase, nameOfPort, riskAt } from './host.ts'
import { covering } from './rules.ts'
import { whatIsWrongWithService } from './services.ts'
import { worse } from './verdict.ts'

/** Of an open port of which the catalogue knows nothing. */
const UNKNOWN_WHY =
  'Every open port is a way in that somebody has to look after, and nobody has said why this one is open.'
const UNKNOWN_REMEDY = 'Close the port, or let only known addresses reach it.'

/** What is wrong with the open ports of a host: at most one violation a port. */
export function judgeOpenPorts(about: HostCase): Finding[] {
  return about.host.open.flatMap((open) => judgeOpenPort(about, open) ?? [])
}

function judgeOpenPort(about: HostCase, open: OpenPort): Finding | undefined {
  const { rules } = about
  const [denial] = covering(rules.denials, open.port).slice(-1)
  if (denial) {
    const severity = worse(severityOf(about, open), 'high')
    const message = `${say(about, open)} is open although the policy denies ${denial.text}.`
    const cure = 'If it is meant to be open, take it out of `deny`.'
    return accuse(about, open, { id: 'denied-open-port', severity, message, cure, place: denial.place })
  }
  const live = covering(rules.live, open.port)
  if (live.length > 0) return judgeService(about, open, live)
  const [expired] = covering(rules.expired, open.port).sort(byExpiry).slice(-1)
  const severity = severityOf(about, open)
  if (!expired) {
    const message = `${say(about, open)} is open, and no allowance covers it.`
    const cure = `If it is meant to be open, allow ${open.port} for ${about.host.host} in the policy.`
    return accuse(about, open, { id: 'unexpected-open-port', severity, message, cure })
  }
  const owner = expired.owner ? ` (owner: ${expired.owner})` : ''
  const message = `${say(about, open)} is open; its allowance expired on ${expired.expires}${owner}.`
  const cure = 'If it is still needed, agree on a new day and write it in `expires`.'
  return accuse(about, open, { id: 'expired-allowance', severity, message, cure, place: expired.place })
}

function byExpiry(a: Allowance, b: Allowance): number {
  return (a.expires ?? '').localeCompare(b.expires ?? '')
}

function judgeService(about: HostCase, open: OpenPort, live: Allowance[]): Finding | undefined {
  const wrong = whatIsWrongWithService(about, open, live)
  if (!wrong) return undefined
  const [allowance] = live.slice(-1)
  const wanted = [...new Set(live.map(({ service }) => service))].join(' or ')
  const answered = open.service ? `${open.service} answers` : 'nothing that is known answers'
  return accuse(about, open, {
    id: 'wrong-service',
    severity: open.service ? worse(severityOf(about, open), 'low') : 'low',
    message: `${capitalise(nameOfPort(about, open.port))} is allowed for ${wanted}, but ${answered} there.`,
    cure: 'If this is what should be there, correct `service` in the allowance.',
    place: allowance?.place,
  })
}

/** What is wrong, and what can be done about that beside what can be done about the service. */
type Charge = Pick<Finding, 'id' | 'severity' | 'message' | 'place'> & { cure?: string }

function accuse(about: HostCase, open: OpenPort, { cure, ...charge }: Charge): Finding {
  const { port, reason, service } = open
  const risk = riskAt(about, open)
  const setting = risk && settingFor(risk, port)
  const remedy = [
    risk?.remedy ?? UNKNOWN_REMEDY,
    risk?.alternative,
    setting && `Its own setting: ${setting}.`,
    cure,
  ]
    .filter(Boolean)
    .join(' ')
  return findOnHost(about, {
    ...charge,
    port,
    service: service ?? risk?.service,
    state: 'open',
    reason,
    why: risk?.why ?? UNKNOWN_WHY,
    remedy,
  })
}

function severityOf(about: HostCase, open: OpenPort): Severity {
  return riskAt(about, open)?.severity ?? UNKNOWN_SEVERITY
}

/** `redis on port 6379 of db.example.com (192.0.2.10)`; what did not say what it is, is named by its port alone. */
function say(about: HostCase, open: OpenPort): string {
  const where = nameOfPort(about, open.port)
  return open.service ? `${open.service} on ${where}` : capitalise(where)
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
