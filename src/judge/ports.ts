import { guessAt, settingFor, UNKNOWN_SEVERITY } from '../catalogue/catalogue.ts'
import type { Allowance, CatalogueEntry, Finding, OpenPort } from '../model.ts'
import { covering } from '../policy/covering.ts'
import { sayGuess, sayRating } from './answer.ts'
import { listCredible } from './everywhere.ts'
import { findOnHost, type HostCase, nameOfPort, riskAt } from './host.ts'
import { whatIsWrongWithService } from './services.ts'
import { suggestAllowance } from './suggestion.ts'
import { worse } from './verdict.ts'

/** Of an open port of which the catalogue knows nothing. */
const UNKNOWN_WHY =
  'Every open port is a way in that somebody has to look after, and nobody has said why this one is open.'
const UNKNOWN_REMEDY = 'Close the port, or let only known addresses reach it.'

/** What is wrong with the open ports of a host: at most one violation a port. */
export function judgeOpenPorts(about: HostCase): Finding[] {
  return listCredible(about).flatMap((open) => judgeOpenPort(about, open) ?? [])
}

function judgeOpenPort(about: HostCase, open: OpenPort): Finding | undefined {
  const { rules } = about
  const risk = riskAt(about, open)
  const severity = risk?.severity ?? UNKNOWN_SEVERITY
  const [denial] = covering(rules.denials, open.port).slice(-1)
  if (denial) {
    const message = `${say(about, open)} is open although the policy denies ${denial.text}.${sayGuess(about, open)}`
    const cure = 'If it is meant to be open, remove it from `deny`, or name the host in its `except`.'
    const place = denial.place
    return accuse(about, open, risk, {
      id: 'denied-open-port',
      severity: worse(severity, 'high'),
      message,
      cure,
      place,
    })
  }
  const live = covering(rules.live, open.port)
  if (live.length > 0) return judgeService(about, open, live)
  const [expired] = covering(rules.expired, open.port).sort(byExpiry).slice(-1)
  if (!expired) {
    const message = `${say(about, open)} is open, and no allowance covers it.${sayGuess(about, open)}`
    const cure = suggestAllowance(about, open)
    return accuse(about, open, risk, { id: 'unexpected-open-port', severity, message, cure })
  }
  const owner = expired.owner ? ` (owner: ${expired.owner})` : ''
  const message = `${say(about, open)} is open; its allowance expired on ${expired.expires}${owner}.${sayGuess(about, open)}`
  const cure = 'If it is still needed, agree on a new date and write it in `expires`.'
  return accuse(about, open, risk, { id: 'expired-allowance', severity, message, cure, place: expired.place })
}

function byExpiry(a: Allowance, b: Allowance): number {
  return (a.expires ?? '').localeCompare(b.expires ?? '')
}

function judgeService(about: HostCase, open: OpenPort, live: Allowance[]): Finding | undefined {
  const wrong = whatIsWrongWithService(about, open, live)
  if (!wrong) return undefined
  const [allowance] = live.slice(-1)
  const wanted = [...new Set(live.map(({ service }) => service))]
  const where = capitalise(nameOfPort(about, open.port))
  const risk = riskAt(about, open)
  // What usually is there and is allowed there is no risk that something else could hide.
  const seen = risk && wanted.includes(risk.service) ? seenAs(about, open) : risk
  return accuse(about, open, seen, {
    id: 'wrong-service',
    severity: worse(seen?.severity ?? UNKNOWN_SEVERITY, 'low'),
    message: `${where} is allowed for ${wanted.join(' or ')}, but ${open.service} answers there.`,
    cure: 'If this is what should be there, correct `service` in the allowance.',
    place: allowance?.place,
  })
}

/** What is wrong, and what can be done about that beside what can be done about the service. */
type Charge = Pick<Finding, 'id' | 'severity' | 'message' | 'place'> & { cure?: string }

function accuse(
  about: HostCase,
  open: OpenPort,
  risk: CatalogueEntry | undefined,
  { cure, ...charge }: Charge,
): Finding {
  const { port, reason, service } = open
  const usual = guessAt(about.catalogue, port, service)
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
    ...(service === undefined ? {} : { service }),
    ...(usual ? { usual: usual.service } : {}),
    state: 'open',
    reason,
    why: `${sayRating(about, open, risk, charge.severity)} ${risk?.why ?? UNKNOWN_WHY}`,
    remedy,
  })
}

/** What it is by the word of what answered alone. */
function seenAs({ catalogue }: HostCase, { service }: OpenPort): CatalogueEntry | undefined {
  return service === undefined ? undefined : catalogue.byService.get(service)
}

/** `redis on port 6379 of db.example.com (192.0.2.10)`; what did not say what it is, is named by its port alone. */
function say(about: HostCase, open: OpenPort): string {
  const where = nameOfPort(about, open.port)
  return open.service ? `${open.service} on ${where}` : capitalise(where)
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
