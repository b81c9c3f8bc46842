/** What the results of another scanner leave open. */
import type { Staleness } from '../../model.ts'
import { countPorts } from '../../port-ranges.ts'
import { count } from '../counts.ts'
import { nameOfHost } from './names.ts'
import { listPorts } from './ports.ts'
import { say, type Text, words } from './text.ts'
import type { Wording } from './wording.ts'

const DECLARE = 'If the scan did cover it, say so with `results-cover`, as in `192.0.2.0/24: all`.'

export const unstatedCoverage: Wording<'unstated-coverage'> = {
  help: {
    severity: 'high',
    title: "Another scanner's results do not say that something was scanned",
    means:
      'The results that are judged instead of a scan do not cover the endpoint, or not all of its ports or addresses. Most formats list open ports only; nmap omits hosts that it considers down, and scans one address of a name unless told otherwise. Whatever is not stated may be open.',
    certain:
      "Only what a format states counts as seen: the `scaninfo`, `extraports` and hosts of nmap's XML, the header of `-oG`, and what `results-cover` declares.",
    remedy:
      'Scan the missing hosts and ports as well, in a format that states what was scanned: `nmap -Pn --resolve-all -oX`. Or declare what the results cover with `results-cover`.',
  },
  inFew: (where) => `results do not cover ${where}`,
  say(finding) {
    const { endpoint = '', args } = finding
    if ('ports' in args) {
      const ports = say`${count(countPorts(args.ports), 'port')} of ${nameOfHost(finding)}`
      return {
        message: say`The results do not say that ${ports} were scanned: ${listPorts(args.ports)}.`,
        why: words('What was not scanned may be open.'),
        remedy: say`Scan these ports as well. ${words(DECLARE)}`,
      }
    }
    if (args.some)
      return {
        message: say`The results do not say that all addresses of ${endpoint} were scanned.`,
        why: words('Another address of the same name may have other ports open.'),
        remedy: say`Scan all of them (nmap: ${words('`--resolve-all`, and `-6` for IPv6')}). ${words(DECLARE)}`,
      }
    return {
      message: say`The results have no host that was scanned under the name ${endpoint}.`,
      why: words(
        'What was not scanned may be open. Names that a scanner finds for an address by itself prove nothing.',
      ),
      remedy: words(
        'Give the scanner this name, in a format that keeps it (nmap, naabu), or list the addresses as endpoints.',
      ),
    }
  },
}

const MESSAGES: Record<Staleness, (when: Text) => Text> = {
  'too-old': (when) => say`are older than ${words('`max-age`')} allows: the scan began ${when}`,
  undated: () => ['do not say when the scan was'],
  'in-the-future': (when) => say`are dated in the future, ${when}`,
}

export const staleResults: Wording<'stale-results'> = {
  help: {
    severity: 'high',
    title: "Another scanner's results are too old, or do not say how old they are",
    means:
      "The results that are judged instead of a scan are older than `max-age` allows (24 hours by default), are dated in the future, or have no date at all, like RustScan's. A port that was closed then may be open now.",
    certain:
      'What counts is the start of the scan as the file states it, never the modification time of the file. Times without a zone (`nmap -oG`) are read as the earliest possible, 14 hours ahead of UTC.',
    remedy: 'Scan again, or set `max-age` to what you accept: `7d`, or `never` for no limit.',
  },
  inFew: () => 'results too old',
  say({ args: { file, tool, startedAt, stale } }) {
    const when = say`${startedAt ?? ''}`
    return {
      message: say`The results of ${tool} in ${file} ${MESSAGES[stale](when)}.`,
      why: words('A port that was closed then may be open now.'),
      remedy: words('Scan again, or set `max-age` to what you accept, such as `7d`, or `never`.'),
    }
  },
}
