import { memoizeFor } from '../../memo.ts'
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
  const [one, other] = [meaningsOf(strict), meaningsOf(lax)]
  return [
    ...strict.filter((rule) => !other.has(meaningOf(rule))),
    ...lax.filter((rule) => !one.has(meaningOf(rule))),
  ]
}

const meaningsOf = memoizeFor((rules: HostRule[]) => new Set(rules.map(meaningOf)))

/** All of a rule that decides anything. It may have a hundred thousand entries, so each is written in few characters. */
const meaningOf = memoizeFor(({ matcher, allow, deny }: HostRule): string => {
  const allowances = allow.map(({ ports, required, requiresOnly, service, expires }) => {
    const kind = requiresOnly ? 'require' : required ? 'both' : 'allow'
    return [kind, write(ports), service, expires].join(' ')
  })
  const denials = deny.map(({ ports, except }) => `deny ${write(ports)} ${except?.map(textOf) ?? ''}`)
  return [textOf(matcher), ...allowances, ...denials].join('\n')
})

function write(ports: PortRange[]): string {
  return ports.map(({ from, to }) => `${from}-${to}`).join()
}
