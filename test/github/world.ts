import { type Answer, type Call, exampleOf } from './description.ts'

/** A repository on GitHub, and who may do what in it. Tests look at what it has become. */
export interface World {
  /** `owner/name`. */
  repository: string
  isPrivate: boolean
  tokens: Record<string, Token>
  commits: Record<string, Commit>
  /** Commits of other repositories, by `owner/name`. */
  others?: Record<string, Record<string, Commit>>
  /** Branches and tags, in full, such as `refs/heads/main`. */
  refs: Record<string, string>
  /** Annotated tags: what each is of. */
  tagObjects: Record<string, string>
  /** Those of open pull requests, by number. */
  pulls: Record<number, Pull>
  /** The merge base of whatever is compared. */
  mergeBase: string
  comments: Comment[]
  issues: Issue[]
}

interface Pull {
  head: string
  /** The name of its branch, where it matters. */
  headRef?: string
  /** Whose repository that is in, likewise. */
  owner?: string
  isFromFork: boolean
  /** The branch that it is to be merged into. */
  base: string
  /** The commit that GitHub has made of the two. */
  merge?: string
}

export interface Token {
  login: string
  /** Such as `contents: 'read'`; what is not there is not granted. */
  permissions: Partial<Record<Permission, 'read' | 'write'>>
}

type Permission = 'contents' | 'issues' | 'pull_requests'

interface Commit {
  parents: string[]
  files: Record<string, string>
  /** Links to folders, and where they lead. */
  links?: Record<string, string>
  submodules?: string[]
}

export interface Comment {
  id: number
  /** The issue or pull request that it is on. */
  number: number
  login: string
  body: string
}

interface Issue {
  number: number
  login: string
  title: string
  body: string
  state: string
  state_reason?: string
  isPull?: boolean
}

/** A refusal in GitHub's words. */
export function refuse(status: number, message: string, headers: Record<string, string> = {}): Answer {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest' }, headers }
}

/** What it takes for a call: one of these, at this level. */
const NEEDS: Record<string, [level: 'read' | 'write', ...permissions: Permission[]]> = {
  'git/get-commit': ['read', 'contents'],
  'git/get-ref': ['read', 'contents'],
  'git/get-tag': ['read', 'contents'],
  'repos/list-branches-for-head-commit': ['read', 'contents'],
  'pulls/get': ['read', 'pull_requests'],
  'pulls/list': ['read', 'pull_requests'],
  'repos/get-commit': ['read', 'contents'],
  'repos/get-content': ['read', 'contents'],
  'repos/compare-commits-with-basehead': ['read', 'contents'],
  'issues/list-comments': ['read', 'issues', 'pull_requests'],
  'issues/create-comment': ['write', 'issues', 'pull_requests'],
  'issues/update-comment': ['write', 'issues', 'pull_requests'],
  'issues/delete-comment': ['write', 'issues', 'pull_requests'],
  'issues/list-for-repo': ['read', 'issues'],
  'issues/create': ['write', 'issues'],
  'issues/update': ['write', 'issues'],
}

/** What GitHub answers to a call. */
export function answerCall(world: World, call: Call, token: Token | undefined, url: string): Answer {
  const { parameters, operation } = call
  const [level, ...permissions] = NEEDS[operation.operationId] ?? []
  if (!level) throw new Error(`${operation.operationId}: the stand-in does not know this call`)
  const named = `${parameters.owner}/${parameters.repo}`
  const others = world.others?.[named]
  if (others)
    return answerCall({ ...world, repository: named, commits: others, others: {} }, call, token, url)
  const isHere = named === world.repository
  if (!isHere || (world.isPrivate && !Object.keys(token?.permissions ?? {}).length))
    return refuse(404, 'Not Found')
  const isGranted = permissions.some((name) => {
    const granted = token?.permissions[name]
    return granted === 'write' || granted === level
  })
  if (!isGranted && (world.isPrivate || level === 'write')) {
    if (!token) return refuse(401, 'Requires authentication')
    const accepted = permissions.map((name) => `${name}=${level}`).join('; ')
    const headers = { 'x-accepted-github-permissions': accepted }
    return refuse(403, 'Resource not accessible by integration', headers)
  }
  return (ANSWERS[operation.operationId] as Answerer)(world, call, token?.login ?? '', url)
}

type Answerer = (world: World, call: Call, login: string, url: string) => Answer

