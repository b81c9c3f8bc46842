/** Ports that must be open and are not. */
import { nameOfPort } from './names.ts'
import { capitalise, say, words } from './text.ts'
import type { Wording } from './wording.ts'

export const requiredPortNotOpen: Wording<'required-port-not-open'> = {
  help: {
    severity: 'high',
    title: 'A required port is not open',
    means: 'The policy says `require`, and the port refuses connections or does not answer.',
    certain:
      'It was tried up to three more times, waiting 5 s for each answer. If it refused, and at most three other required ports of the host did, it was tried twenty times more: one of several hosts behind the address may have it open. If the scanning machine could not try, the finding is the doubt `incomplete-scan` instead.',
    remedy:
      'Start the service, or let the scanning machine through the firewall. If the port is no longer needed, move it from `require` to `allow`, or remove it.',
  },
  inFew: (where) => `${where} required but not open`,
  say(finding) {
    const { state = '', reason = '' } = finding
    const where = capitalise(nameOfPort(finding))
    return {
      message: say`${where} is required and ${state} (${reason}), even when tried again.`,
      why: words(
        'The policy says that this must be open: clients that depend on it cannot reach it from here.',
      ),
      remedy: words(
        'Start the service, or open the firewall for it. If it is no longer needed, move the port from `require` to `allow`, or remove it.',
      ),
    }
  },
}
