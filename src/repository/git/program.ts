import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { posix, win32 } from 'node:path'

/**
 * Where the git program may be, in the order of `PATH`. Entries that depend on the folder that this runs in (`.`, an
 * empty one, `\bin` on Windows) are left out, and so is whatever lies in the checkout: it may hold a `git` of its own.
 * Windows would look in the current folder first, were it asked for `git` by name.
 *
 * @param checkout the top of the repository; a root such as `/` or `C:\` leaves nothing out
 */
export function listPrograms(path: string, platform: NodeJS.Platform, checkout: string): string[] {
  const { join, isAbsolute, normalize, relative, dirname } = platform === 'win32' ? win32 : posix
  const isFixed = (entry: string) =>
    isAbsolute(entry) && (platform !== 'win32' || /^([a-z]:|[\\/]{2})/i.test(entry))
  const isInCheckout = (entry: string) => {
    const way = relative(checkout, entry)
    return dirname(checkout) !== checkout && !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..'
  }
  return path
    .split(platform === 'win32' ? ';' : ':')
    .map((entry) => (platform === 'win32' ? entry.replace(/^"(.*)"$/, '$1') : entry))
    .filter(isFixed)
    .map((entry) => join(normalize(entry), platform === 'win32' ? 'git.exe' : 'git'))
    .filter((program) => !isInCheckout(program))
}

/** The first of these that is a program; undefined where none is. */
export async function findProgram(programs: string[]): Promise<string | undefined> {
  for (const program of programs) {
    const isProgram = await Promise.all([stat(program), access(program, constants.X_OK)]).then(
      ([stats]) => stats.isFile(),
      () => false,
    )
    if (isProgram) return program
  }
  return undefined
}
