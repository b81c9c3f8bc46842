import { lstatSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, sep } from 'node:path'

/** Whether a path is a folder or in it, judging by the text of both alone: both have to be absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

/** The nearest folder upwards that is a repository: it has a `.git`, either a folder or a file that points to one. */
export function findRepository(folder: string): string | undefined {
  if (lstatSync(join(folder, '.git'), { throwIfNoEntry: false })) return folder
  return dirname(folder) === folder ? undefined : findRepository(dirname(folder))
}
