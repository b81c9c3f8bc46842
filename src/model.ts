/**
 * The data that flows through Portgate. Every other room imports from here; this file imports nothing.
 *
 *     policy text → Policy → ScanPlan → HostResult[] → Finding[] → Report → text · summary · JSON
 */

// ── Severity and verdict ──────────────────────────────────────────────────────────────────────────

/** How bad a risk is, worst first. The order of this list is the order of severity. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const

export type Severity = (typeof SEVERITIES)[number]

/** The lowest severity of a violation that fails the check; `never` reports and never fails. */
export const FAIL_ON = [...SEVERITIES, 'never'] as const

export type FailOn = (typeof FAIL_ON)[number]

/** What an `inconclusive` verdict does to the check. */
export const ON_DOUBT = ['fail', 'warn'] as const

export type OnDoubt = (typeof ON_DOUBT)[number]

export const VERDICTS = ['pass', 'fail', 'inconclusive'] as const

export type Verdict = (typeof VERDICTS)[number]

// ── Ports ─────────────────────────────────────────────────────────────────────────────────────────

/** An inclusive range of TCP ports, 1 ≤ from ≤ to ≤ 65535. */
export interface PortRange {
  from: number
  to: number
}

export const PORT_STATES = ['open', 'closed', 'filtered', 'unknown'] as const

export type PortState = (typeof PORT_STATES)[number]

/**
 * Why a port has its state, in nmap's words where it has one. Reasons from `fd-limit` on go with `unknown` only: first what kept
 * this machine from seeing, and from `host-timeout` on gaps in another scanner's results, and missing shards.
 */
export const REASONS = [
  'syn-ack',
  'conn-refused',
  'no-response',
  'host-unreach',
  'net-unreach',
  'admin-prohibited',
  'not-listed',
  'fd-limit',
  'no-source-port',
  'no-route',
  'not-permitted',
  'time-limit',
  'went-silent',
  'started-refusing',
  'too-lossy',
  'aborted',
  'untestable',
  'out-of-scope',
  'unexpected-error',
  'host-timeout',
  'host-down',
  'not-stated',
  'missing-shard',
] as const

export type Reason = (typeof REASONS)[number]

/** The whole answer to "what about this port?": its state and why it is believed. */
export interface Outcome {
  state: PortState
  reason: Reason
}

// ── Policy ────────────────────────────────────────────────────────────────────────────────────────

/** A place in a file; line and column count from 1, columns in UTF-16 code units as editors do. */
export interface Place {
  file: string
  line: number
  column: number
  /**
   * Where a floor says it. The other fields are then the line that names the floor, since a floor may be in another
   * repository.
   */
  floor?: { file: string; line: number; column: number }
}

/** What a key of `hosts` matches. Names and patterns are lower-case ASCII (punycode) without a final dot. */
export type HostMatcher =
  | { kind: 'name'; name: string }
  | { kind: 'pattern'; pattern: string }
  | { kind: 'address'; address: string }
  | { kind: 'cidr'; cidr: string }

/** One entry of `allow` or `require`. */
export interface Allowance {
  /** As the policy writes it: `443`, `https`, `8000-8010`. */
  text: string
  ports: PortRange[]
  required: boolean
  /** It allows nothing by itself: other allowances under its key do, for the services that they name. */
  requiresOnly?: true
  /** The service that must answer. */
  service?: string
  reason?: string
  owner?: string
  /** The last day that it holds, `YYYY-MM-DD`, in UTC. */
  expires?: string
  place: Place
}

/** One entry of `deny`. */
export interface Denial {
  text: string
  ports: PortRange[]
  /** Hosts of the key on which it does not hold. */
  except?: HostMatcher[]
  place: Place
}

/** One key of `hosts` with what it says. */
export interface HostRule {
  /** The key as the policy writes it. */
  key: string
  matcher: HostMatcher
  /** Allowances of `allow` and of `require` (those are `required`). */
  allow: Allowance[]
  deny: Denial[]
  place: Place
}

/** One entry of `exclude`: addresses that are never scanned. */
export interface Exclusion {
  text: string
  /** The block; an address is one of its own. */
  cidr: string
  place: Place
}

/** One entry of `ignore`: a doubt or a note that is accepted. */
export interface Ignored {
  finding: FindingId
  /** Whom it is about; undefined for a finding that is about no host. */
  hosts?: HostMatcher[]
  reason: string
  owner?: string
  /** The last day that it holds, `YYYY-MM-DD`, in UTC. */
  expires?: string
  place: Place
}

