import { randomBytes } from 'node:crypto'
import {
  closeSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, isAbsolute, join, parse, resolve, sep } from 'node:path'
import { quote } from '../policy/problem.ts'
import { findRepository, isInside } from './paths.ts'

/** Longest path of a folder, in characters: Linux accepts no more bytes (`PATH_MAX`), and other systems fewer. */
const LONGEST_PATH = 4_096

/** Links that are followed on the way to a folder: as many as Linux follows. */
const MOST_LINKS = 40

/**
 * Makes a folder to write to, with those above it that do not exist, and checks that it is writable.
 *
 * Throws an error that tells people why nothing can be written there.
 */
export function checkOutputFolder(folder: string, checkout: string): void {
  const path = join(openOutputFolder(folder, checkout), temporaryName('portgate'))
  try {
    writeFileSync(path, '', { flag: 'wx' })
  } catch (error) {
    throw new Error(`nothing can be written to ${quote(folder)}: ${(error as Error).message}`)
  }
  rmSync(path)
}

/**
 * Makes a folder to write to, with those above it that do not exist, and gives the path of it that has no links.
 *
 * A link in the checkout is refused wherever it leads: whoever opens a pull request could add one, and so choose what
 * is overwritten. Links elsewhere are the machine's own, such as `/tmp` on macOS, or the user's.
 *
 * Throws as `checkOutputFolder`.
 *
 * @param checkout a folder of it
 */
export function openOutputFolder(folder: string, checkout: string): string {
  const real = realpathSync(checkout)
  const written = resolve(checkout, folder)
  if (written.length > LONGEST_PATH) throw new Error(`${quote(folder)} is too long for a path`)
  const path = resolveLinks(written, findRepository(real) ?? real)
  // One call for each folder: `mkdir` with `recursive` never returns where no folder can be made, as in /proc.
  for (const each of listFromTop(path)) if (!isFolder(each)) makeFolder(each)
  return path
}

/** A folder and all above it, the topmost first. */
function listFromTop(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [...listFromTop(above), folder]
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    // Another run may have made it meanwhile.
    if (!isFolder(path)) throw new Error(`${quote(path)} cannot be made: ${(error as Error).message}`)
  }
}

function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found && !found.isDirectory()) throw new Error(`${quote(path)} is not a folder`)
  return found !== undefined
}

/** A path with its links followed, as far as it exists. Throws where one of them is in the checkout. */
function resolveLinks(path: string, checkout: string): string {
  // Nobody checks out a repository into the root of the file system.
  const isGuarded = (folder: string) => dirname(checkout) !== checkout && isInside(checkout, folder)
  let here = parse(path).root
  let links = 0
  const names = path.slice(here.length).split(sep)
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    const next = join(here, name)
    const target = readLink(next)
    if (target === undefined) {
      here = next
      continue
    }
    if (isGuarded(here)) {
      throw new Error(
        `${quote(next)} is a link to ${quote(target)}, and nothing is written through a link in the checkout: name the folder itself, or remove the link`,
      )
    }
    if (++links > MOST_LINKS) throw new Error(`${quote(path)} has links that lead in a circle`)
    if (isAbsolute(target)) here = parse(target).root
    names.unshift(...target.slice(isAbsolute(target) ? here.length : 0).split(sep))
  }
  return here
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

/**
 * Writes a file whole or not at all: to a temporary file beside it, which is then renamed. What was there before, be it
 * a link, is replaced and never written to; if writing fails it is removed, so that nobody mistakes it for the new
 * file.
 *
 * Synchronous, so that no signal handler runs while it is half done.
 */
export function writeWhole(path: string, text: string | Iterable<string>): void {
  const temporary = join(dirname(path), temporaryName(basename(path)))
  try {
    writePieces(temporary, typeof text === 'string' ? [text] : text)
    renameSync(temporary, path)
  } catch (error) {
    for (const left of [temporary, path]) removeIfThere(left)
    throw error
  }
}

function writePieces(path: string, pieces: Iterable<string>): void {
  const file = openSync(path, 'wx')
  try {
    for (const piece of pieces) writeFileSync(file, piece)
  } finally {
    closeSync(file)
  }
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // It is a folder, or must not be removed: the failure that led here is the one to report.
  }
}

function temporaryName(name: string): string {
  return `.${name}.${randomBytes(8).toString('hex')}.tmp`
}
