import { buildCatalogue } from '../../src/catalogue/catalogue.ts'
import { createRequirements } from '../../src/judge/rules.ts'
import type { ScanResult } from '../../src/model.ts'
import { parsePolicy } from '../../src/policy/parse.ts'
import { makePlan } from '../../src/policy/plan.ts'
import { scan } from '../../src/scan/scan.ts'

/** Of the shuffle of ports. */
export const SEED = 4711

/** Scans what a policy says, as a run does. */
export async function scanPolicy(
  yaml: string,
  {
    signal = new AbortController().signal,
    env = {},
    serviceOn = () => undefined,
  }: { signal?: AbortSignal; env?: NodeJS.ProcessEnv; serviceOn?: () => string | undefined } = {},
): Promise<ScanResult> {
  const { policy, diagnostics } = parsePolicy(Buffer.from(`version: 1\n${yaml}`), 'policy.yml')
  if (!policy) throw new Error(diagnostics[0]?.message)
  const { value, problem } = makePlan(policy, { endpoints: [], scan: {}, seed: SEED }, buildCatalogue())
  if (!value) throw new Error(problem.message)
  return scan(value, {
    signal,
    env,
    serviceOn,
    createGuesses: (planned) => (port) => ({
      hint: serviceOn(),
      isNamed: planned.rules.some(({ allow }) =>
        allow.some(({ service, ports }) => service && ports.some(({ from }) => from === port)),
      ),
    }),
    isService: () => true,
    isDelicate: () => false,
    isGrave: () => false,
    refuses: () => false,
    listRequired: createRequirements(),
  })
}