/** Which ports to probe: a named set or ranges. */
export type PortSelection = 'common' | 'catalogue' | 'all' | PortRange[]

/** `auto`: both families where this vantage has them; `both`: must cover both. */
export const IP_SELECTIONS = ['auto', 'both', '4', '6'] as const

export type IpSelection = (typeof IP_SELECTIONS)[number]

/** A host and port that is known to be open. */
export interface Canary {
  host: string
  port: number
  /** It was written with a final dot: no search domain may be tried. */
  isAnchored?: true
  /** Its addresses as a plan has frozen them: it is not looked up again. */
  addresses?: string[]
}

/** How to scan. Every level of the policy may leave any of it to the level above. */
export interface ScanSettings {
  ports: PortSelection
  ip: IpSelection
  identify: boolean
  /** New connections a second, or undefined for no cap. */
  maxRate?: number
  timeLimitMs: number
  canary?: Canary
}

/** What the policy asks to be scanned: a DNS name, an address or a CIDR block, and how it differs from its environment. */
export interface Endpoint {
  /** As the policy or the user writes it; a URL is kept whole here. */
  text: string
  kind: 'name' | 'address' | 'cidr'
  /** The normalised name, address or CIDR block. */
  host: string
  /** The name was written with a final dot: no search domain may be tried when it is looked up. */
  isAnchored?: true
  /** The port of a URL: probed whatever the port selection says. */
  extraPort?: number
  scan: Partial<ScanSettings>
  /** Undefined where the endpoint comes from an input or an argument. */
  place?: Place
}

/** What a policy or an environment sets besides its hosts. */
export type Setting = keyof ScanSettings | 'failOn' | 'onDoubt' | 'riskyAllowances'

/** A named set of endpoints, with rules of its own on top. */
export interface Environment {
  name: string
  /** Undefined: the concrete keys of its own and of the top-level `hosts`. */
  endpoints?: Endpoint[]
  hosts: HostRule[]
  scan: Partial<ScanSettings>
  failOn?: FailOn
  onDoubt?: OnDoubt
  /** Where each setting that it makes stands. */
  places: Partial<Record<Setting, Place>>
  place: Place
}

/** The keys of an allowance that say why it is there. */
export const DOCUMENTS = ['reason', 'owner', 'expires'] as const

/** What an allowance for a risky port must state. */
export interface RiskyAllowances {
  from: Severity
  need: (typeof DOCUMENTS)[number][]
  maxDays?: number
}

/** What the policy changes or adds in the catalogue, for one port. */
export interface CatalogueOverride {
  port: number
  service?: string
  severity?: Severity
  why?: string
  remedy?: string
  place?: Place
}

/** A file of another repository, at a commit. */
interface RepositoryFile {
  /** `owner/name`. */
  repository: string
  path: string
  /** The whole SHA of the commit. */
  ref: string
}

/** What `extends` names: a file of the repository that the policy is from, or of another one. */
export type Extended = (RepositoryFile | { path: string; repository?: undefined }) & { place: Place }

/** A floor that was read. */
export interface FloorFile {
  /** Its path from the top of its repository. */
  file: string
  /** Undefined for a floor from where the policy is from. */
  repository?: string
  ref?: string
  /** SHA-256 of the file's text, in hex. */
  hash: string
}

/** A policy file, checked and normalised. */
export interface Policy {
  /** Path as the user knows it, or `built-in:web` for the baseline. */
  file: string
  /** SHA-256 of the file's text, in hex; if it has floors, of the hashes of all texts, one per line, its own first. */
  hash: string
  /** The floor that it names. */
  extends?: Extended
  /** The floors whose rules are among those below, the nearest first. */
  floors?: FloorFile[]
  hosts: HostRule[]
  environments: Environment[]
  /** Never scanned, though an endpoint covers it. */
  exclude: Exclusion[]
  /** Doubts and notes that are accepted. */
  ignore: Ignored[]
  scan: Partial<ScanSettings>
  failOn?: FailOn
  onDoubt?: OnDoubt
  riskyAllowances?: RiskyAllowances
  /** Where each setting that it makes stands. */
  places: Partial<Record<Setting, Place>>
  /** Changes to the catalogue, or the path of the file that holds them. */
  catalogue: CatalogueOverride[] | { path: string; place: Place }
}

