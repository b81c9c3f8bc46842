/** A state of the repository's files: the folder that is checked out, or a commit. */
export interface Tree {
  /** What messages call it: the ref as the user or the event names it, `main` or a SHA; undefined for the folder. */
  ref?: string
  /** The folder, from the root and with slashes, from which the policy is looked for upwards; the root if absent. */
  within?: string
  /**
   * The bytes of a file, at most `limit` of them; undefined where there is no such file. Paths are relative to the
   * root, with slashes.
   *
   * @param namedBy who names it. What a policy names has to be part of the repository, as far as there is one: whoever
   * writes a policy must not read what else lies in the folder
   *
   * Rejects where it cannot be read; the message is a clause that says why, such as `permission denied`.
   */
  read(path: string, limit: number, namedBy?: 'user' | 'policy'): Promise<Uint8Array | undefined>
  /** Whether links lead to a file, so that whoever can add a link has chosen what is read. A commit holds no secrets. */
  isLinked?(path: string): Promise<boolean>
  /**
   * The files of a repository at a commit, `owner/name` and the whole SHA; absent where none can be asked. Reading them rejects as
   * above.
   */
  openRepository?(repository: string, ref: string): Tree
  /** The path of a file from the top of the repository, with all links resolved. Messages and GitHub get this path. */
  nameOf?(path: string): Promise<string>
}
