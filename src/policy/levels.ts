import type { Part, Spot } from './yaml.ts'

/** The levels of a policy that have rules: the file itself, and then its environments. Works on any tree, valid or not. */
export function listLevels(root: Spot): Spot[] {
  const environments = root.parts.get('environments')?.spot.parts.values() ?? []
  return [root, ...[...environments].map(({ spot }) => spot)]
}

/** The keys of every `hosts`, each with what stands there, likewise. */
export function listHostKeys(root: Spot): [key: string, part: Part][] {
  return listLevels(root).flatMap((level) => [...(level.parts.get('hosts')?.spot.parts ?? [])])
}
