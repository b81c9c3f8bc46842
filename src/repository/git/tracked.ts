import { ask } from './repository.ts'

/**
 * Whether a repository has a file, be it committed or staged; those of its submodules are its own, too.
 *
 * Rejects where git cannot tell; the message is a clause that says why.
 *
 * @param top the top of the repository
 * @param path from there, as the file system writes it and without links
 */
export async function tracks(top: string, path: string): Promise<boolean> {
  try {
    const question = ['ls-files', '-z', '--recurse-submodules', '--', path]
    return (await ask({ top, isNamed: true }, question)).length > 0
  } catch (error) {
    throw new Error(`git cannot tell whether it is part of the repository: ${(error as Error).message}`)
  }
}
