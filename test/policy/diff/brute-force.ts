/**
 * What a policy means, worked out for one host, port and day at a time, and by nothing that the comparison uses: host
 * keys become regular expressions and numbers, ports are looked up one by one.
 */
import { type Catalogue, commonPorts } from '../../../src/catalogue/catalogue.ts'
import type { Endpoint, Environment, HostMatcher, HostRule, Policy } from '../../../src/model.ts'

/**
 * A host of the scan space: a name that no rule has an address of, an address that has no name, or one with both.
 * Neither: whatever a workflow names and no rule matches.
 */
export interface Host {
  name?: string
  address?: string
}

/** What holds for one port of one host in one environment. */
export interface Meaning {
  denied: boolean
  /** Last day by service, `''` for any; none where it is not allowed. */
  allowed: Map<string, string>
  required: string
  /** Whether it is probed: because that is asked for, or because a rule requires or denies it. */
  asked: boolean
  scanned: boolean
}

const FOREVER = '9999-12-31'

/** What a policy means for a host in an environment, port by port. */
export function readMeaning(
  policy: Policy,
  catalogue: Catalogue,
  environment: string | undefined,
  host: Host,
): (port: number) => Meaning {
  const chosen = policy.environments.find(({ name }) => name === environment)
  const rules = [...policy.hosts, ...(chosen?.hosts ?? [])]
  const matching = rules.filter(({ matcher }) => matches(matcher, host))
  const isOpen = environment === undefined ? policy.environments.length === 0 : chosen !== undefined
  const isAny = host.name === undefined && host.address === undefined
  const probes = isAny
    ? [readProbe({ kind: 'address', host: '', scan: {} })]
    : isOpen
      ? listEndpoints(chosen, rules, host).map(readProbe)
      : []
  return (port) => {
    const allowances = matching.flatMap(({ allow }) => allow).filter(({ ports }) => has(ports, port))
    const allowed = new Map<string, string>()
    for (const { service = '', expires = FOREVER, requiresOnly } of allowances) {
      if (requiresOnly) continue
      allowed.set(service, [allowed.get(service) ?? '', expires].sort()[1] as string)
    }
    const required = allowances.filter((allowance) => allowance.required)
    const asked = probes.some((probe) => probe.asks(port))
    return {
      denied: matching.some(({ deny }) => deny.some(({ ports }) => has(ports, port))),
      allowed,
      required:
        required
          .map(({ expires = FOREVER }) => expires)
          .sort()
          .at(-1) ?? '',
      asked,
      scanned: asked || probes.some((probe) => probe.binds(port)),
    }
  }

  function readProbe({ kind, scan, extraPort }: AnyEndpoint) {
    const selection = scan.ports ?? chosen?.scan.ports ?? policy.scan.ports ?? 'common'
    // A name may turn out to have any address, and a block has many.
    const binding = rules.filter(({ matcher }) =>
      kind !== 'address' && (matcher.kind === 'address' || matcher.kind === 'cidr')
        ? true
        : matches(matcher, host),
    )
    return {
      asks: (port: number) =>
        port === extraPort ||
        selection === 'all' ||
        (selection === 'common'
          ? listCommon(catalogue).has(port)
          : typeof selection === 'object' && has(selection, port)),
      binds: (port: number) =>
        binding.some(
          ({ allow, deny }) =>
            deny.some(({ ports }) => has(ports, port)) ||
            allow.some((one) => one.required && has(one.ports, port)),
        ),
    }
  }
}

type AnyEndpoint = Pick<Endpoint, 'kind' | 'host' | 'scan' | 'extraPort'>

/** The endpoints that a host is one of. */
function listEndpoints(chosen: Environment | undefined, rules: HostRule[], host: Host): AnyEndpoint[] {
  const concrete = rules.flatMap(({ matcher }): AnyEndpoint[] => {
    if (matcher.kind === 'name') return [{ kind: 'name', host: matcher.name, scan: {} }]
    return matcher.kind === 'address' ? [{ kind: 'address', host: matcher.address, scan: {} }] : []
  })
  return (chosen?.endpoints ?? concrete).filter(({ kind, host: text }) => {
    if (kind === 'name') return text === host.name
    return host.address !== undefined && isInBlock(text.includes('/') ? text : `${text}/32`, host.address)
  })
}

function has(ranges: readonly { from: number; to: number }[], port: number): boolean {
  return ranges.some(({ from, to }) => from <= port && port <= to)
}

const common = new Map<Catalogue, Set<number>>()

function listCommon(catalogue: Catalogue): Set<number> {
  const ports = common.get(catalogue) ?? new Set(commonPorts(catalogue))
  common.set(catalogue, ports)
  return ports
}

export function matches(matcher: HostMatcher, { name, address }: Host): boolean {
  switch (matcher.kind) {
    case 'address':
      return matcher.address === address
    case 'cidr':
      return address !== undefined && isInBlock(matcher.cidr, address)
    case 'name':
      return matcher.name === name
    case 'pattern': {
      const choices = matcher.pattern.replace(/^\{|\}$/g, '').split(',')
      return name !== undefined && choices.some((choice) => toRegExp(choice).test(`${name}.`))
    }
  }
}

/** `*` is one label or a part of one, `**` any number of labels. */
function toRegExp(pattern: string): RegExp {
  const labels = pattern.split('.').map((label) => {
    if (label === '**') return '([^.]+\\.)*'
    if (label === '*') return '[^.]+\\.'
    return `${label.replaceAll('*', '[^.]*').replaceAll('?', '[^.]')}\\.`
  })
  return new RegExp(`^${labels.join('')}$`)
}

function isInBlock(block: string, address: string): boolean {
  const [network = '', prefix] = block.split('/')
  const size = 2 ** (32 - Number(prefix))
  return Math.floor(toNumber(network) / size) === Math.floor(toNumber(address) / size)
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

/** What one policy asks for at a port and the other does not. */
export function listLost(strict: Meaning, lax: Meaning): ('allow' | 'widened' | 'deny' | 'require')[] {
  const isOpen = ({ denied, allowed }: Meaning) => !denied && allowed.size > 0
  const lost: ReturnType<typeof listLost> = []
  if (isOpen(lax) && !isOpen(strict)) lost.push('allow')
  if (isOpen(lax) && isOpen(strict) && isWider(strict, lax)) lost.push('widened')
  if (strict.denied && !lax.denied && !isOpen(lax)) lost.push('deny')
  if (strict.required > lax.required) lost.push('require')
  return lost
}

/** Whether some service may answer on some day that could not. */
function isWider(strict: Meaning, lax: Meaning): boolean {
  const services = ['', ...strict.allowed.keys(), ...lax.allowed.keys()]
  const last = ({ allowed }: Meaning, service: string) =>
    [allowed.get('') ?? '', allowed.get(service) ?? ''].sort()[1] as string
  return services.some((service) => last(lax, service) > last(strict, service))
}
