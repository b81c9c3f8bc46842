import { buildCatalogue } from '../../../src/catalogue/catalogue.ts'
import type { Side } from '../../../src/policy/diff/loss.ts'
import { parsePolicy } from '../../../src/policy/parse.ts'

/** A policy with its catalogue, from the whole text of its file. */
export function readSide(text: string, file = 'policy.yml'): Side {
  const { policy, diagnostics } = parsePolicy(Buffer.from(text), file)
  if (!policy) throw new Error(`${diagnostics[0]?.message} (${diagnostics[0]?.hint})`)
  return { policy, catalogue: buildCatalogue(Array.isArray(policy.catalogue) ? policy.catalogue : []) }
}
