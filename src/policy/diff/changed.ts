import type { HostRule, PortRange } from '../../model.ts'
import type { Comparison } from './loss.ts'
import { textOf } from './subjects.ts'

const changes = new WeakMap<HostRule[], WeakMap<HostRule[], HostRule[]>>()

/** The rules that have no equal on the other side. Environments without rules of their own share those of the top level. */
export function listChangedOnce(comparison: Comparison, strict: HostRule[], lax: HostRule[]): HostRule[] {
  const ofStrict = changes.get(strict) ?? new WeakMap<HostRule[], HostRule[]>()
  changes.set(strict, ofStrict)
  const known = ofStrict.get(lax)
  if (known) return known
  comparison.spend(strict.length + lax.length)
  const changed = listChanged(strict, lax)
  ofStrict.set(lax, changed)
  return changed
}

function listChanged(strict: HostRule[], lax: HostRule[]): HostRule[] {
  const [one, other] = [meaningsOnce(strict), meaningsOnce(lax)]
  return [
    ...strict.filter((rule) => !other.has(meaningOf(rule))),
    ...lax.filter((rule) => !one.has(meaningOf(rule))),
  ]
}

const meaningsOf = new WeakMap<HostRule[], Set<string>>()

function meaningsOnce(rules: HostRule[]): Set<string> {
  const known = meaningsOf.get(rules) ?? new Set(rules.map(meaningOf))
  meaningsOf.set(rules, known)
  return known
}

const meanings = new WeakMap<HostRule, string>()

/** All of a rule that decides anything. It may have a hundred thousand entries, so each is written in few characters. */
function meaningOf(rule: HostRule): string {
  const known = meanings.get(rule)
  if (known !== undefined) return known
  const { matcher, allow, deny } = rule
  const allowances = allow.map(({ ports, required, requiresOnly, service, expires }) => {
    const kind = requiresOnly ? 'require' : required ? 'both' : 'allow'
    return [kind, write(ports), service, expires].join(' ')
  })
  const denials = deny.map(({ ports, except }) => `deny ${write(ports)} ${except?.map(textOf) ?? ''}`)
  const meaning = [textOf(matcher), ...allowances, ...denials].join('\n')
  meanings.set(rule, meaning)
  return meaning
}

function write(ports: PortRange[]): string {
  return ports.map(({ from, to }) => `${from}-${to}`).join()
}
