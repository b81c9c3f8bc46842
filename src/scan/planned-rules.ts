import type { HostRule, PlannedEndpoint } from '../model.ts'

/** Every list of rules that may hold for some address of an endpoint. */
export function listRules({ rules, addressRules = [] }: PlannedEndpoint): HostRule[][] {
  return [rules, ...addressRules]
}

/** A function of a list of rules that remembers its answers: endpoints share their lists. */
export function rememberByRules<T>(compute: (rules: HostRule[]) => T): (rules: HostRule[]) => T {
  const answers = new WeakMap<HostRule[], { answer: T }>()
  return (rules) => {
    const known = answers.get(rules) ?? { answer: compute(rules) }
    answers.set(rules, known)
    return known.answer
  }
}