/** One thing that is wrong with a file that the user wrote. */
export interface Diagnostic {
  /** Stable, kebab-case: `unknown-key`, `bad-port`, … */
  code: string
  message: string
  /** What would be right. */
  hint?: string
  place: Place
  /** The text of the line, without its end. */
  source: string
  /** How many columns the caret underlines, at least 1. */
  width: number
}

// ── Catalogue ─────────────────────────────────────────────────────────────────────────────────────

/** What is true of a service as deployed: what a version still in wide use does by default. */
export interface RiskFacts {
  /**
   * Whether it authenticates clients. `weak`: by passwords that are known or guessed in bulk, by an address or a name
   * that the client can choose, or only if somebody turned it on.
   */
  auth: 'none' | 'weak' | 'yes'
  /**
   * What whoever gets in gets: `control` (runs code, operates a machine), `data` (reads or changes what the service
   * keeps for others), `some` (part of that), `hints` (learns something, or wastes something), `nothing` (it is made
   * for the public, or harmless).
   */
  yields: 'control' | 'data' | 'some' | 'hints' | 'nothing'
  /**
   * What crosses the network unencrypted: passwords (`true`), or `content` alone, since clients are authenticated by an
   * address, a certificate or a challenge. If nobody logs in, `true` means content.
   */
  cleartext: boolean | 'content'
  /** Hosts were broken into through it in large numbers, or it is on CISA's list of what is exploited. */
  exploited: boolean
}

/** What a service means when it faces the internet. */
export interface CatalogueEntry {
  /** Lower-case id, IANA's name where IANA has one: `redis`, `ssh`, `mysql`. */
  service: string
  /** For people: `Redis`. */
  name: string
  /** TCP ports that it uses by default; empty where another entry has them all. */
  ports: number[]
  /** TCP ports that it uses by default and that another entry has. */
  shares?: number[]
  /**
   * IANA's other names for it on some of its ports. Any further name that IANA has for its ports is another service's.
   */
  iana?: string[]
  category: string
  severity: Severity
  /** What the severity follows from; undefined for what a policy has added. */
  facts?: RiskFacts
  /** Why it matters when exposed: one or two sentences. */
  why: string
  /** What to do. */
  remedy: string
  /** The remedy is in the words of a policy. */
  isPolicysRemedy?: true
  /** What to do if that is not possible, or in addition. */
  alternative?: string
  /** The service's own setting that leaves it on loopback. */
  bind?: string
  /** URLs of what this is taken from: vendor pages, advisories, RFCs. */
  sources: string[]
  /** The protocol that carries it, if many services share that protocol. */
  over?: 'http' | 'tls' | 'smtp'
  /** Of a web service: those of its ports on which it uses TLS by default. */
  tls?: number[]
}

// ── Scan ──────────────────────────────────────────────────────────────────────────────────────────

/** An endpoint with its settings resolved: what the scan and the judge need to know of it. */
export interface PlannedEndpoint {
  environment?: string
  endpoint: Endpoint
  scan: ScanSettings
  failOn: FailOn
  onDoubt: OnDoubt
  /** The rules that hold for it by its name or address, the environment's own after the top-level ones. */
  rules: HostRule[]
  /**
   * Of a DNS name or a block: the rules for addresses and blocks, which may hold for some of its addresses and not for
   * others. Endpoints share these lists, one for each level of the policy that has any.
   */
  addressRules?: HostRule[][]
  /** The TCP ports to probe, ascending. */
  ports: number[]
  /** The addresses, where the endpoint names them itself or a plan has frozen them; any other DNS name has to be resolved first. */
  addresses?: string[]
}

/** A port that must be open, and the services that may answer there, if it matters which. */
export interface RequiredPort {
  port: number
  services: string[]
}

/** All that is to be scanned in one run. */
export interface ScanPlan {
  endpoints: PlannedEndpoint[]
  /** Seed of the shuffle of ports: the same seed probes in the same order. */
  seed: number
}

/** What answered on an open port. All text is printable ASCII and bounded. */
export interface Identified {
  /** `http`, `https`, `tls`, `ssh`, `redis`, `mysql`, … or undefined if it was not identified. */
  service?: string
  /** What it calls itself: `OpenSSH_9.2p1`, `nginx`. */
  product?: string
  tls?: TlsInfo
  /** What an HTTP server answered to `GET /`. */
  http?: { status: number; title?: string }
}

