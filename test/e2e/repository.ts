import { execFile } from 'node:child_process'
import { mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type Finished, makeFolder, runBundle } from './bundle.ts'

/** A git repository of its own, gone when the test is. */
export interface TestRepository extends AsyncDisposable {
  folder: string
  /** Runs git in it; what it says on stdout, without the last line end. */
  git(...args: string[]): Promise<string>
  /** The same, every byte of it. */
  raw(...args: string[]): Promise<Buffer>
  write(files: Record<string, string>): Promise<void>
  /** Makes a link in it. */
  link(path: string, target: string): Promise<void>
  /** Commits all that is there, and these files; the commit. */
  commit(files?: Record<string, string>): Promise<string>
  /** Takes an object, such as `HEAD^{tree}`, out of the repository. */
  lose(object: string): Promise<void>
  portgate(args: string[], options?: { cwd?: string; env?: NodeJS.ProcessEnv }): Promise<Finished>
}

/** Makes a repository with the branch `main`. */
export async function makeRepository(): Promise<TestRepository> {
  const folder = await realpath(await makeFolder())
  const repository = openRepository(folder)
  await repository.git('init', '--quiet', '--initial-branch', 'main')
  return repository
}

/** A repository that is there already, such as a clone. */
export function openRepository(folder: string): TestRepository {
  const run = promisify(execFile)
  const git = async (...args: string[]) => {
    const { stdout } = await run('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
    })
    return stdout.trimEnd()
  }
  const write = async (files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
  }
  return {
    folder,
    git,
    async raw(...args) {
      const { stdout } = await run('git', args, { cwd: folder, encoding: 'buffer' })
      return stdout
    },
    write,
    link: (path, target) => symlink(target, join(folder, path)),
    async commit(files = {}) {
      await write(files)
      await git('add', '--all')
      await git('commit', '--quiet', '--allow-empty', '--message', 'change')
      return git('rev-parse', 'HEAD')
    },
    async lose(object) {
      const sha = await git('rev-parse', object)
      await rm(join(folder, '.git/objects', sha.slice(0, 2), sha.slice(2)))
    },
    portgate: (args, { cwd = folder, env = {} } = {}) => runBundle('cli', args, { cwd, env }),
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true })
    },
  }
}
