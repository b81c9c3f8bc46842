import type { Policy } from '../model.ts'
import { parsePolicy } from './parse.ts'

/** What holds where there is no policy file: 80 and 443 on every host, and nothing else. */
const WEB_BASELINE = `version: 1
hosts:
  "**": [80, 443]
  0.0.0.0/0: [80, 443]
  "::/0": [80, 443]
`

/** The built-in `web` baseline, as the policy file `built-in:web`. It names no endpoints. */
export function webBaseline(): Policy {
  const parsed = parsePolicy(new TextEncoder().encode(WEB_BASELINE), 'built-in:web')
  if (parsed.diagnostics) throw new Error(parsed.diagnostics[0]?.message)
  return parsed.policy
}
