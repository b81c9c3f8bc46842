/** Networks on which a scan once took too long, or did not end: the simplest that showed it. */
import { type Case, createSpec, LIKELY } from './case.ts'

export const LONG_CASES: readonly Case[] = [
  {
    name: 'a kernel that sends one ICMP message a second, and few ports: it took 284 s',
    spec: createSpec({
      host: {
        open: [2, 10, 22],
        rest: 'icmp-port',
        rttMs: 7.1,
        traits: [{ kind: 'refusal-limit', of: 'icmp', perSecond: 1, burst: 6 }],
      },
      machine: { sockets: 900 },
      ports: { upTo: 20, more: [] },
    }),
    withinMs: 20_000,
  },
  {
    name: 'one address for three hosts: once a port is no control port any more, what is refused is proven by another',
    spec: createSpec({
      seed: 132,
      machine: { sockets: 900 },
      host: {
        open: [1, 21, 143, 6379, 9200],
        rttMs: 0.9,
        traits: [{ kind: 'backends', open: [[21], [1, 21, 143, 6379, 9200], [1, 21, 143, 6379]] }],
      },
    }),
    withinMs: 60_000,
  },
  {
    name: 'ten connections a second: control probes right behind port probes, which had used up the limit, were all lost',
    spec: createSpec({
      seed: 6147,
      host: {
        open: [143],
        rest: 'silence',
        traits: [{ kind: 'connection-limit', most: 17, holdMs: 1_642, over: 'silence' }],
      },
      ports: { upTo: 145, more: [] },
    }),
    withinMs: 150_000,
  },
  {
    name: 'one service that may be asked ever more seldom: what was sent far from any question counts as well',
    spec: createSpec({
      seed: 10_784,
      machine: { sockets: 900 },
      host: {
        open: [17, 405],
        rest: 'silence',
        rttMs: 1.4,
        jitterMs: 0.6,
        traits: [{ kind: 'syn-limit', perSecond: 23, burst: 5, over: 'silence' }],
      },
      ports: { upTo: 697, more: LIKELY },
    }),
    withinMs: 750_000,
  },
  {
    name: 'a max-rate that is far below the rate of the host, and still too fast',
    spec: createSpec({
      seed: 10_006,
      host: {
        open: [25, 53],
        rest: 'silence',
        traits: [{ kind: 'connection-limit', most: 2, holdMs: 46, over: 'icmp-host' }],
      },
      ports: { upTo: 57, more: [] },
      policy: { expected: [], required: [], maxRate: 124 },
    }),
    withinMs: 60_000,
  },
  {
    name: 'a slow service that was first heard while this machine was busy: it is no control port',
    spec: createSpec({
      seed: 12_890,
      machine: {
        stalls: [
          { atMs: 5, ms: 1_008 },
          { atMs: 110, ms: 490 },
        ],
      },
      host: { open: [1, 53], rest: 'silence', traits: [{ kind: 'late', port: 53, ms: 1_294 }] },
      ports: { upTo: 60, more: [] },
    }),
    withinMs: 60_000,
  },
  {
    name: 'two dozen ports in bursts, and a fifth of all lost: what was lost between the bursts is set against what was answered there',
    spec: createSpec({
      seed: 16_929,
      machine: { sockets: 900 },
      host: {
        open: [2, 53, 445, 9200],
        rest: 'icmp-admin',
        rttMs: 14.4,
        jitterMs: 0.7,
        traits: [{ kind: 'loss', there: 0.184, back: 0 }],
      },
      ports: { upTo: 6, more: LIKELY },
    }),
    withinMs: 40_000,
  },
  {
    name: 'a limit that resets a burst of ports whose silence is told by ICMP: asked again, they are no sign that the host has gone',
    spec: createSpec({
      seed: 12_284,
      host: {
        open: [2],
        rest: 'icmp-net',
        rttMs: 0.1,
        traits: [{ kind: 'connection-limit', most: 5, holdMs: 53, over: 'reset' }],
      },
      ports: { upTo: 2, more: LIKELY },
      policy: { expected: [2], required: [] },
    }),
    withinMs: 30_000,
    mayMiss: true,
  },
  {
    name: 'a slow service alone behind a limit that refuses: its delay is no loss',
    spec: createSpec({
      seed: 21_836,
      host: {
        open: [1],
        traits: [
          { kind: 'syn-limit', perSecond: 310, burst: 5, over: 'reset' },
          { kind: 'late', port: 1, ms: 1_274 },
        ],
      },
      policy: { expected: LIKELY, required: [1, ...LIKELY.slice(2, 12)] },
    }),
    isWhole: true,
    withinMs: 30_000,
    mayMiss: true,
  },
  {
    name: 'a service stops, and resets come once a second: what no number of tries would tell stays unknown',
    spec: createSpec({
      seed: 58_668,
      host: {
        open: [2],
        silent: [3],
        traits: [
          { kind: 'stops', port: 2, atMs: 60 },
          { kind: 'refusal-limit', of: 'reset', perSecond: 1, burst: 6 },
        ],
      },
      ports: { upTo: 3, more: [] },
    }),
    withinMs: 90_000,
  },
  {
    name: 'a port that has refused once and is silent for good: it is no control port',
    spec: createSpec({
      seed: 53_221,
      host: {
        open: [22],
        rest: 'silence',
        traits: [
          { kind: 'counted', port: 1, most: 15 },
          { kind: 'stops', port: 1, atMs: 22 },
        ],
      },
      ports: { upTo: 73, more: [] },
    }),
    isWhole: true,
    withinMs: 60_000,
  },
  {
    name: 'a host that accepts and refuses in turn: it is given up once nothing explains that for long',
    spec: createSpec({
      seed: 1,
      host: {
        open: [6, 9],
        rest: 'silence',
        rttMs: 150,
        traits: [{ kind: 'connection-limit', most: 1, holdMs: 1_147, over: 'reset' }],
      },
      ports: { upTo: 10, more: [] },
    }),
    withinMs: 70_000,
  },
  {
    name: 'a service that may be asked ever more seldom, on a host that refuses what comes too fast: it is not waited for',
    spec: createSpec({
      seed: 9_286,
      machine: { isLinear: false, selfConnects: 0.037 },
      host: {
        open: [13],
        silent: [9, 24],
        rttMs: 0.8,
        traits: [
          { kind: 'connection-limit', most: 5, holdMs: 16, over: 'silence' },
          { kind: 'loss', there: 0.112, back: 0.142 },
          {
            kind: 'backends',
            open: [
              [3, 13, 80, 246, 3389],
              [246, 3389],
            ],
          },
        ],
      },
      ports: { upTo: 73, more: [] },
      policy: { expected: [3, 3389, 85], required: [] },
    }),
    withinMs: 200_000,
  },
]