/** What a TLS handshake showed. */
export interface TlsInfo {
  protocol: string
  subject?: string
  issuer?: string
  /** DNS names and addresses of the certificate, at most 20. */
  names: string[]
  /** ISO 8601. */
  validTo?: string
}

/** A port that accepted a connection. */
export interface OpenPort extends Identified {
  port: number
  reason: Reason
  /** Time of the handshake in milliseconds; absent where another scanner's results are judged. */
  rttMs?: number
}

/** All that was learnt of one address of one endpoint. Port lists are inclusive ranges, ascending. */
export interface HostResult {
  environment?: string
  /** The endpoint's text. */
  endpoint: string
  /** The name, address or CIDR block behind it. */
  host: string
  address: string
  /** What this machine appended to the name to find the address (resolv.conf(5)); absent where the name stood for itself. */
  searchDomain?: string
  open: OpenPort[]
  /** Open ports that stopped accepting connections before their service could be identified. */
  unasked?: number[]
  /** Open ports whose identification the time limit cut short. */
  cut?: number[]
  /** Open ports that this machine was too busy to listen to. */
  starved?: number[]
  /** Open ports of an address with more names than a port is queried by. */
  crowded?: number[]
  /** Open ports whose service another scanner's results do not name. */
  unstated?: number[]
  closed: { ports: PortRange[]; reason: Reason }[]
  filtered: { ports: PortRange[]; reason: Reason }[]
  unknown: { ports: PortRange[]; reason: Reason }[]
  /** It stopped accepting connections: it went silent, or it refused them. */
  changed?: 'went-silent' | 'started-refusing'
  /** It accepts whatever is tried, unlikely ports included. */
  answersEverywhere: boolean
  /** Ranges within which it accepts whatever is tried, though not elsewhere. */
  runs?: PortRange[]
  /** The address belongs to the scanning machine itself: what answers there proves nothing about the network. */
  isThisMachine?: true
  /**
   * If it answers everywhere, the services found on ports that nothing uses, undefined for each that was not
   * identified. Absent if those ports were not queried.
   */
  decoys?: (string | undefined)[]
}

/** An endpoint, or one address family of it, that gave no address to scan. */
export interface Unseen {
  environment?: string
  endpoint: string
  /** `unstated`: another scanner's results have no address of it, or not all. */
  kind: 'unresolved' | 'no-ipv6' | 'unstated'
  /** What the resolver or the kernel said. */
  detail: string
  /** The family that could not be looked up where the other was, for `unresolved`. */
  missing?: 4 | 6
  /** The address that this vantage has no route to, for `no-ipv6`. */
  address?: string
}

/** An address of an endpoint that is left out: the policy excludes it, or no host has it. */
export interface Excluded {
  environment?: string
  endpoint: string
  address: string
}

/** How a canary fared: a port known to be open, tried to prove that this vantage can see. */
export interface CanaryResult {
  environment?: string
  host: string
  port: number
  outcome: Outcome
  /** Why it proves nothing and was not probed: it is not reached by the route that the scan takes. */
  aside?: 'this-machine' | 'another-interface'
  /** The shards that saw this, where others saw it open. */
  shards?: number[]
}

/** A shard of a plan without a usable report, and what only it was to scan. */
export interface MissingShard {
  index: number
  of: number
  /** Address and port pairs. */
  pairs: number
  /** How many hosts they are on, and the first of them. */
  hosts: number
  named: Pick<HostResult, 'endpoint' | 'address'>[]
}

/** What was joined: the reports of the shards of a plan. */
interface JoinedShards {
  missing: MissingShard[]
  /** Shards on machines where no shard had an answer from any host, while shards elsewhere had. */
  blind: number[]
  /** Those that were used, the newest attempt of each. */
  used: MergedShard[]
}

/** A shard whose report was used. */
interface MergedShard {
  index: number
  attempt: number
  /** ISO 8601. */
  startedAt: string
  finishedAt: string
  vantage: Vantage
  /** Ports that an older attempt saw differently: open and now not, or the other way round. */
  disagrees: Disagreement[]
}

/** Ports of a host that an attempt saw open and another one did not. */
export interface Disagreement extends Pick<HostResult, 'endpoint' | 'address'> {
  /** The older attempt. */
  attempt: number
  /** As ranges. */
  opened: string
  closed: string
}

/** How a run waited for required ports before it scanned. */
export interface Waited {
  ms: number
  /** Address and port pairs that must be open; each port of a name without an address counts once. */
  required: number
  /** Those of them that were not yet open, or had not answered as the policy wants, when the wait was over. */
  missing: number
}

