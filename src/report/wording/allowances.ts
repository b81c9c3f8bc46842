/** Allowances themselves, whether a port is open or not. */
import type { FindingOf, Lack } from '../../model.ts'
import { sayDays } from './days.ts'
import { code, join, say, sentences, type Text, words, written } from './text.ts'
import type { Wording } from './wording.ts'

export const undocumentedAllowance: Wording<'undocumented-allowance'> = {
  help: {
    severity: 'medium',
    title: 'An allowance for a risky port lacks details that the policy requires',
    means:
      'The allowance covers a service of the severity that `risky-allowances` names, or worse. It has no `reason`, `owner` or `expires`, or holds for longer than `max-days`.',
    certain: 'This is read from the policy, whether the port is open or not.',
    remedy: 'Add what is missing, or remove the allowance.',
  },
  inFew: (where) => `risky allowance of ${where} undocumented`,
  more: words('allowances lack what `risky-allowances` requires.'),
  say(finding) {
    const { args, port } = finding
    const { allowance, risk, from } = args
    const lacks = join(args.lacks.map(sayLack), ', ')
    return {
      message: say`${name(finding)} covers ${risk.name}, which is ${risk.severity}, and ${lacks}.`,
      why: sentences(
        say`The policy requires this from severity ${from} up.`,
        written(risk.why, port === undefined ? undefined : String(port)),
      ),
      remedy: say`Add what is missing: { port: ${allowance}, reason: …, owner: …, expires: YYYY-MM-DD }. Or remove the allowance.`,
    }
  },
}

export const expiringAllowance: Wording<'expiring-allowance'> = {
  help: {
    severity: 'info',
    title: 'An allowance ends within 14 days',
    means: 'After its `expires` the port is a violation if it is still open.',
    certain: 'This is read from the policy. `expires` is the last day, in UTC, on which an allowance holds.',
    remedy: 'Close the port by then, or agree on a new date and write it in `expires`.',
  },
  more: words('allowances end within 14 days.'),
  say(finding) {
    const { days, expires, owner } = finding.args
    return {
      message: sentences(
        say`${name(finding)} ends ${sayDays(days)}, on ${expires}.`,
        owner ? say`Its owner is ${owner}.` : undefined,
      ),
      why: words('After that day the port is a violation if it is still open.'),
      remedy: words('Close the port by then, or agree on a new date and write it in `expires`.'),
    }
  },
}

export const unusedAllowance: Wording<'unused-allowance'> = {
  help: {
    severity: 'info',
    title: 'An allowance is unused',
    means: 'An allowance that nothing uses hides a port that opens there later.',
    certain:
      'Every host that the allowance matches was seen in full, and none of them has any of its ports open.',
    remedy: 'Remove it from the policy, or write `require` if the port should be open.',
  },
  more: words('allowances are unused: no matching port is open.'),
  say(finding) {
    return {
      message: say`${name(finding)} is unused: no matching port is open.`,
      why: words('An allowance that nothing uses hides a port that opens there later.'),
      remedy: words('Remove it from the policy, or write `require` if it should be open.'),
    }
  },
}

type OnAllowance = FindingOf<'undocumented-allowance' | 'expiring-allowance' | 'unused-allowance'>

function name({ args: { allowance, key } }: OnAllowance): Text {
  return say`The allowance of ${allowance} for ${key}`
}

function sayLack(lack: Lack): Text {
  const { key, maxDays } = lack
  if ('days' in lack)
    return say`expires in ${lack.days} days, more than the ${lack.maxDays} of ${code(['max-days'])}`
  const none = say`has no ${code([key])}`
  return maxDays === undefined ? none : say`${none} (at most ${maxDays} days ahead)`
}
