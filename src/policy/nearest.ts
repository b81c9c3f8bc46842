import { distance } from 'fastest-levenshtein'

/** Shorter words are near to everything; longer ones are near to nothing, and comparing them costs time. */
const SHORTEST_WORD = 3
const LONGEST_WORD = 60

/** Spellings that differ by nothing a reader would notice: `fail_on`, `Fail-On`. */
function fold(word: string): string {
  return word.toLowerCase().replace(/[_\s]/g, '-')
}

/** Edits between two words; letters that changed places count as one. */
function countEdits(a: string, b: string): number {
  const edits = distance(a, b)
  return edits === 2 && a.length === b.length && sortLetters(a) === sortLetters(b) ? 1 : edits
}

function sortLetters(word: string): string {
  return [...word].sort().join('')
}

/** The candidate that was probably meant: at most a third of the letters differ. Undefined where none is near. */
function findNearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length < SHORTEST_WORD || word.length > LONGEST_WORD) return undefined
  const folded = fold(word)
  let best: string | undefined
  let fewest = Math.max(1, Math.floor(folded.length / 3)) + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - folded.length) >= fewest) continue
    const edits = countEdits(folded, candidate)
    if (edits < fewest) [best, fewest] = [candidate, edits]
  }
  return best
}

/** The hint ``did you mean `x`?``, or `otherwise` where nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>, otherwise: string): string {
  const nearest = findNearest(word, candidates)
  return nearest === undefined ? otherwise : `did you mean \`${nearest}\`?`
}