/** The machine that the scan ran from, and what it cannot see. */
export interface Vantage {
  platform: string
  node: string
  /** A GitHub-hosted runner: outbound 25 is commonly blocked there. */
  githubHosted: boolean
  /** Whether a route to the IPv6 internet exists. */
  ipv6: boolean
  /** The most descriptors that this process may open, if known. */
  fileDescriptors?: number
}

/** What the scan stage hands to the judge. */
export interface ScanResult {
  hosts: HostResult[]
  unseen: Unseen[]
  /** Addresses that were left out because the policy excludes them. */
  excluded?: Excluded[]
  canaries: CanaryResult[]
  /** Absent where another scanner's results are judged: nobody knows where it ran. */
  vantage?: Vantage
  /** The files that were judged instead of a scan. */
  results?: ResultsFile[]
  /** Set where the scan was to wait for required ports. */
  waited?: Waited
  /** Addresses of blocks that no host has: those of this machine's own networks and their broadcast addresses. */
  noHosts?: Excluded[]
  /** Set where the reports of shards were joined. */
  shards?: JoinedShards
  /** Set when the scan was ended before it was done. */
  stopped?: 'time-limit' | 'aborted'
  /** Connections started. */
  probes: number
  startedAt: Date
  finishedAt: Date
}

/** Why results do not count for today: they are old, they do not say when, or they come from tomorrow. */
export const STALENESS = ['too-old', 'undated', 'in-the-future'] as const

export type Staleness = (typeof STALENESS)[number]

/** How far the clocks of two machines may differ before a time is called too early or in the future, in milliseconds. */
export const CLOCK_ERROR_MS = 5 * 60_000

/** A file of another scanner, judged in place of a scan. */
export interface ResultsFile {
  /** As the user names it. */
  file: string
  tool: string
  version?: string
  /** ISO 8601, where the file says when. */
  startedAt?: string
  finishedAt?: string
  /** Entries of hosts that no endpoint names: they are not judged. */
  others: number
  stale?: Staleness
}

// ── Policy review ─────────────────────────────────────────────────────────────────────────────────

/** The part of a policy that a change is about: its key, or what is under it. */
export const POLICY_PARTS = [
  'policy',
  'environments',
  'endpoints',
  'ports',
  'allow',
  'deny',
  'require',
  'service',
  'expires',
  'fail-on',
  'on-doubt',
  'ip',
  'identify',
  'time-limit',
  'max-rate',
  'canary',
  'risky-allowances',
  'exclude',
  'ignore',
  'catalogue',
] as const

export type PolicyPart = (typeof POLICY_PARTS)[number]

/** An open port that a change lets through, and the service that answers there. */
export interface Sighting extends Pick<HostResult, 'endpoint' | 'address' | 'searchDomain'> {
  port: number
  answers: string
}

/** `loosened`: it allows more, covers less or demands less than before. */
export const DIRECTIONS = ['loosened', 'tightened'] as const

/** One thing that a change of the policy does. */
export interface PolicyChange {
  direction: (typeof DIRECTIONS)[number]
  part: PolicyPart
  severity: Severity
  /**
   * The environments that it is limited to; empty: only what is scanned outside of any. Absent if it is not limited.
   */
  environments?: string[]
  /** Names, patterns, addresses and blocks. */
  hosts?: string[]
  /** As ranges. */
  ports?: string
  /** What the change does: "allows 22 (SSH, medium) on `www.example.com`". */
  message: string
  /** The open port, seen in the same run, that its severity comes from. */
  sighting?: Sighting
  /** Where the policy says so after the change. */
  place?: Place
  /** Where the policy said so before the change, if it no longer does. */
  before?: Place
}

// ── Findings and report ───────────────────────────────────────────────────────────────────────────

/**
 * The ids of findings, by kind: a loosening and a policy that was not reviewed may be notes as well. The order is that of the
 * documentation.
 */
export const FINDING_IDS = {
  violation: [
    'unexpected-open-port',
    'denied-open-port',
    'expired-allowance',
    'required-port-not-open',
    'wrong-service',
    'undocumented-allowance',
    'policy-loosened',
  ],
  doubt: [
    'unresolved-host',
    'unreachable-host',
    'silent-run',
    'went-silent',
    'started-refusing',
    'canary-not-open',
    'answers-everywhere',
    'unidentified-service',
    'incomplete-scan',
    'missing-shard',
    'unstated-coverage',
    'stale-results',
    'no-ipv6-here',
    'unreviewed-policy',
  ],
  note: [
    'expiring-allowance',
    'unused-allowance',
    'addresses-differ',
    'untestable-port',
    'cleartext',
    'certificate-expiring',
    'silent-host',
    'opened-since-baseline',
    'closed-since-baseline',
  ],
} as const

