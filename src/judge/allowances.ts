import type { Catalogue } from '../catalogue/catalogue.ts'
import type {
  Allowance,
  Finding,
  Lack,
  PlannedEndpoint,
  Policy,
  RiskyAllowances,
  Severity,
} from '../model.ts'
import { countDays, SOON_DAYS } from './days.ts'
import { findRisk } from './documents.ts'
import { type Facts, makeFinding } from './finding.ts'
import type { HostCase } from './host.ts'
import { hasExpired } from './rules.ts'
import { type Remark, tellWorst } from './told.ts'
import { listUnused } from './unused.ts'
import { listAllowances, type Written } from './written.ts'

/**
 * The findings about allowances themselves: about all that the policy has for the environments of this run.
 *
 * @param unseen endpoints of which an address or more was not found or not reached
 */
export function judgeAllowances(
  policy: Policy,
  endpoints: PlannedEndpoint[],
  cases: HostCase[],
  unseen: PlannedEndpoint[],
  catalogue: Catalogue,
  now: Date,
): Finding[] {
  const written = listAllowances(policy, endpoints)
  return [
    ...tellWorst(written.flatMap((one) => demandDocuments(one, policy, catalogue, now))),
    ...tellWorst(written.flatMap((one) => noteExpiry(one, now))),
    ...tellWorst(listUnused(written, cases, unseen, now).map(noteUnused)),
  ]
}

/** @param tell receives what is found about an allowance, and its key */
function remark(
  one: Written,
  severity: Severity,
  tell: (about: { allowance: string; key: string }) => Facts,
): Remark {
  const { environment, rule, allowance, strictness } = one
  const [range] = allowance.ports
  const isSingle = allowance.ports.length === 1 && range?.from === range?.to
  return {
    severity,
    strictness,
    tell: () =>
      makeFinding(
        {
          ...tell({ allowance: allowance.text, key: rule.key }),
          ...(environment === undefined ? {} : { environment }),
          ...(isSingle ? { port: range?.from } : {}),
          place: allowance.place,
        },
        strictness,
        [rule.key, allowance.text, allowance.service],
      ),
  }
}

/** An allowance of a risky port has to carry what `risky-allowances` asks for. */
function demandDocuments(one: Written, policy: Policy, catalogue: Catalogue, now: Date): Remark[] {
  const { riskyAllowances } = policy
  if (!riskyAllowances) return []
  const risk = findRisk(one.allowance, riskyAllowances, catalogue)
  if (!risk) return []
  const lacks = listLacking(one.allowance, riskyAllowances, now)
  if (lacks.length === 0) return []
  const { severity, service } = risk
  const { from } = riskyAllowances
  return [
    remark(one, severity, (about) => ({
      id: 'undocumented-allowance',
      severity,
      service,
      args: { ...about, risk, from, lacks },
    })),
  ]
}

function listLacking(allowance: Allowance, { need, maxDays }: RiskyAllowances, now: Date): Lack[] {
  const absent = need.filter((key) => !allowance[key])
  const lacks = absent.map((key) => ({ key }))
  if (maxDays === undefined || absent.includes('expires')) return lacks
  const { expires } = allowance
  if (expires === undefined) return [...lacks, { key: 'expires', maxDays }]
  const days = countDays(now, expires)
  return days > maxDays ? [...lacks, { key: 'expires', days, maxDays }] : lacks
}

function noteExpiry(one: Written, now: Date): Remark[] {
  const { expires, owner } = one.allowance
  if (expires === undefined || hasExpired(one.allowance, now)) return []
  const days = countDays(now, expires)
  if (days > SOON_DAYS) return []
  return [
    remark(one, 'info', (about) => ({
      id: 'expiring-allowance',
      severity: 'info',
      args: { ...about, expires, days, owner },
    })),
  ]
}

function noteUnused(one: Written): Remark {
  return remark(one, 'info', (args) => ({ id: 'unused-allowance', severity: 'info', args }))
}
