import type { Tree } from '../../repository/tree.ts'
import { hashOf } from '../../shards/digest.ts'
import type { PlanFile } from '../../shards/plan-file.ts'

type Files = PlanFile['policy']['files']

/** A tree that remembers the files that are read from it: the policy first, and then what it names. */
export function recordReads(tree: Tree): { tree: Tree; list(): Promise<Files> } {
  const read = new Map<string, string>()
  return {
    tree: {
      ...tree,
      async read(path, limit, namedBy) {
        const bytes = await tree.read(path, limit, namedBy)
        // What is no UTF-8 cannot be used, and whoever parses it says so.
        if (bytes) read.set(path, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
        return bytes
      },
    },
    list: () =>
      Promise.all(
        [...read].map(async ([path, text]) => {
          const name = (await tree.nameOf?.(path)) ?? path
          return { path, name, text, sha256: hashOf(text) }
        }),
      ),
  }
}

/** The files that a plan has frozen. */
export function frozenTree({ policy: { ref, files } }: PlanFile): Tree {
  const byPath = new Map(files.map((file) => [file.path, file]))
  return {
    ...(ref === undefined ? {} : { ref }),
    read: async (path) => {
      const file = byPath.get(path)
      return file && new TextEncoder().encode(file.text)
    },
    nameOf: async (path) => byPath.get(path)?.name ?? path,
  }
}