export type FindingKind = keyof typeof FINDING_IDS

export type FindingId = (typeof FINDING_IDS)[FindingKind][number]

/** The kinds, worst first. */
export const FINDING_KINDS = Object.keys(FINDING_IDS) as FindingKind[]

/** The kind of each id, in the order of the ids. */
export const KIND_OF = Object.fromEntries(
  FINDING_KINDS.flatMap((kind) => FINDING_IDS[kind].map((id) => [id, kind])),
) as Record<FindingId, FindingKind>

/**
 * Where the severity of an open port comes from: the minimum for a denied port or a wrong service, the default for a port that
 * the catalogue does not list, the policy's catalogue, the service that answers, or the port's usual service.
 */
export type Rating = 'at-least' | 'unlisted' | 'policy' | 'answer' | 'usual'

/** Why the service on an open port is unknown. */
export type Unidentified =
  | 'not-asked'
  | 'unstated'
  | 'cut'
  | 'starved'
  | 'refused'
  | 'delicate'
  | 'unrecognised'

/** States that the usual service of a port is a guess, and what was seen in its place. */
export interface Guess {
  name: string
  /** The policy says that it is usual there. */
  isPolicys: boolean
  seen: { product?: string; service: string } | Unidentified
}

/** The least allowance for an open port, as the policy would write it. */
export interface Suggestion {
  /** The key of `hosts` that is there already; undefined where a line has to be added. */
  key?: string
  /** The host of that line, what is allowed there so far, and the environment whose `hosts` it belongs to. */
  host: string
  kept: string[]
  environment?: string
  port: number
  service?: string
  /** What `risky-allowances` asks for, to be filled in. */
  documents: { key: string; value: string }[]
}

/** About a port that must not be open. */
interface OpenPortArgs {
  /** What it is taken for; undefined where the catalogue has nothing. */
  risk?: CatalogueEntry
  /** The setting of its own that keeps it on this port of loopback. */
  setting?: string
  rating: Rating
  guess?: Guess
}

/** What an allowance of a risky port lacks. */
export type Lack =
  | { key: RiskyAllowances['need'][number]; maxDays?: number }
  | { key: 'expires'; days: number; maxDays: number }

/** The allowance that a finding is about: its text, and the key of `hosts` that it stands under. */
interface AllowanceArgs {
  allowance: string
  key: string
}

/** What is particular to the findings of an id: the report makes its sentences from it. */
export interface FindingArgs {
  'unexpected-open-port': OpenPortArgs & { suggestion: Suggestion }
  /** `denied`: the denial as the policy writes it. */
  'denied-open-port': OpenPortArgs & { denied: string }
  'expired-allowance': OpenPortArgs & { expires: string; owner?: string }
  'required-port-not-open': Record<never, never>
  'wrong-service': OpenPortArgs & { wanted: string[] }
  'undocumented-allowance': AllowanceArgs & { risk: CatalogueEntry; from: Severity; lacks: Lack[] }
  'policy-loosened': { change: PolicyChange }
  /** `some`: others of its addresses were found. `missing`: the family that could not be looked up then. */
  'unresolved-host': { detail: string; some: boolean; missing?: 4 | 6 }
  'unreachable-host': Record<never, never>
  /** `shards`: those that heard nothing, where others did. */
  'silent-run': { canaries: CanaryResult[]; shards?: number[] }
  /** `ports`: those that stayed unknown. */
  'went-silent': { ports: PortRange[] }
  'started-refusing': { ports: PortRange[] }
  'canary-not-open': { canary: CanaryResult }
  /**
   * In some ranges only, and how many of the open ports say nothing (`silent`); or everywhere, and how many services answer as
   * themselves (`own`).
   */
  'answers-everywhere': { runs: PortRange[]; silent: number } | { open: number; own: number }
  'unidentified-service': {
    ports: PortRange[]
    why: 'silent' | 'tls' | 'refusing' | 'starved' | 'crowded' | 'unstated'
  }
  'incomplete-scan': {
    ports: PortRange[]
    what:
      | 'not-probed'
      | 'not-heard'
      | 'not-identified'
      | 'untestable'
      | 'out-of-scope'
      | 'needs-zone'
      | 'given-up'
  }
  'missing-shard': MissingShard
  /** Of a host the ports; of an endpoint whether some of its addresses are in the results. */
  'unstated-coverage': { ports: PortRange[] } | { some: boolean }
  'stale-results': Pick<ResultsFile, 'file' | 'tool' | 'startedAt'> & { stale: Staleness }
  'no-ipv6-here': { detail: string }
  'unreviewed-policy': { problem: string }
  'expiring-allowance': AllowanceArgs & { expires: string; days: number; owner?: string }
  'unused-allowance': AllowanceArgs
  'addresses-differ': { addresses: { address: string; open: PortRange[] }[] }
  /** `refused`: how many other ports refused, if these alone are silent on their host. */
  'untestable-port': { ports: PortRange[]; refused?: number }
  /** Names of services. */
  cleartext: { answered: string; expected: string }
  /** `day`: its last, and `days` until then. */
  'certificate-expiring': { day: string; days: number; hasExpired: boolean }
  'silent-host': Record<never, never>
  /** `baseline`: when its scan began, ISO 8601. */
  'opened-since-baseline': { baseline: string }
  /** `answered`: the service that did then. */
  'closed-since-baseline': { baseline: string; answered?: string }
}

