import { execFile } from 'node:child_process'
import { devNull } from 'node:os'
import { escapeInvisible, quote } from '../../policy/problem.ts'
import { findProgram, listPrograms } from './program.ts'

/** Longest time for one question to git, which answers from the disk. */
const LONGEST_MS = 30_000

/**
 * A checkout is hostile, and its repository's configuration may be: nothing of it may run a program or reach a network.
 * `safe.bareRepository` is git 2.38's; `findRepository` keeps older ones from a bare repository that lies in the checkout.
 */
const OPTIONS = [
  '--no-pager',
  '--no-replace-objects',
  '--literal-pathspecs',
  ...[
    'safe.bareRepository=explicit',
    'core.fsmonitor=false',
    'core.hooksPath=/dev/null',
    'core.sshCommand=false',
    'core.gitProxy=false',
    'core.alternateRefsCommand=false',
    'core.askPass=false',
    'credential.helper=',
    'protocol.allow=never',
  ].flatMap((setting) => ['-c', setting]),
]

/**
 * The same for what only variables say. A clone may promise objects that another repository has, and git would fetch
 * them: `GIT_NO_LAZY_FETCH` is git 2.44's, and an empty list of protocols leaves an older git none to fetch with,
 * whatever `protocol.*` and `remote.*` say in the repository.
 */
const VARIABLES = {
  GIT_ALLOW_PROTOCOL: '',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_GRAFT_FILE: devNull,
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: 'false',
  GIT_SSH_COMMAND: 'false',
  // Messages are read by `explain`.
  LC_ALL: 'C',
  LANGUAGE: '',
}

/** `unknown`: git knows nothing of that name; `other`: any other failure, which leaves that open. */
type FailureKind = 'no git' | 'no repository' | 'unknown' | 'other'

/** How git failed: the message is a clause for people. */
export class GitFailure extends Error {
  override name = 'GitFailure'
  readonly kind: FailureKind
  /** Its exit status, where it had one. */
  readonly status: number | undefined

  constructor(kind: FailureKind, message: string, status?: number) {
    super(message)
    this.kind = kind
    this.status = status
  }
}

/**
 * Git's output, up to a number of bytes.
 *
 * Variables that say which repository is meant (`GIT_DIR`, `GIT_WORK_TREE`, `GIT_OBJECT_DIRECTORY` and the like, as in a
 * hook) stay in force: they are the user's and no checkout can set them.
 *
 * @param top the folder to ask in: the top of the repository
 * @throws {GitFailure}
 */
export async function askGit(top: string, question: string[], limit: number, input = ''): Promise<Buffer> {
  const programs = listPrograms(process.env.PATH ?? '', process.platform, top)
  const program = await findProgram(programs)
  if (!program) {
    throw new GitFailure('no git', 'git is not installed: no folder of PATH outside of the checkout has it')
  }
  return new Promise((resolve, reject) => {
    const options = {
      cwd: top,
      env: makeEnvironment(),
      encoding: 'buffer',
      maxBuffer: limit,
      timeout: LONGEST_MS,
    } as const
    const child = execFile(program, [...OPTIONS, ...question], options, (error, stdout, stderr) => {
      if (!error || error.code === ('ERR_CHILD_PROCESS_STDIO_MAXBUFFER' as never)) return resolve(stdout)
      if (error.killed)
        return reject(new GitFailure('other', `git did not answer within ${LONGEST_MS / 1000} s`))
      reject(explain(stderr.toString() || error.message, top, error.code as unknown as number))
    })
    // git may answer and close before it has read all.
    child.stdin?.on('error', () => {}).end(input)
  })
}

/**
 * Pathspecs are literal here, and a trace would be taken for a message. On Windows `git_dir` and `GIT_DIR` are the same
 * variable.
 */
function makeEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^GIT_(TRACE|\w+_PATHSPECS$)/i.test(name) && !(name.toUpperCase() in VARIABLES),
  )
  return { ...Object.fromEntries(kept), ...VARIABLES }
}

function explain(said: string, top: string, status: number): GitFailure {
  const failure = (kind: FailureKind, message: string) => new GitFailure(kind, message, status)
  if (/dubious ownership|unsafe repository/.test(said)) {
    return failure(
      'other',
      `the repository in ${quote(top)} belongs to another user, and git does not trust it; if you do: \`git config --global --add safe.directory ${escapeInvisible(top)}\``,
    )
  }
  if (/not a git repository/.test(said))
    return failure('no repository', `${quote(top)} is not a git repository`)
  if (/promisor remote|lazy fetch/.test(said)) {
    return failure(
      'other',
      'an object is missing that this partial clone leaves to its remote: fetch it first (a clone without `--filter` has all)',
    )
  }
  // Warnings come before the error; what comes after it belongs to it.
  const last = said
    .slice(Math.max(0, said.indexOf('fatal: ')))
    .replace(/\s+/g, ' ')
    .trim()
  return failure('other', `git says ${quote(last)}`)
}
