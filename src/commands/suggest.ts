import { buildCatalogue } from '../catalogue/catalogue.ts'
import { judge } from '../judge/judge.ts'
import { findUnused } from '../judge/unused.ts'
import { count } from '../numbers.ts'
import { listScopes } from '../policy/environments.ts'
import { ownRules } from '../policy/floor/layer.ts'
import { matcherText } from '../policy/hosts.ts'
import { parsePolicy } from '../policy/parse.ts'
import { quote } from '../policy/problem.ts'
import { readSource, type Source } from '../policy/source.ts'
import { DEFAULT_FILES, findPolicyFile, type Loaded, load, parsePolicyFile } from '../prepare/load.ts'
import { type Options, parseOptions, type Request } from '../prepare/options.ts'
import { planScan } from '../prepare/plan.ts'
import { policyFile } from '../prepare/policy.ts'
import { placeReports, readReports } from '../prepare/reports.ts'
import type { SuggestFormat } from '../report/formats.ts'
import { gitTree } from '../repository/git-tree.ts'
import type { Tree } from '../repository/tree.ts'
import type { RunContext } from '../run.ts'
import { amendPolicy } from '../suggest/amend.ts'
import { writePatch } from '../suggest/patch.ts'
import { prunePolicy } from '../suggest/prune.ts'
import { joinReports } from '../suggest/reports.ts'
import { suggest } from '../suggest/suggest.ts'
import type { NewHost, Suggestions } from '../suggest/suggestions.ts'
import { writePolicy } from '../suggest/write-policy.ts'
import { Unreadable, Unusable } from '../unusable.ts'
import { cut, describeJudgement, describeSuggestions, sayUnplaced } from './describe-suggestion.ts'
import { type Seen, seeByScan, seeReports } from './see-endpoints.ts'

/** What a policy is to be suggested from, and how. */
export interface SuggestOptions {
  options: Options
  /** Reports of Portgate, in place of a scan. */
  from?: string[]
  /** Removes what no report needed, and adds nothing. */
  prune?: boolean
}

/** A suggested policy. */
export interface Suggested {
  /** Where it belongs. */
  file: string
  /** The policy that it amends. */
  before?: string
  text: string
  /** What the user should know besides. */
  sentences: string[]
}

/**
 * The least policy by which what is seen passes: a new one, or the existing one, amended.
 *
 * @throws {Unusable} where the options or the policy cannot be used, or nothing is named to look at
 */
export async function suggestPolicy(asked: SuggestOptions, context: RunContext): Promise<Suggested> {
  const request = parseOptions(asked.options)
  refuseContradictions(asked, request)
  const written = await openWritten(request, context, asked)
  const loaded = written?.loaded ?? emptyPolicy()
  if (asked.prune) return prune(asked.from ?? [], request, context.tree, written)
  const seen = asked.from
    ? await seeReports(asked.from, request, loaded)
    : await seeByScan(request, loaded, context)
  const suggestions = suggest({ ...loaded, ...seen })
  // Endpoints that the policy names itself need no key.
  const isNamed = request.endpoints.length > 0 || asked.from !== undefined
  const { text, unplaced } = written
    ? amend(written, suggestions, isNamed)
    : { text: writePolicy(suggestions, listSettings(request), seen.title), unplaced: [] }
  const file = written?.source.file ?? (DEFAULT_FILES[0] as string)
  const after = await readBack(context.tree, file, text)
  const { findings, verdict } = judge({
    ...after,
    ...(written ? seen : leaveOut(seen, suggestions)),
    plan: seen.planWith(after),
  })
  const isNothing = suggestions.endpoints.every(({ leftOut }) => leftOut !== undefined)
  return {
    file,
    ...(written ? { before: written.mark + written.source.text } : {}),
    text: (written?.mark ?? '') + text,
    sentences: [
      ...(written ? [] : await explainEmptied(request, context)),
      ...describeSuggestions(suggestions, written !== undefined),
      ...unplaced.map(sayUnplaced),
      ...(written && isNamed ? cut(listUnscanned(after.policy, suggestions)) : []),
      ...(isNothing
        ? ['Every endpoint is left out: there is nothing to check yet.']
        : describeJudgement(findings, verdict)),
    ],
  }
}