/** What becomes of a violation that the baseline has as well. */
export const KNOWN_VIOLATIONS = ['fail', 'warn'] as const

export type KnownViolations = (typeof KNOWN_VIOLATIONS)[number]

/** An earlier report, as far as a run is compared with it. None of it is verified. */
export interface Baseline {
  /** As the user names it. */
  file: string
  /** ISO 8601. */
  startedAt: string
  finishedAt: string
  environments: string[]
  hosts: BaselineHost[]
  violations: BaselineViolation[]
  /** The doubts that invalidate what it saw, of one host or of all. */
  doubts: Pick<Finding, 'id' | 'environment' | 'endpoint' | 'address'>[]
}

/** What an earlier report has seen of an address of an endpoint. */
export interface BaselineHost extends Pick<HostResult, 'environment' | 'endpoint' | 'address'> {
  open: Pick<OpenPort, 'port' | 'service'>[]
  /** Closed or filtered, ascending. */
  shut: PortRange[]
}

/**
 * A violation of an earlier report, or several on one host that it reports as one: those have `ports` and no `port`.
 */
export interface BaselineViolation
  extends Pick<
    Finding,
    'id' | 'severity' | 'environment' | 'endpoint' | 'address' | 'port' | 'service' | 'fingerprint' | 'since'
  > {
  ports?: PortRange[]
}

/**
 * How a violation relates to the baseline, an earlier report. `new`: that report saw the same place without it;
 * `known`: that report has it as well; `not-seen-before`: that report did not see the place.
 */
export const NOVELTIES = ['new', 'known', 'not-seen-before'] as const

export type Novelty = (typeof NOVELTIES)[number]

/** A port whose state or service differs between the baseline and this run; both have seen it. */
export interface DriftPort extends Pick<HostResult, 'endpoint' | 'address'> {
  environment?: string
  port: number
  /** The service then and now, if known. */
  before?: string
  after?: string
}

/** Changes since the baseline, among what both runs saw. */
export interface Drift {
  /** The earlier report: its file as the user names it, and when its scan ran, ISO 8601. */
  baseline: { file: string; startedAt: string; finishedAt: string }
  opened: DriftPort[]
  closed: DriftPort[]
  /** Open in both, with another service. */
  changed: DriftPort[]
  /** Open ports that the baseline has not seen at all. */
  notSeenBefore: DriftPort[]
  /** Violations of the baseline that are gone, in places that this run has seen. */
  resolved: number
}

