/** Networks on which the scan once reported a wrong state, or took too long: the simplest that showed it. */
import { type Case, createSpec, LIKELY } from './case.ts'
import { LONG_CASES } from './long-cases.ts'

export const CASES: readonly Case[] = [
  {
    name: 'a network that is back when required ports are tried again: what was silent before is probed anew',
    spec: createSpec({
      seed: 22,
      host: { open: [25], rttMs: 26.6, traits: [{ kind: 'away', fromMs: 9, toMs: 5_408 }] },
      policy: { expected: [], required: [25, 80] },
    }),
  },
  {
    name: 'a required port is the first to accept, so that refusals before that are looked at again',
    spec: createSpec({
      seed: 905,
      host: {
        open: [23, 9200],
        traits: [{ kind: 'syn-limit', perSecond: 161, burst: 5, over: 'icmp-port' }],
      },
      policy: { expected: [], required: [9200] },
    }),
  },
  {
    name: 'six ports in one burst, of which a limit refuses the last',
    spec: createSpec({
      seed: 1013,
      host: { open: [1, 3], traits: [{ kind: 'syn-limit', perSecond: 1_475, burst: 5, over: 'icmp-port' }] },
      ports: { upTo: 6, more: [] },
    }),
  },
  {
    name: '31 ports in one burst, of which a limit on connections refuses most',
    spec: createSpec({
      seed: 1010,
      host: {
        open: [21, 29],
        rttMs: 244.1,
        traits: [{ kind: 'connection-limit', most: 7, holdMs: 171, over: 'reset' }],
      },
      ports: { upTo: 31, more: [] },
    }),
  },
  {
    name: '20 ports in one burst, of which a limit drops most, while an open port that is asked in between is heard',
    spec: createSpec({
      seed: 613,
      host: {
        open: [2375, 5900],
        rest: 'silence',
        rttMs: 0.8,
        traits: [{ kind: 'syn-limit', perSecond: 954, burst: 5, over: 'silence' }],
      },
    }),
  },
  {
    name: 'a limit that answers with ICMP what is over it: no port is filtered for that',
    spec: createSpec({
      seed: 3,
      host: {
        open: [25, 150, 2375],
        rest: 'silence',
        traits: [{ kind: 'syn-limit', perSecond: 110, burst: 5, over: 'icmp-admin' }],
      },
      ports: { upTo: 200, more: LIKELY },
    }),
  },
  {
    name: 'a ban after all was refused: silence at the second try does not make a closed port filtered',
    spec: createSpec({
      seed: 755,
      host: { traits: [{ kind: 'ban', after: 28, within: 'all', by: 'silence' }] },
      ports: { upTo: 26, more: [] },
      policy: { expected: [], required: [1, 53] },
    }),
  },
  {
    name: 'four sockets, and a third of all connects lost: a host is not given up after four questions',
    spec: createSpec({
      seed: 46,
      host: { open: [25], rest: 'silence', traits: [{ kind: 'backends', open: [[25, 6379], [143], [25]] }] },
      machine: { sockets: 5 },
      ports: { upTo: 34, more: [] },
    }),
    isThere: true,
  },
  {
    name: 'ports that a limit refused are taken for closed ones; as they are silent later on, the open port is asked as well',
    spec: createSpec({
      seed: 9,
      host: {
        open: [12],
        rest: 'silence',
        traits: [{ kind: 'syn-limit', perSecond: 1_726, burst: 5, over: 'icmp-port' }],
      },
      ports: { upTo: 12, more: [] },
    }),
    isThere: true,
    mayMiss: true,
  },
  {
    name: 'MySQL refused by a limit, and taken for a closed port that may be asked at will',
    spec: createSpec({
      seed: 2640,
      host: {
        open: [618, 3306],
        silent: [948, 210],
        rttMs: 0.1,
        traits: [
          { kind: 'syn-limit', perSecond: 68, burst: 5, over: 'reset' },
          { kind: 'loss', there: 0.056, back: 0 },
        ],
      },
      ports: { upTo: 1_673, more: LIKELY },
      policy: { expected: [], required: [], maxRate: 1_801 },
    }),
    mayMiss: true,
  },
  {
    name: 'the only open port is refused several times in a row: it stays a control port, and refusals are not called silence',
    spec: createSpec({
      seed: 4768,
      host: {
        open: [53],
        rttMs: 197.6,
        jitterMs: 38.5,
        traits: [{ kind: 'syn-limit', perSecond: 389, burst: 210, over: 'reset' }],
      },
      machine: { sockets: 900, isLinear: false },
      ports: { upTo: 9_380, more: LIKELY },
      policy: { expected: [], required: [80] },
    }),
  },
  {
    name: 'the time is over while the only open port refuses: what it leaves unknown is told',
    spec: createSpec({
      seed: 9732,
      host: {
        open: [1],
        silent: [2, 6],
        rttMs: 0.4,
        jitterMs: 0.1,
        traits: [{ kind: 'stops', port: 1, atMs: 889 }],
      },
      ports: { upTo: 6, more: [] },
      policy: { expected: [], required: [], timeLimitMs: 5_086 },
    }),
  },
  {
    name: 'ten sockets, and harmful ports that are tried 20 times beside others that are confirmed',
    spec: createSpec({ host: { open: [22, 80, 443, 5900] }, machine: { sockets: 10 } }),
  },
  {
    name: 'a host that is first heard when required ports are tried again, and refuses: its silence before meant nothing',
    spec: createSpec({
      seed: 5950,
      host: { traits: [{ kind: 'away', fromMs: 0, toMs: 5_408 }] },
      policy: { expected: [], required: [25, 80] },
    }),
  },
  {
    name: 'a ban that comes and goes, and services that are asked each time whether it is over',
    spec: createSpec({
      seed: 9080,
      host: {
        open: [1, 4, 5],
        rest: 'icmp-host',
        traits: [
          { kind: 'refusal-limit', of: 'icmp', perSecond: 1, burst: 6 },
          { kind: 'ban', after: 13, within: 'all', by: 'silence', forMs: 3_220 },
        ],
      },
      ports: { upTo: 12, more: [] },
      policy: { expected: [1, 2, 6, 3, 7, 5, 8, 12, 10, 9, 11], required: [] },
    }),
  },
  {
    name: 'no descriptor for four seconds: nothing stays unknown for that',
    spec: createSpec({
      host: { open: [22, 80] },
      machine: { shortage: { most: 0, error: 'EMFILE', fromMs: 0, toMs: 4_000 } },
      ports: { upTo: 300, more: LIKELY },
    }),
    isWhole: true,
    withinMs: 6_000,
  },
  {
    name: 'a third of all connects meets itself: the port is tried again',
    spec: createSpec({
      seed: 4,
      host: { open: [22, 80] },
      machine: { selfConnects: 0.3 },
      ports: { upTo: 40, more: LIKELY },
    }),
    isWhole: true,
  },
  {
    name: 'a few ports behind a limit on connections: what is probed again is spread, since a burst loses the same share each time',
    spec: createSpec({
      seed: 84_849,
      host: {
        open: [1433],
        rttMs: 33.8,
        traits: [{ kind: 'connection-limit', most: 2, holdMs: 107, over: 'silence' }],
      },
    }),
    isWhole: true,
    withinMs: 15_000,
  },
  {
    name: 'two services behind a limit on connections: neither is filtered',
    spec: createSpec({
      seed: 25_384,
      host: {
        open: [1, 445],
        rttMs: 38.2,
        traits: [{ kind: 'connection-limit', most: 2, holdMs: 101, over: 'silence' }],
      },
    }),
    isWhole: true,
  },
  {
    name: 'control probes that leave at the pace of a limit: they take the place of a port probe each',
    spec: createSpec({
      seed: 66_339,
      host: { traits: [{ kind: 'connection-limit', most: 4, holdMs: 371, over: 'silence' }] },
      ports: { upTo: 23, more: [] },
    }),
    isWhole: true,
    withinMs: 15_000,
  },
  {
    name: 'ports that answer retransmissions: something is lost, though all control probes are answered',
    spec: createSpec({
      seed: 62_454,
      host: {
        open: [1, 4, 5, 6, 9, 10, 11],
        rest: 'silence',
        rttMs: 34.3,
        jitterMs: 9.2,
        traits: [{ kind: 'syn-limit', perSecond: 65, burst: 5, over: 'silence' }],
      },
      ports: { upTo: 13, more: [] },
    }),
  },
  {
    name: 'first answers that came to retransmissions, as later ones show',
    spec: createSpec({
      seed: 93,
      machine: {
        stalls: [
          { atMs: 66, ms: 1_012 },
          { atMs: 18, ms: 181 },
        ],
      },
      host: {
        open: [1, 3, 4, 5, 6, 9, 10, 11, 14, 15, 17, 18],
        rest: 'silence',
        rttMs: 34.3,
        jitterMs: 9.2,
        traits: [{ kind: 'syn-limit', perSecond: 20, burst: 5, over: 'silence' }],
      },
      ports: { upTo: 20, more: [] },
    }),
  },
  {
    name: 'a burst that answers have earned: what is probed again keeps its distance from control probes',
    spec: createSpec({
      seed: 24_558,
      machine: { isLinear: false },
      host: {
        open: [1],
        rttMs: 28.1,
        traits: [{ kind: 'connection-limit', most: 2, holdMs: 167, over: 'silence' }],
      },
      ports: { upTo: 5, more: [] },
    }),
    isWhole: true,
  },
  {
    name: 'a port that refused many times and was lost once: a doubt about refusals says nothing about silence',
    spec: createSpec({
      seed: 18_749,
      host: {
        open: [22],
        rttMs: 101.3,
        jitterMs: 31.9,
        traits: [
          { kind: 'loss', there: 0.176, back: 0 },
          { kind: 'loss', there: 0.083, back: 0 },
          {
            kind: 'backends',
            open: [[22, 33, 47], [33, 47], [], [22, 33, 47]],
          },
        ],
      },
      ports: { upTo: 26, more: [] },
    }),
  },
  {
    name: 'a limit that refuses, and a port that may be asked seldom: each try needs a control probe of its own',
    spec: createSpec({
      seed: 32_833,
      host: {
        open: [25],
        rttMs: 161.3,
        jitterMs: 16.3,
        traits: [
          { kind: 'syn-limit', perSecond: 11, burst: 23, over: 'silence' },
          { kind: 'backends', open: [[25], [3, 21]] },
          { kind: 'loss', there: 0.058, back: 0 },
        ],
      },
      ports: { upTo: 3, more: LIKELY },
      policy: { expected: [1, 3, 21, 23, 25], required: [], maxRate: 9_417 },
    }),
  },
  ...LONG_CASES,
]