/** @throws {Unusable} where what is asked for says two things */
function refuseContradictions({ from, prune }: SuggestOptions, { endpoints, results }: Request): void {
  const problems = [
    ...(prune && !from ? ['prune: it takes reports: name them with `--from`'] : []),
    ...(from && results ? ['from: it cannot be combined with `results`'] : []),
    ...(from && endpoints.length > 0
      ? ['from: reports bring their own endpoints: leave out those given']
      : []),
  ]
  if (problems.length > 0) throw new Unusable(problems)
}

/** A suggested policy as a run would read it. @throws {Unusable} where it has become larger than a policy may be */
async function readBack(tree: Tree, file: string, text: string): Promise<Loaded> {
  try {
    return await parsePolicyFile(tree, { file, bytes: new TextEncoder().encode(text) })
  } catch (error) {
    if (!(error instanceof Unusable) || error instanceof Unreadable) throw error
    const [{ code, message } = { code: '', message: error.message }] = error.diagnostics
    const isTooLarge = ['too-large', 'too-many-values', 'too-many-patterns'].includes(code)
    if (!isTooLarge) throw new Error(`the suggested policy is not valid: ${error.message}`)
    throw new Unusable([
      `A policy for so many hosts is larger than a policy may be: ${message}. Name fewer endpoints.`,
    ])
  }
}

/** What was seen of the endpoints that a new policy names: it does not judge those that it leaves out. */
function leaveOut({ scan, now }: Seen, { endpoints }: Suggestions): Pick<Seen, 'scan' | 'now'> {
  const left = new Set(endpoints.flatMap(({ endpoint, leftOut }) => (leftOut === undefined ? [] : endpoint)))
  const isKept = ({ endpoint }: { endpoint: string }) => !left.has(endpoint)
  return { now, scan: { ...scan, hosts: scan.hosts.filter(isKept), unseen: scan.unseen.filter(isKept) } }
}

/** A policy with its text. */
interface Written {
  loaded: Loaded
  source: Source
  /** A byte order mark that it begins with, which the source does not have. */
  mark: string
}

/** The existing policy; undefined if there is none and endpoints or reports say what to look at. */
async function openWritten(
  request: Request,
  { root, tree }: RunContext,
  { from, prune }: SuggestOptions,
): Promise<Written | undefined> {
  const named = policyFile(request, root)
  const found = await findPolicyFile(tree, named)
  const isEnough = !prune && (request.endpoints.length > 0 || from !== undefined)
  if (found?.bytes.length === 0) {
    // A shell that redirects the output to the file has emptied it.
    if (isEnough) return undefined
    throw new Unusable([
      `${found.file} is empty. If the output goes to that file, the shell has emptied it: write to another one, or use \`--format patch\`.`,
    ])
  }
  if (found) {
    const loaded = await parsePolicyFile(tree, found)
    const { source } = readSource(found.bytes, loaded.policy.file)
    const [first, second] = found.bytes
    return { loaded, source, mark: first === 0xef && second === 0xbb ? '\uFEFF' : '' }
  }
  // Throws the error that says that there is no policy, and how to begin.
  if (named !== undefined || !isEnough) await load(tree, named, false)
  return undefined
}

/**
 * The sentence for a new policy in place of one that is empty now but not in the last commit: a shell that redirects the output
 * to the file has emptied it.
 */
async function explainEmptied(request: Request, { root, tree }: RunContext): Promise<string[]> {
  const found = await findPolicyFile(tree, policyFile(request, root))
  if (!found) return []
  const committed = await gitTree(root, 'HEAD')
    .then((head) => head.read(found.file, 1))
    .catch(() => undefined)
  if (!committed?.length) return []
  return [
    `${found.file} is empty, but not in the last commit: if the output goes to that file, the shell has emptied it. The policy printed here is new and keeps nothing of the committed one, such as \`extends\`. To amend that one, run \`git restore\` on it, then \`suggest\` with \`--format patch\` and \`git apply\`.`,
  ]
}

