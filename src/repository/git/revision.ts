/** A revision as people write it: a name, and the steps from there, such as `main` and `~2`. */
export interface Revision {
  name: string
  steps: string
}

/** Fewest digits of a SHA that count as one even if a branch or a tag has that name: what git abbreviates to. */
const SHORTEST_SHA = 7

/** Splits `main~2`, `v1^{commit}`, `main@{u}` into the name and what follows it. */
export function splitRevision(text: string): Revision {
  const at = text.search(/[~^]|@\{/)
  return at < 0 ? { name: text, steps: '' } : { name: text.slice(0, at), steps: text.slice(at) }
}

/** Whether a text is the SHA of a commit, whole. */
export function isWholeSha(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(text)
}

/** Whether a text may be a SHA, or so much of one that a branch or a tag of that name could pass for it. */
export function looksLikeSha(text: string): boolean {
  return /^[0-9a-f]{1,64}$/i.test(text) && text.length >= SHORTEST_SHA
}

/** One thing that a name stands for. */
export interface Meaning {
  /** Such as `branch`. */
  kind: string
  /** How to write it so that nothing else can be meant. */
  write: string
  commit: string
}

/** Says that a name stands for more than one commit, and how to write each; undefined where it does not. */
export function sayAmbiguous(
  name: string,
  meanings: Meaning[],
  quote: (text: string) => string,
): string | undefined {
  if (new Set(meanings.map(({ commit }) => commit)).size < 2) return undefined
  const each = meanings.map(
    ({ kind, write, commit }) => `the ${kind} ${quote(write)} (${commit.slice(0, SHORTEST_SHA)})`,
  )
  return `${quote(name)} stands for ${each.slice(0, -1).join(', ')} and ${each.at(-1)}, which are not the same commit: write the one you mean as it is written here`
}
