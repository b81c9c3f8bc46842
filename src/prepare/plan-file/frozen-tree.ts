import type { Tree } from '../../repository/tree.ts'
import { hashOf } from '../../shards/digest.ts'
import type { PlanFile } from '../../shards/plan-file.ts'

type Files = PlanFile['policy']['files']

/** The repository that a file is of, where that is another one: a floor's. */
type Origin = Pick<Files[number], 'repository' | 'commit'>

/** A tree that remembers the files that are read from it: the policy first, and then what it names. */
export function recordReads(tree: Tree): { tree: Tree; list(): Promise<Files> } {
  const read = new Map<string, { tree: Tree; path: string; text: string; origin: Origin }>()
  const record = (tree: Tree, origin: Origin): Tree => {
    const { openRepository } = tree
    return {
      ...tree,
      async read(path, limit, namedBy) {
        const bytes = await tree.read(path, limit, namedBy)
        // A file that is not UTF-8 cannot be used, which its parser reports.
        const text = bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
        if (text !== undefined) read.set(keyOf(path, origin), { tree, path, text, origin })
        return bytes
      },
      ...(openRepository && {
        openRepository: (repository: string, commit: string) =>
          record(openRepository(repository, commit), { repository, commit }),
      }),
    }
  }
  return {
    tree: record(tree, {}),
    list: () =>
      Promise.all(
        [...read.values()].map(async ({ tree, path, text, origin }) => {
          const name = (await tree.nameOf?.(path)) ?? path
          return { path, name, ...origin, text, sha256: hashOf(text) }
        }),
      ),
  }
}

/** The files that a plan has frozen. */
export function frozenTree({ policy: { ref, files } }: PlanFile): Tree {
  const byKey = new Map(files.map((file) => [keyOf(file.path, file), file]))
  const open = (origin: Origin): Tree => ({
    read: async (path) => {
      const file = byKey.get(keyOf(path, origin))
      return file && new TextEncoder().encode(file.text)
    },
    nameOf: async (path) => byKey.get(keyOf(path, origin))?.name ?? path,
    openRepository: (repository, commit) => open({ repository, commit }),
  })
  return { ...open({}), ...(ref === undefined ? {} : { ref }) }
}

function keyOf(path: string, { repository, commit }: Origin): string {
  return JSON.stringify([repository, commit, path])
}