/** What all findings have. */
interface FindingFacts {
  kind: FindingKind
  severity: Severity
  environment?: string
  endpoint?: string
  address?: string
  /** As in `HostResult`. */
  searchDomain?: string
  port?: number
  /** What was recognised there, or what the policy names; never a guess. */
  service?: string
  /** The port's usual service, where nothing that was seen rules it out or confirms it: a guess. */
  usual?: string
  state?: PortState
  reason?: Reason
  /** The policy line that governs it. */
  place?: Place
  /** The policy accepts it: what was a doubt is a note then. */
  ignored?: { reason: string; owner?: string; expires?: string; place: Place }
  /** The policy accepted it until a day that is over. */
  wasIgnored?: { owner?: string; expires: string }
  /** It stands for findings on all of these ports of its host, and has the particulars of the first. */
  alike?: { ports: PortRange[]; first: number }
  /** The number of findings that this one stands for; it has the particulars of the worst. */
  more?: number
  /** Stays the same from run to run: 32 hex digits. */
  fingerprint: string
  /** Of a violation, where a baseline was given. */
  novelty?: Novelty
  /** When the first report that had this violation began, ISO 8601. Set where a baseline was given. */
  since?: string
  /** A violation at or above its environment's `fail-on`, or a doubt where `on-doubt` is `fail`. */
  fails: boolean
}

/** A finding of some ids. */
export type FindingOf<Id extends FindingId> = {
  [One in Id]: FindingFacts & { id: One; args: FindingArgs[One] }
}[Id]

/** One thing that the gate has to say, as data: `report/wording/` has the words. */
export type Finding = FindingOf<FindingId>

/** How much was seen. */
export interface Coverage {
  endpoints: number
  addresses: number
  /** Distinct ports probed, of 65,535. */
  ports: number
  /** Connections started. */
  probes: number
  /** Address and port pairs that had to be seen, and how many of them stayed unknown. */
  pairs: number
  unknown: number
  /** AAAA addresses left out because this vantage has no IPv6 (`ip: auto`). */
  skippedIpv6: string[]
  /** What `exclude` left out: the number of addresses, and the endpoints that were excluded entirely. */
  excluded?: { addresses: number; endpoints: string[] }
}

/** A in the best case, F in the worst; see `judge/posture.ts`. */
export const POSTURES = ['A', 'B', 'C', 'D', 'E', 'F'] as const

export type Posture = (typeof POSTURES)[number]

/** An open port as the report has it. */
export interface ReportPort extends OpenPort {
  /** As in `Finding`: a guess. */
  usual?: string
  /** How bad it is to have this exposed, whatever the policy allows. Absent in reports of earlier versions. */
  severity?: Severity
}

/** A host as the report has it. */
export interface ReportHost {
  environment?: string
  endpoint: string
  address: string
  /** The search domain of this machine through which the name was found. */
  searchDomain?: string
  ports: {
    open: ReportPort[]
    /** Ranges, as `1-21,23-79`. */
    closed: string
    filtered: string
    unknown: { ports: string; reason: Reason }[]
  }
  posture: Posture
}

/** `audit`: reports, and never fails. */
export const MODES = ['enforce', 'audit'] as const

export type Mode = (typeof MODES)[number]

/** Which part of a plan a report is of, and all that it saw. */
export interface Shard {
  /** From 1. */
  index: number
  of: number
  /** Of the plan. */
  digest: string
  /** From 1; the newest counts. */
  attempt: number
  /** Tells machines apart: the beginning of a digest of this one's names and addresses. */
  machine: string
  /** What `merge` reads: the result of the scan, as `shards/evidence.ts` writes it. */
  evidence: Record<string, unknown>
  /** SHA-256 of all of the above and the tool's version, so that a file that was changed is not taken for a report. */
  checksum: string
}

/** All that a run has to say. */
export interface Report {
  schemaVersion: 1
  tool: { name: 'portgate'; version: string }
  /** `ref`: where it was read, undefined for the folder that is checked out. */
  policy: { file: string; ref?: string; hash: string; floors?: FloorFile[] }
  environments: string[]
  startedAt: string
  finishedAt: string
  /** Absent where another scanner's results were judged. */
  vantage?: Vantage
  /** The files that were judged instead of a scan. */
  results?: ResultsFile[]
  /** Set where the run was asked to wait. */
  waited?: Waited
  /** Set where this is one part of a plan: nothing was judged but whether it could be scanned. */
  shard?: Shard
  /** The shards that were joined, each from a vantage of its own. */
  shards?: MergedShard[]
  /** Seed of the order in which ports were probed. */
  seed: number
  mode: Mode
  verdict: Verdict
  coverage: Coverage
  hosts: ReportHost[]
  /** Worst first: findings that fail before those that do not, known violations after the others, then by severity. */
  findings: Finding[]
  /** What a pull request does to the policy, loosenings first, the worst first. Empty where nothing was reviewed. */
  policyChanges: PolicyChange[]
  /** Set where a baseline was given. */
  drift?: Drift
}
