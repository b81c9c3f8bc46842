import type { FindingId, FindingOf, Severity } from '../../model.ts'
import type { Text } from './text.ts'

/** What a finding means, whatever it was found on: the help of a SARIF rule, and a section of `docs/findings.md`. */
export interface Help {
  /** How bad it is where nothing more is known: of a port, the catalogue and what answers decide. */
  severity: Severity
  /** A title, without a full stop. */
  title: string
  /** What it means. */
  means: string
  /** The evidence for it. */
  certain: string
  /** What to do. */
  remedy: string
}

/** What a finding says. */
export interface Texts {
  /** The finding in one sentence. */
  message: Text
  why: Text
  remedy: Text
}

/** All words for the findings of an id. */
export interface Wording<Id extends FindingId> {
  help: Help
  /** A finding in a few words, for a headline; notes have none. `open` says that the port is, and where: `redis open on …`. */
  inFew?: (where: string, open: string) => string
  /** Describes findings that are only counted; follows their number. */
  more?: Text
  say(finding: FindingOf<Id>): Texts
}

/** The place of a finding that is not about a host. */
export const THIS_RUN = 'this run'