/** A policy that says nothing. */
function emptyPolicy(): Loaded {
  const { policy } = parsePolicy(new TextEncoder().encode('version: 1\n'), DEFAULT_FILES[0] as string)
  if (!policy) throw new Error('the empty policy is valid')
  return { policy, noEndpoints: [], catalogue: buildCatalogue() }
}

async function prune(
  files: string[],
  request: Request,
  tree: Tree,
  written: Written | undefined,
): Promise<Suggested> {
  if (!written) throw new Unusable(['prune: there is no policy to remove anything from'])
  const { loaded, source, mark } = written
  const reports = placeReports(await readReports(files), loaded)
  // All endpoints of the policy: what no report has of them was not seen.
  const { plan } = planScan({ ...request, endpoints: [] }, loaded, undefined)
  const { scan } = joinReports(reports, plan.endpoints, 'in-any')
  const unused = findUnused({ ...loaded, plan, scan, now: new Date() })
  const { text, removed } = prunePolicy(source, loaded.policy, unused)
  await readBack(tree, source.file, text)
  const left = unused.length - removed.length
  const shared =
    left > 0
      ? [
          `${count(left, 'unused allowance')} cannot be removed without removing others: an alias shares them.`,
        ]
      : []
  const unsure = scan.unseen.map(
    ({ endpoint }) => `${quote(endpoint)} was not seen in full: what is allowed there stays.`,
  )
  return {
    file: source.file,
    before: mark + source.text,
    text: mark + text,
    sentences: [
      removed.length === 0
        ? `No allowance of ${source.file} can be removed${left > 0 ? '' : ': each was needed, or not everything it covers was seen'}.`
        : `${count(removed.length, 'allowance')} of ${source.file} can be removed: no report needed ${removed.length === 1 ? 'it' : 'them'}.`,
      ...shared,
      ...cut(unsure),
    ],
  }
}

/** Amends the policy. If its keys say what is scanned, endpoints without a key get one. */
function amend({ loaded: { policy }, source }: Written, suggestions: Suggestions, isNamed: boolean) {
  const known = new Set(suggestions.hosts.map(({ host }) => host))
  // The keys of a floor name nothing to scan.
  for (const { matcher } of ownRules(policy)) known.add(matcherText(matcher))
  const isKeyed = isNamed && policy.environments.length === 0
  const fresh = suggestions.endpoints.flatMap(({ kind, host, leftOut }): NewHost | [] => {
    if (!isKeyed || kind === 'cidr' || leftOut !== undefined || known.has(host)) return []
    known.add(host)
    return { kind, host, allow: [] }
  })
  return amendPolicy(source.text, policy, [...suggestions.hosts, ...fresh])
}

/** Endpoints that a scan by the policy alone would leave out, as sentences. */
function listUnscanned(policy: Loaded['policy'], { endpoints }: Suggestions): string[] {
  const scanned = new Set([...listScopes(policy)].flatMap((scope) => scope.endpoints.map(({ host }) => host)))
  const left = endpoints.filter(({ host, leftOut }) => leftOut === undefined && !scanned.has(host))
  return left.map(
    ({ text }) => `The policy does not scan ${quote(text)}: list it under \`endpoints\` of an environment.`,
  )
}

/** The user's settings for this scan that a later scan has to use too. */
function listSettings({ ports, ip, identify }: Request) {
  return {
    ...(ports === undefined ? {} : { ports }),
    ...(ip === undefined || ip === 'auto' ? {} : { ip }),
    ...(identify === false ? { identify } : {}),
  }
}

/** A suggestion as it is printed. */
export function renderSuggestion({ file, before, text }: Suggested, format: SuggestFormat): string {
  return format === 'patch' ? writePatch(file, before, text) : text
}
