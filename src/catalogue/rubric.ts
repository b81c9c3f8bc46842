import { type CatalogueEntry, type RiskFacts, SEVERITIES, type Severity } from '../model.ts'

/** An entry as it is written: its severity follows from its facts. */
export type ServiceEntry = Omit<CatalogueEntry, 'severity'> & { facts: RiskFacts; alternative: string }

/** The severity, by what guards the service (down) and what lies behind it (across). */
const RUBRIC: Record<RiskFacts['auth'], Record<RiskFacts['yields'], Severity>> = {
  none: { control: 'critical', data: 'critical', some: 'high', hints: 'medium', nothing: 'low' },
  weak: { control: 'high', data: 'high', some: 'medium', hints: 'medium', nothing: 'low' },
  yes: { control: 'medium', data: 'medium', some: 'low', hints: 'low', nothing: 'low' },
}

/**
 * The severity of a service as it faces the internet, by the same few questions for all of them; `docs/severity.md`
 * explains each. It is never `info`: an open port that no policy allows has to fail a check that fails from `low` on.
 */
export function rateFacts({ auth, yields, cleartext, exploited }: RiskFacts): Severity {
  // A login that is bypassed en masse counts as weak.
  const guard = auth === 'yes' && exploited ? 'weak' : auth
  const severity = RUBRIC[guard][yields]
  const isWorth = yields === 'control' || yields === 'data'
  if (auth === 'weak' && exploited && isWorth) return 'critical'
  // A password that can be read in transit protects less than it should.
  return auth !== 'none' && cleartext === true && yields !== 'nothing' ? raise(severity) : severity
}

function raise(severity: Severity): Severity {
  return SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - 1)] ?? severity
}
