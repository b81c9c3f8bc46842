/** What answers on an open port, and how bad that is. */
import type { FindingOf, Guess, Unidentified } from '../../model.ts'
import { say, type Text } from './text.ts'

/** A finding about an open port. */
export type OnOpenPort = FindingOf<
  'unexpected-open-port' | 'denied-open-port' | 'expired-allowance' | 'wrong-service'
>

/** What a host says of itself, as far as it may stand in a sentence: it has been bounded, and may be anything. */
const PLAIN_PRODUCT = /^[\w.+/ ()~:-]{1,60}/

/** Why nothing is known of what answers. */
const UNIDENTIFIED: Record<Unidentified, string> = {
  'not-asked': 'what answers here was not asked',
  unstated: 'the results do not say what answers here',
  cut: 'the scan ended before what answers here was known',
  starved: 'this machine was kept from listening to what answers here',
  refused: 'it stopped accepting connections before what answers here was known',
  delicate: 'what answers here was not asked, since it may take anything for a command',
  unrecognised: 'what answers here could not be identified',
}

/** That the port's usual service is a guess, and what was seen instead; undefined where nothing is guessed. */
export function sayGuess({ args: { guess } }: OnOpenPort): Text | undefined {
  if (!guess) return undefined
  const seen = saySeen(guess.seen)
  return guess.isPolicys
    ? say`By the catalogue of the policy it is ${guess.name}; ${seen}.`
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
        ? say`Rated ${severity}: another service than the allowed one is at least that.`
        : say`Rated ${severity}: a denied port is at least that.`
    case 'unlisted':
      return say`Rated ${severity}: the catalogue knows nothing of ${service ?? say`port ${port}`}.`
    case 'policy':
      return say`Rated ${severity}: the catalogue of the policy says so of port ${port}.`
    case 'answer':
      return say`Rated ${severity}: ${service ?? ''} answers here.`
    case 'usual': {
      const evidence =
        service === undefined ? ['nothing that was seen rules it out'] : say`${service} does not rule it out`
      return say`Rated ${severity} as ${risk?.name ?? ''}, the usual service of port ${port}: ${evidence}.`
    }
  }
}
