import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'

/**
 * The change of a file as a unified diff that `git apply` and `patch -p1` take; empty where nothing changes.
 *
 * @param before undefined where there is no such file yet
 */
export function writePatch(file: string, before: string | undefined, after: string): string {
  if (before === after) return ''
  const old = before === undefined ? '/dev/null' : `a/${file}`
  return createTwoFilesPatch(old, `b/${file}`, before ?? '', after, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
  })
}
