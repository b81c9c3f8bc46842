/** Ports that are open and must not be. */
import { type OnOpenPort, sayGuess, sayRating } from './answer.ts'
import { nameOfPort } from './names.ts'
import { sayAllowance } from './suggestion.ts'
import { capitalise, join, say, sentences, type Text, words, written } from './text.ts'
import type { Texts, Wording } from './wording.ts'

const TWICE = 'Portgate connects to every open port again before it reports it.'
const BY_SERVICE =
  "How bad it is depends on the service that answers. If that could not be identified, or is only TLS or a generic web server, the port's usual service is named as a guess and its severity stands, unless what answers is worse. The finding says which."

/** For an open port that is not in the catalogue. */
const UNKNOWN_WHY =
  'Every open port is a way in that somebody has to maintain, and nothing says why this one is open.'
const UNKNOWN_REMEDY = 'Close the port, or let only known addresses reach it.'

export const unexpectedOpenPort: Wording<'unexpected-open-port'> = {
  help: {
    severity: 'medium',
    title: 'A port is open, and no allowance covers it',
    means: `The port accepts connections, and the policy neither allows nor requires it. ${BY_SERVICE}`,
    certain: TWICE,
    remedy:
      'Close the port at the firewall, or bind the service to loopback or a private address. If the port is meant to be open, allow it in the policy, with a `reason`, and with `expires` if it is temporary.',
  },
  inFew: (_where, open) => open,
  say(finding) {
    const message = say`${nameOpen(finding)} is open, and no allowance covers it.`
    return {
      message: sentences(message, sayGuess(finding)),
      ...explain(finding, sayAllowance(finding.args.suggestion)),
    }
  },
}

export const deniedOpenPort: Wording<'denied-open-port'> = {
  help: {
    severity: 'high',
    title: 'A port is open although the policy denies it',
    means: `The port accepts connections, and an entry of \`deny\` covers it. \`deny\` wins over every allowance. ${BY_SERVICE} The severity is never below high.`,
    certain: TWICE,
    remedy:
      'Close the port. If it is meant to be open after all, remove it from `deny` or name the host in `except`, and allow it.',
  },
  inFew: (_where, open) => `${open} although denied`,
  say(finding) {
    const message = say`${nameOpen(finding)} is open although the policy denies ${finding.args.denied}.`
    const cure = words('If it is meant to be open, remove it from `deny`, or name the host in its `except`.')
    return { message: sentences(message, sayGuess(finding)), ...explain(finding, cure) }
  },
}

export const expiredAllowance: Wording<'expired-allowance'> = {
  help: {
    severity: 'medium',
    title: 'A port is open, and its allowance has expired',
    means: `The port accepts connections, and every allowance that covers it is past its \`expires\`. ${BY_SERVICE}`,
    certain: `${TWICE} \`expires\` is the last day, in UTC, on which an allowance holds.`,
    remedy:
      'Close the port, or agree on a new date with the owner of the allowance and write it in `expires`.',
  },
  inFew: (_where, open) => `${open}, allowance expired`,
  say(finding) {
    const { expires, owner } = finding.args
    const by = owner ? say` (owner: ${owner})` : []
    const message = say`${nameOpen(finding)} is open; its allowance expired on ${expires}${by}.`
    const cure = words('If it is still needed, agree on a new date and write it in `expires`.')
    return { message: sentences(message, sayGuess(finding)), ...explain(finding, cure) }
  },
}

export const wrongService: Wording<'wrong-service'> = {
  help: {
    severity: 'low',
    title: 'A service other than the allowed one answers',
    means:
      'The allowance names a `service`, and another one answers. If the service could not be identified, or is only TLS, the finding is the doubt `unidentified-service` instead.',
    certain: 'A service is recognised by its own protocol, not by the port number.',
    remedy: 'Find out what is running there. If it is the right service, correct `service` in the allowance.',
  },
  inFew: (where) => `wrong service on ${where}`,
  say(finding) {
    const { args, service = '' } = finding
    const wanted = join(
      args.wanted.map((one) => say`${one}`),
      ' or ',
    )
    return {
      message: say`${capitalise(nameOfPort(finding))} is allowed for ${wanted}, but ${service} answers there.`,
      ...explain(finding, words('If this is the right service, correct `service` in the allowance.')),
    }
  },
}

/** `redis on port 6379 of db.example.com (192.0.2.10)`; a port whose service is unknown is named alone. */
function nameOpen(finding: OnOpenPort): Text {
  const where = nameOfPort(finding)
  return finding.service ? say`${finding.service} on ${where}` : capitalise(where)
}

/**
 * Why it matters, and what to do.
 *
 * @param cure what can be done about the finding, in addition to what can be done about the service
 */
function explain(finding: OnOpenPort, cure: Text): Pick<Texts, 'why' | 'remedy'> {
  const { risk, setting } = finding.args
  // A text of the catalogue may name the port.
  const quote = (text: string) => written(text, String(finding.port))
  return {
    why: sentences(sayRating(finding), risk ? quote(risk.why) : words(UNKNOWN_WHY)),
    remedy: sentences(
      risk ? quote(risk.remedy) : words(UNKNOWN_REMEDY),
      risk?.alternative === undefined ? undefined : quote(risk.alternative),
      setting === undefined ? undefined : say`In its own settings: ${quote(setting)}.`,
      cure,
    ),
  }
}