const ANSWERS: Record<string, Answerer> = {
  'git/get-commit'({ commits }, { operation, parameters: { commit_sha: sha } }) {
    const commit = commits[String(sha)]
    if (!commit) return refuse(404, 'Not Found')
    const example = exampleOf<{ parents: object[] }>(operation, 200)
    const parents = commit.parents.map((parent) => ({ ...example.parents[0], sha: parent }))
    return { status: 200, body: { ...example, sha, parents } }
  },
  'git/get-ref'({ refs, tagObjects }, { operation, parameters }) {
    const ref = `refs/${parameters.ref}`
    const sha = refs[ref]
    if (!sha) return refuse(404, 'Not Found')
    const example = exampleOf<{ object: object }>(operation, 200)
    const object = { ...example.object, sha, type: tagObjects[sha] ? 'tag' : 'commit' }
    return { status: 200, body: { ...example, ref, object } }
  },
  'git/get-tag'({ tagObjects }, { operation, parameters }) {
    const sha = tagObjects[String(parameters.tag_sha)]
    if (!sha) return refuse(404, 'Not Found')
    const example = exampleOf<{ object: object }>(operation, 200)
    return {
      status: 200,
      body: { ...example, object: { ...example.object, sha, type: tagObjects[sha] ? 'tag' : 'commit' } },
    }
  },
  'repos/list-branches-for-head-commit'({ commits, refs }, { operation, parameters }) {
    const sha = String(parameters.commit_sha)
    if (!commits[sha]) return refuse(422, `No commit found for SHA: ${sha}`)
    const [example] = exampleOf<object[]>(operation, 200)
    const branches = Object.keys(refs).filter((ref) => ref.startsWith('refs/heads/') && refs[ref] === sha)
    return { status: 200, body: branches.map((ref) => ({ ...example, name: ref.slice(11) })) }
  },
  'pulls/get'({ pulls }, { operation, parameters }) {
    const pull = pulls[Number(parameters.pull_number)]
    if (!pull) return refuse(404, 'Not Found')
    return { status: 200, body: showPull(exampleOf(operation, 200), pull) }
  },
  'pulls/list'({ pulls }, call, _, url) {
    const [example] = exampleOf<ShownPull[]>(call.operation, 200) as [ShownPull]
    const { head } = call.parameters
    const found = Object.entries(pulls).filter(([, { owner, headRef }]) => head === `${owner}:${headRef}`)
    return page(
      call,
      url,
      found.map(([number, pull]) => ({ ...showPull(example, pull), number: Number(number) })),
    )
  },
  'repos/get-commit'({ commits, refs }, { parameters: { ref } }) {
    // Which of the two GitHub prefers nobody says; a tag here, as git does.
    const named = [`refs/tags/${ref}`, `refs/heads/${ref}`, String(ref)].map((name) => refs[name])
    const whole = Object.keys(commits).filter((commit) => commit.startsWith(String(ref)))
    const sha = named.find((found) => found) ?? (whole.length === 1 ? whole[0] : undefined)
    if (!sha) return refuse(422, `No commit found for SHA: ${ref}`)
    return { status: 200, type: 'application/vnd.github.sha; charset=utf-8', body: sha }
  },
  'repos/compare-commits-with-basehead'({ mergeBase, commits }, { operation, parameters }) {
    const ends = String(parameters.basehead).split('...')
    if (!ends.every((sha) => commits[sha])) return refuse(404, 'Not Found')
    const example = exampleOf<{ merge_base_commit: object }>(operation, 200)
    const [base = '', head = ''] = ends
    const status = base === head ? 'identical' : commits[base]?.parents.includes(head) ? 'behind' : 'diverged'
    return {
      status: 200,
      body: { ...example, status, merge_base_commit: { ...example.merge_base_commit, sha: mergeBase } },
    }
  },
  'repos/get-content'({ commits }, { operation, parameters }) {
    if (!commits[String(parameters.ref)]) return refuse(404, `No commit found for the ref ${parameters.ref}`)
    const files: Commit['files'] = commits[String(parameters.ref)]?.files ?? {}
    const path = String(parameters.path)
    const body = files[path]
    if (body !== undefined)
      return { status: 200, type: 'application/vnd.github.raw+json; charset=utf-8', body }
    const { content, encoding, ...entry } = exampleOf<{ content: string; encoding: string }>(operation, 200)
    const { links = {}, submodules = [] } = commits[String(parameters.ref)] ?? {}
    if (links[path]) return { status: 200, body: { ...entry, path, type: 'symlink', target: links[path] } }
    if (submodules.includes(path))
      return {
        status: 200,
        body: { ...entry, path, type: 'submodule', submodule_git_url: 'https://example.com/x.git' },
      }
    const below = Object.keys(files).filter((name) => name.startsWith(`${path}/`))
    if (below.length === 0) return refuse(404, 'Not Found')
    return {
      status: 200,
      body: below.map((name) => ({ ...entry, path: name, name: name.split('/').at(-1) })),
    }
  },
  'issues/list-comments'({ comments }, call, _, url) {
    const ours = comments.filter(({ number }) => number === call.parameters.issue_number)
    const [example] = exampleOf<object[]>(call.operation, 200)
    return page(
      call,
      url,
      ours.map((comment) => show(example, comment)),
    )
  },
  'issues/create-comment'({ comments }, { operation, parameters, body }, login) {
    if (String(body.body).length > 65_536) return tooLong()
    const comment = {
      id: 1_000 + comments.length,
      number: Number(parameters.issue_number),
      login,
      body: String(body.body),
    }
    comments.push(comment)
    return { status: 201, body: show(exampleOf(operation, 201), comment) }
  },
  'issues/update-comment'({ comments }, { operation, parameters, body }) {
    if (String(body.body).length > 65_536) return tooLong()
    const comment = comments.find(({ id }) => id === parameters.comment_id)
    if (!comment) return refuse(404, 'Not Found')
    comment.body = String(body.body)
    return { status: 200, body: show(exampleOf(operation, 200), comment) }
  },
  'issues/delete-comment'({ comments }, { parameters }) {
    const index = comments.findIndex(({ id }) => id === parameters.comment_id)
    if (index < 0) return refuse(404, 'Not Found')
    comments.splice(index, 1)
    return { status: 204 }
  },
  'issues/list-for-repo'({ issues }, call, _, url) {
    const { state = 'open' } = call.parameters
    const [example] = exampleOf<{ pull_request: object }[]>(call.operation, 200)
    const { pull_request: pull, ...issue } = example as { pull_request: object }
    const shown = issues.filter((issue) => state === 'all' || issue.state === state)
    return page(
      call,
      url,
      shown.map((one) => show(one.isPull ? { ...issue, pull_request: pull } : issue, one)),
    )
  },
  'issues/create'({ issues }, { operation, body }, login) {
    if (String(body.body).length > 65_536) return tooLong()
    const issue = {
      number: 2_000 + issues.length,
      login,
      title: String(body.title),
      body: String(body.body),
      state: 'open',
    }
    issues.push(issue)
    return { status: 201, body: show(exampleOf(operation, 201), issue) }
  },
  'issues/update'({ issues }, { operation, parameters, body }) {
    const issue = issues.find(({ number }) => number === parameters.issue_number)
    if (!issue) return refuse(404, 'Not Found')
    Object.assign(issue, body)
    return { status: 200, body: show(exampleOf(operation, 200), issue) }
  },
}

