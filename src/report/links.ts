/** Where reports lead: to the pages of Portgate, and to the lines of the policy. */
import type { FindingId, Place } from '../model.ts'

/** Where Portgate itself comes from, so that a finding can link to its documentation. */
export interface Origin {
  /** URL of the repository, without a final slash. */
  repository: string
  /** The tag, branch or commit. */
  ref: string
}

/** What links are made of; where a part is not known, there is no link. */
export interface Links {
  origin?: Origin
  /**
   * Where the files of the policy can be read, without a final slash: the repository at a commit
   * (`https://github.com/o/r/blob/<sha>`), or the folder (`file:///home/me/r`).
   */
  files?: string
}

/** The page of a finding: what it means, how it is known and what to do. */
export function linkToFinding(id: FindingId, { origin }: Links = {}): string | undefined {
  return origin && `${origin.repository}/blob/${origin.ref}/docs/findings.md#${id}`
}

/** The line of a policy; undefined if it is not in a file of the repository. */
export function linkToPlace({ file, line }: Place, { files }: Links = {}): string | undefined {
  // What is read from standard input is called `<stdin>`.
  if (files === undefined || file.startsWith('<') || !isInRepository(file)) return undefined
  const path = file.split('/').map(encodeSegment).join('/')
  // An editor that opens the file cannot read the line out of it, and some take it for a part of the name.
  return `${files}/${path}${files.startsWith('file:') ? '' : `#L${line}`}`
}

/** Longest path that is taken for one. */
const LONGEST_PATH = 1_000

/** A segment of a path for a URL. Halves of a surrogate pair have no encoding. */
export function encodeSegment(name: string): string {
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd'))
}

/** Whether a path, as reports have it, leads to a file of the repository. */
export function isInRepository(file: string): boolean {
  if (file.startsWith('built-in:') || /^[a-z]:\//i.test(file) || file.length > LONGEST_PATH) return false
  return file.split('/').every((name) => name !== '' && name !== '.' && name !== '..')
}
