import { guessAt, settingFor, UNKNOWN_SEVERITY } from '../catalogue/catalogue.ts'
import type { Allowance, CatalogueEntry, Finding, OpenPort, Severity } from '../model.ts'
import { covering } from '../policy/covering.ts'
import { guess, rate } from './answer.ts'
import { listCredible } from './everywhere.ts'
import { findOnHost, type HostCase, riskAt } from './host.ts'
import { whatIsWrongWithService } from './services.ts'
import { suggestAllowance } from './suggestion.ts'
import { worse } from './verdict.ts'

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
    const { facts, args } = describe(about, open, risk, worse(severity, 'high'))
    const { text: denied, place } = denial
    return findOnHost(about, { id: 'denied-open-port', ...facts, args: { ...args, denied }, place })
  }
  const live = covering(rules.live, open.port)
  if (live.length > 0) return judgeService(about, open, live)
  const { facts, args } = describe(about, open, risk, severity)
  const [expired] = covering(rules.expired, open.port).sort(byExpiry).slice(-1)
  if (!expired) {
    const suggestion = suggestAllowance(about, open)
    return findOnHost(about, { id: 'unexpected-open-port', ...facts, args: { ...args, suggestion } })
  }
  const { expires = '', owner, place } = expired
  return findOnHost(about, { id: 'expired-allowance', ...facts, args: { ...args, expires, owner }, place })
}

function byExpiry(a: Allowance, b: Allowance): number {
  return (a.expires ?? '').localeCompare(b.expires ?? '')
}

function judgeService(about: HostCase, open: OpenPort, live: Allowance[]): Finding | undefined {
  const wrong = whatIsWrongWithService(about, open, live)
  if (!wrong) return undefined
  const wanted = [...new Set(live.flatMap(({ service }) => service ?? []))]
  const risk = riskAt(about, open)
  // A usual service that is allowed there is not a risk that another service could hide.
  const seen = risk && wanted.includes(risk.service) ? seenAs(about, open) : risk
  const { facts, args } = describe(about, open, seen, worse(seen?.severity ?? UNKNOWN_SEVERITY, 'low'))
  const place = live.at(-1)?.place
  return findOnHost(about, { id: 'wrong-service', ...facts, args: { ...args, wanted }, place })
}

/** What all findings about an open port have, and what their sentences have in common. */
function describe(about: HostCase, open: OpenPort, risk: CatalogueEntry | undefined, severity: Severity) {
  const { port, reason, service } = open
  const usual = guessAt(about.catalogue, port, service)
  return {
    facts: {
      severity,
      port,
      ...(service === undefined ? {} : { service }),
      ...(usual ? { usual: usual.service } : {}),
      state: 'open',
      reason,
    } as const,
    args: {
      risk,
      setting: risk && settingFor(risk, port),
      rating: rate(about, open, risk, severity),
      guess: guess(about, open),
    },
  }
}

/** What it is, going only by what answered. */
function seenAs({ catalogue }: HostCase, { service }: OpenPort): CatalogueEntry | undefined {
  return service === undefined ? undefined : catalogue.byService.get(service)
}
