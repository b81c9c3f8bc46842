/** Plans of policies that are drawn, with all that their names lead to, and no name server. */
import type { PlannedEndpoint, ScanPlan } from '../../src/model.ts'
import { type Loaded, loadIfAny } from '../../src/prepare/load.ts'
import { type Options, parseOptions } from '../../src/prepare/options.ts'
import { listEndpoints } from '../../src/prepare/plan.ts'
import { freezePlan } from '../../src/prepare/plan-file/freeze.ts'
import { recordReads } from '../../src/prepare/plan-file/frozen-tree.ts'
import { freezeOptions } from '../../src/prepare/plan-file/options.ts'
import type { ResolvedPlan } from '../../src/scan/resolve-plan.ts'
import { type PlanFile, sealPlan } from '../../src/shards/plan-file.ts'
import { VERSION } from '../../src/version.ts'
import type { Chance } from './random.ts'

/** A plan, and what a run by itself would go by. */
export interface Drawn {
  file: PlanFile
  loaded: Loaded
  /** With the addresses of every endpoint. */
  plan: ScanPlan
  unresolved: { endpoint: string; detail: string }[]
}

const FILE = '.github/port-policy.yml'
const PORTS = ['1-2600', '20-90', '[22, 80, 443, 6379, 8080]', '1-1024', '3000-6500']
const RULES = [
  '[]',
  '[22, 80, 443]',
  '{ allow: ["1-100"], deny: [23] }',
  '{ require: [443], allow: [80] }',
  '{ allow: [{ port: 22, service: ssh }, { port: 80, expires: 2026-06-30 }], deny: ["6000-6500"] }',
]

/** What each name leads to; the second has no address. */
const NAMES: Record<string, string[]> = {
  'www.example.com': ['192.0.2.10', '192.0.2.11', '2001:db8::10'],
  'gone.example.com': [],
  'alias.example.com': ['192.0.2.1'],
}

function drawPolicy(chance: Chance): string {
  const hosts = ['192.0.2.1', '192.0.2.2', '"2001:db8::2"', '192.0.2.64/29', ...Object.keys(NAMES)].filter(
    () => chance.is(chance.pick([0.1, 0.3, 0.6])),
  )
  const keys = [...new Set([...hosts, '192.0.2.3'])].map((host) => `  ${host}: ${chance.pick(RULES)}\n`)
  return [
    'version: 1\n',
    `scan: { ports: ${chance.pick(PORTS).replace(/^(\d+-\d+)$/, '"$1"')}`,
    chance.is(0.3) ? ', max-rate: 50' : '',
    chance.is(0.4) ? ', canary: "192.0.2.250:443"' : '',
    chance.is(0.2) ? ', ip: both' : '',
    ' }\n',
    chance.is(0.2) ? 'on-doubt: warn\n' : '',
    chance.is(0.3) ? 'exclude: [192.0.2.66, 192.0.2.11]\n' : '',
    `hosts:\n${keys.join('')}`,
    chance.is(0.3)
      ? 'environments:\n  a: { endpoints: [192.0.2.1, 192.0.2.4] }\n  b: { endpoints: [192.0.2.1], fail-on: critical }\n'
      : '',
  ].join('')
}

export async function drawPlan(chance: Chance, shards = 1 + chance.below(8)): Promise<Drawn> {
  const options: Options = chance.is(0.2) ? { 'fail-on': 'high' } : {}
  return freezeText(drawPolicy(chance), { options, shards, seed: chance.below(1_000_000) })
}

/** The plan of a policy, written now. */
export async function freezeText(
  text: string,
  { options = {}, shards, seed = 1 }: { options?: Options; shards: number; seed?: number },
): Promise<Drawn> {
  const { tree, list } = recordReads({
    read: async (path) => (path === FILE ? Buffer.from(text) : undefined),
  })
  const loaded = await loadIfAny(tree, FILE)
  if (!loaded) throw new Error('there is no policy')
  const { plan } = listEndpoints(parseOptions(options), loaded, undefined, { shards, seed })
  const resolved: ResolvedPlan = { names: new Map(), canaries: new Map([['192.0.2.250', ['192.0.2.250']]]) }
  const unresolved: Drawn['unresolved'] = []
  const endpoints = plan.endpoints.map((planned): PlannedEndpoint => {
    const { endpoint } = planned
    if (endpoint.kind !== 'name') return planned
    const addresses = NAMES[endpoint.host] ?? []
    const failure = addresses.length === 0 ? { failure: 'no such name, or it has no address' } : {}
    resolved.names.set(planned, { addresses, ...failure })
    if (failure.failure) unresolved.push({ endpoint: endpoint.text, detail: failure.failure })
    return { ...planned, addresses }
  })
  const file = sealPlan(
    freezePlan(plan, resolved, {
      tool: { name: 'portgate', version: VERSION },
      createdAt: new Date().toISOString(),
      shards,
      policy: { path: FILE, files: await list() },
      options: freezeOptions(options, undefined),
    }),
  )
  return { file, loaded, plan: { ...plan, endpoints }, unresolved }
}
