/** What is worth knowing of hosts. */
import { formatRanges } from '../../port-ranges.ts'
import { formatNumber } from '../counts.ts'
import { sayDays } from './days.ts'
import { nameOfHost, nameOfPort } from './names.ts'
import { join, say, words } from './text.ts'
import type { Wording } from './wording.ts'

/** Addresses that are compared in a sentence. */
const MOST_ADDRESSES = 10

export const addressesDiffer: Wording<'addresses-differ'> = {
  help: {
    severity: 'info',
    title: 'The addresses of one name have different ports open',
    means:
      'Clients reach one address or the other, and a port that is open on only one of them is easily overlooked.',
    certain: 'Only addresses that were seen in full are compared.',
    remedy: 'If that is not intended, open or close the port on all of them.',
  },
  say({ endpoint = '', args: { addresses } }) {
    const list = addresses
      .slice(0, MOST_ADDRESSES)
      .map(({ address, open }) => say`${address} has ${open.length > 0 ? formatRanges(open) : ['none']}`)
    return {
      message: say`The addresses of ${endpoint} have different ports open: ${join(list, '; ')}.`,
      why: words(
        'Clients reach one address or the other, and a port that is open on only one of them is easily overlooked.',
      ),
      remedy: words('If that is not intended, open or close the port on all of them.'),
    }
  },
}

export const untestablePort: Wording<'untestable-port'> = {
  help: {
    severity: 'info',
    title: 'A port cannot be tested from here',
    means:
      'GitHub-hosted runners cannot connect to port 25 of other networks: it is probed, and counts as not seen unless it is open. Or up to four ports stayed silent on a host that refused at least a hundred: a firewall drops what is sent there, or a service listens but accepts no more connections.',
    certain:
      'Port 25 is known to be blocked on this kind of machine. The only silent ports of a host were tried again for 5 s at the end.',
    remedy: 'Scan from a self-hosted runner, or check on the host itself.',
  },
  say(finding) {
    const { ports, refused } = finding.args
    const which = say`Port ${formatRanges(ports)} of ${nameOfHost(finding)}`
    if (refused === undefined)
      return {
        message: say`${which} cannot be tested from this runner.`,
        why: words(
          'GitHub-hosted runners cannot connect to port 25 of other networks, so it counts as not seen.',
        ),
        remedy: words('To see it, run this check from a self-hosted runner.'),
      }
    return {
      message: say`${which} is filtered: it did not answer, although the host refused ${formatNumber(refused)} others.`,
      why: words(
        'A firewall drops what is sent there, or a service listens but its queue of new connections is full: the two look the same.',
      ),
      remedy: words('Check on the host itself whether something listens there.'),
    }
  },
}

export const cleartext: Wording<'cleartext'> = {
  help: {
    severity: 'info',
    title: 'Something answers unencrypted where TLS is expected',
    means:
      'The port belongs to a service that TLS protects. Without TLS, passwords and content can be read and changed on the way.',
    certain: 'The service spoke its protocol without TLS.',
    remedy: 'Turn TLS on, or name the service in the allowance.',
  },
  say(finding) {
    const { answered, expected } = finding.args
    // A web service goes by its protocol alone, which answers there: what is missing is TLS.
    const wanted = expected === 'http' ? 'TLS' : expected
    return {
      message: say`${answered} answers unencrypted on ${nameOfPort(finding)}, where ${wanted} is expected.`,
      why: words('Passwords and content can be read and changed on the way.'),
      remedy: words('Turn TLS on, or name the service in the allowance.'),
    }
  },
}

export const certificateExpiring: Wording<'certificate-expiring'> = {
  help: {
    severity: 'info',
    title: 'A certificate expires within 14 days, or has expired',
    means: 'Clients refuse an expired certificate, or their users learn to click through the warning.',
    certain: 'This is read from the certificate that the port presented.',
    remedy: 'Renew it, and find out why it was not renewed automatically.',
  },
  say(finding) {
    const { day, days, hasExpired } = finding.args
    const when = hasExpired ? say`expired on ${day}` : say`expires on ${day}, ${sayDays(days)}`
    return {
      message: say`The certificate on ${nameOfPort(finding)} ${when}.`,
      why: words('Clients refuse an expired certificate, or their users learn to click through the warning.'),
      remedy: words('Renew it, and find out why it was not renewed automatically.'),
    }
  },
}
