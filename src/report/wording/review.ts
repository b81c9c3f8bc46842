/** What a change does to the policy. */
import type { PolicyChange, PolicyPart } from '../../model.ts'
import { nameOfPort } from './names.ts'
import { around, code, say, sentences, type Text, words, written } from './text.ts'
import { THIS_RUN, type Wording } from './wording.ts'

const REMEDIES: Partial<Record<PolicyPart, string>> = {
  allow:
    'If it is intended, say so in `reason`, and keep it narrow: fewer hosts, the `service`, a last day in `expires`.',
  deny: 'If it is intended, say why in the pull request; else restore the denial.',
  require: 'If nothing depends on it any more, say so in the pull request; else restore the requirement.',
  policy: 'Correct the policy, or restore it.',
}
const REMEDY = 'If it is intended, say why in the pull request; else revert it.'

export const policyLoosened: Wording<'policy-loosened'> = {
  help: {
    severity: 'medium',
    title: 'A change makes the policy weaker',
    means:
      "This pull request's policy allows more, scans less or requires less than its base. That is a violation at or above the severity that `fail-on-loosening` names, else a note. How bad it is depends on what the change lets through.",
    certain:
      'The two policies are compared by what they mean: rewording, reordering and reformatting are no change.',
    remedy: 'If it is intended, have the owner of the host approve it. If not, revert the change.',
  },
  inFew: (where) => (where === THIS_RUN ? 'policy loosened' : `policy loosened for ${where}`),
  say({ args: { change } }) {
    const { part, before } = change
    return {
      message: sentences(
        say`This change ${sayChange(change)}.`,
        before && say`It was on line ${before.line} of ${before.file}.`,
      ),
      why: words('Portgate would now pass something it used to fail, or stop checking it.'),
      remedy: words(REMEDIES[part] ?? REMEDY),
    }
  },
}

export const unreviewedPolicy: Wording<'unreviewed-policy'> = {
  help: {
    severity: 'high',
    title: 'The effect of a change to the policy is unknown',
    means:
      "The policies of the base and of the pull request were not compared, because one of them could not be read or they are too large. That is a doubt if `fail-on-loosening` is set, else a note. Only the input `on-doubt` lets this doubt pass, because the policy's own setting could not be reviewed either.",
    certain: 'The message says what could not be read, and why.',
    remedy: 'Give the job `contents: read`, correct the policy, or compare the two with `portgate diff`.',
  },
  inFew: () => 'policy change not reviewed',
  say({ args: { problem } }) {
    return {
      message: say`The effect of this change to the policy is unknown: ${written(problem)}`,
      why: words('The change may loosen the policy without anybody noticing.'),
      remedy: words(
        'Let Portgate read both policies (`contents: read`), or compare them with `portgate diff`.',
      ),
    }
  },
}

/** What a change does, and what was seen that makes it as bad as it is: completes "This change …". */
export function sayChange(change: PolicyChange): Text {
  const { message, ports, sighting, severity, place, before } = change
  const { floor } = place ?? before ?? {}
  const where = floor && code(say`${floor.file}:${floor.line}:${floor.column}`)
  // One that the comparison has written has its backticks in pairs, around something.
  const said = /^(?:[^`]|`[^`]+`(?!`))*$/.test(message) ? written(message, ports) : around(message, ports)
  const what = where ? say`${said} (in the floor, ${where})` : said
  if (!sighting) return what
  return say`${what}; ${sighting.answers} answers on ${nameOfPort(sighting)}, which is ${severity}`
}
