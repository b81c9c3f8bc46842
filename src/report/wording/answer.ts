/** What answers on an open port, and how bad that is. */
import type { FindingOf, Guess, Unidentified } from '../../model.ts'
import { say, type Text } from './text.ts'

/** A finding about an open port. */
export type OnOpenPort = FindingOf<
  'unexpected-open-port' | 'denied-open-port' | 'expired-allowance' | 'wrong-service'
>

/** What a host says of itself, as far as it may stand in a sentence: it has been bounded, and may be anything. */
const PLAIN_PRODUCT = /^[\w.+/ ()~:-]{1,60}/

/** Why the service on a port is not known. */
const UNIDENTIFIED: Record<Unidentified, string> = {
  'not-asked': 'no attempt was made to identify the service here',
  unstated: 'the results do not name the service here',
  cut: 'the scan ended before the service here was identified',
  starved: 'this machine was kept from listening to the service here',
  refused: 'the port stopped accepting connections before its service was identified',
  delicate: 'nothing was sent to it, because it might take anything for a command',
  unrecognised: 'the service here could not be identified',
}

/** That the port's usual service is a guess, and what was seen instead; undefined where nothing is guessed. */
export function sayGuess({ args: { guess } }: OnOpenPort): Text | undefined {
  if (!guess) return undefined
  const seen = saySeen(guess.seen)
  return guess.isPolicys
    ? say`The policy's catalogue calls it ${guess.name}; ${seen}.`
    : say`It is usually ${guess.name}; ${seen}.`
}

function saySeen(seen: Guess['seen']): Text {
  if (typeof seen === 'string') return [UNIDENTIFIED[seen]]
  const { product = '', service } = seen
  return say`here ${product.match(PLAIN_PRODUCT)?.[0].trim() || service} answers`
}

/** Why a finding is as bad as it is. */
export function sayRating({ id, severity, port = 0, service, args: { rating, risk } }: OnOpenPort): Text {
  switch (rating) {
    case 'at-least':
      return id === 'wrong-service'
        ? say`Rated ${severity}: a service other than the allowed one is at least that.`
        : say`Rated ${severity}: a denied port is at least that.`
    case 'unlisted':
      return say`Rated ${severity}: the catalogue does not list ${service ?? say`port ${port}`}.`
    case 'policy':
      return say`Rated ${severity}: the policy's catalogue gives port ${port} this severity.`
    case 'answer':
      return say`Rated ${severity}: ${service ?? ''} answers here.`
    case 'usual': {
      const evidence =
        service === undefined ? ['nothing that was seen rules it out'] : say`${service} does not rule it out`
      return say`Rated ${severity} as ${risk?.name ?? ''}, the usual service of port ${port}: ${evidence}.`
    }
  }
}
