/** Whether the scanning machine can see at all. */
import type { CanaryResult } from '../../model.ts'
import { nameShards } from './shards.ts'
import { capitalise, join, say, type Text, words } from './text.ts'
import type { Wording } from './wording.ts'

export const silentRun: Wording<'silent-run'> = {
  help: {
    severity: 'high',
    title: 'No host answered anything in the whole run',
    means:
      'No port of any host answered, and no canary was open. Either every host is silent, or the scanning machine is cut off or banned.',
    certain:
      "One answer from any host, even a refusal, would have been enough. A message that calls a host unreachable is no answer, and the scanning machine's own addresses count only if nothing else is scanned.",
    remedy:
      'Name a `canary` in `scan` to distinguish the two: a host and port that is known to be open, and is reached the same way as the endpoints. One on the scanning machine or behind another network interface proves nothing.',
  },
  inFew: () => 'no host answered anything',
  say({ args: { canaries, shards } }) {
    const others = canaries.length > 0 ? join(canaries.map(sayCanary), ', and ') : ['there is no canary']
    if (shards)
      return {
        message: say`No host answered ${nameShards(shards)}, and no other shard got an answer on ${shards.length === 1 ? 'its machine' : 'their machines'}.`,
        why: words(
          'What other machines heard proves nothing about this one: its network may be cut off, or it may be banned.',
        ),
        remedy: words(
          'Run the shard again. If its hosts are silent, name a `canary` in `scan`, which each shard tries: a host and port that is known to be open.',
        ),
      }
    return {
      message: say`No host answered anything in this run, and ${others}.`,
      why: words(
        'Either every host is silent, or this machine cannot see: its network may be cut off, or it may be banned.',
      ),
      remedy: words(
        'Name a `canary` in `scan` to distinguish the two: a host and port that is known to be open, and is reached the same way as the endpoints.',
      ),
    }
  },
}

export const canaryNotOpen: Wording<'canary-not-open'> = {
  help: {
    severity: 'high',
    title: 'A canary was not open throughout the run',
    means:
      'A canary is a port that is known to be open. It was not open at the beginning or at the end of the run, so the scanning machine may not see other ports as they are either: its own firewall, or one on the way, may drop or refuse what it sends. Or the canary proves nothing, because it is on the scanning machine or behind another network interface than the endpoints.',
    certain:
      'The canary was probed before the first port and after the last one, until its answer or its silence was certain.',
    remedy:
      'Check that the canary still listens and that the scanning machine may connect to it, or correct `canary` in `scan`.',
  },
  inFew: () => 'canary not open',
  say({ args: { canary } }) {
    return {
      message: say`${capitalise(sayCanary(canary))}.`,
      why: words(
        "A canary is known to be open. If this machine cannot see that, it may not see other ports as they are either: refusals may come from a firewall on the way, and silence may be this machine's own fault.",
      ),
      remedy: words(
        'Check that the canary still listens, and that this machine may connect to it. If it has moved, correct `canary` in `scan`.',
      ),
    }
  },
}

const ASIDE = {
  'this-machine': 'is on this machine, so it proves nothing about the network',
  'another-interface':
    'is reached through another network interface than the endpoints, so it proves nothing about them',
} as const

function sayCanary({ host, port, aside, outcome, shards }: CanaryResult): Text {
  const name = host.includes(':') ? say`the canary [${host}]:${port}` : say`the canary ${host}:${port}`
  const seenBy = shards ? say`, as ${nameShards(shards)} saw it` : []
  if (aside) return say`${name} ${[ASIDE[aside]]}${seenBy}`
  return say`${name} was not open throughout the run (${outcome.state}, ${outcome.reason})${seenBy}`
}
