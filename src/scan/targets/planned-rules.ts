import { memoizeFor } from '../../memo.ts'
import type { Allowance, HostRule, PlannedEndpoint, PortRange } from '../../model.ts'

/** Every list of rules that may hold for some address of an endpoint. */
export function listRules({ rules, addressRules = [] }: PlannedEndpoint): HostRule[][] {
  return [rules, ...addressRules]
}

/** What each rule of a list gives, all in one. Rules and lists are read once: endpoints share both. */
export function rememberRules<T>(ofRule: (rule: HostRule) => T[]): (rules: HostRule[]) => T[] {
  const rememberedOf = memoizeFor(ofRule)
  return memoizeFor((rules) => rules.flatMap(rememberedOf))
}

const namedOf = rememberRules(({ allow }) => allow.flatMap(portsOfNamed))

/** Ports of which a rule that may hold names the service that has to answer. */
export function listNamedPorts(planned: PlannedEndpoint): PortRange[] {
  return listRules(planned).flatMap(namedOf)
}

function portsOfNamed({ service, ports }: Allowance): PortRange[] {
  return service === undefined ? [] : ports
}
