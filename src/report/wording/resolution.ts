/** Endpoints that gave no address to scan. */
import { around, code, say, words } from './text.ts'
import type { Wording } from './wording.ts'

export const unresolvedHost: Wording<'unresolved-host'> = {
  help: {
    severity: 'high',
    title: 'A name could not be resolved',
    means:
      'The name has no address, or its lookup failed, so nothing was scanned. Or only some of its addresses are known, because the lookup of one address family failed or there are more than a run can hold; then only those were scanned.',
    certain:
      'A failed lookup is tried three times, a second apart, within half of the time limit. "No such name" and "no address of this family" are answers, and count at once.',
    remedy:
      'Correct the name, or remove it from the policy if the host is gone. If the name is right, check the resolver of the scanning machine.',
  },
  inFew: (where) => `${where} not resolved`,
  say({ endpoint = '', args }) {
    const { some, missing } = args
    const detail = around(args.detail, endpoint)
    if (!some)
      return {
        message: say`${endpoint} could not be resolved: ${detail}.`,
        why: words('A name without an address cannot be scanned, so nothing is known about its ports.'),
        remedy: words(
          'Correct the name, or remove it from the policy if the host is gone. If the name is right, check the resolver of this machine.',
        ),
      }
    const other = missing === 4 ? 6 : 4
    return {
      message: say`Not all addresses of ${endpoint} are known: ${detail}.`,
      why: words('An address that is not known cannot be scanned, so nothing is known about its ports.'),
      remedy: missing
        ? say`Check the name server of this machine. If the name is meant to have IPv${other} addresses only, scan with ${code(say`ip: ${other}`)}.`
        : words('Scan fewer ports, or fewer hosts at a time.'),
    }
  },
}

export const noIpv6Here: Wording<'no-ipv6-here'> = {
  help: {
    severity: 'medium',
    title: 'An IPv6 address cannot be reached from the scanning machine',
    means:
      'The endpoint has an IPv6 address that must be covered, and the scanning machine has no route to it. A firewall that covers only IPv4 leaves the same services open there.',
    certain: 'The kernel has no route to the address.',
    remedy:
      'Scan from a machine with IPv6 (GitHub-hosted runners have none), or say in the policy that IPv4 is enough: `ip: 4`.',
  },
  inFew: (where) => `no IPv6 here for ${where}`,
  say({ endpoint = '', address = '', args: { detail } }) {
    const which = address === endpoint ? say`${address}` : say`${address} of ${endpoint}`
    return {
      message: say`${which} cannot be reached: this machine has no IPv6 route to it (${around(detail, address)}).`,
      why: words(
        'A firewall that covers only IPv4 leaves the same services open on IPv6, and nobody has checked.',
      ),
      remedy: words(
        'Run this check from a machine with IPv6 (GitHub-hosted runners have none), or say in the policy that IPv4 is enough: `ip: 4`.',
      ),
    }
  },
}