interface ShownPull {
  head: object
  base: { repo: { id: number } }
}

/** A pull request as GitHub shows it: an example of one, with what is known of it. */
function showPull(example: ShownPull, pull: Pull): object {
  const { repo } = example.base
  const head = {
    ...example.head,
    sha: pull.head,
    ...(pull.headRef !== undefined && { ref: pull.headRef }),
    repo: pull.isFromFork ? { ...repo, id: 1 } : repo,
  }
  return {
    ...example,
    requested_teams: [],
    head,
    base: { ...example.base, ref: pull.base },
    ...(pull.merge && { merge_commit_sha: pull.merge }),
  }
}

function tooLong(): Answer {
  return refuse(422, 'Validation Failed: Body is too long (maximum is 65536 characters)')
}

/** A comment or an issue as GitHub shows it: an example of one, with what is known of it. */
function show(
  example: unknown,
  { login, number, isPull, ...known }: { login: string } & Partial<Issue>,
): object {
  const { user, ...rest } = example as { user: object }
  return {
    ...rest,
    ...known,
    ...(known.title !== undefined && { number, id: number }),
    user: { ...user, login },
  }
}

/** One page of a list, with the address of the next one. */
function page({ parameters }: Call, url: string, items: object[]): Answer {
  const { per_page: size = 30, page: index = 1, ...rest } = parameters as Record<string, number>
  const end = index * size
  const query = new URLSearchParams({ ...rest, per_page: String(size), page: String(index + 1) })
  for (const name of ['owner', 'repo', 'issue_number']) query.delete(name)
  const headers: Record<string, string> = end < items.length ? { link: `<${url}?${query}>; rel="next"` } : {}
  return { status: 200, body: items.slice(end - size, end), headers }
}
