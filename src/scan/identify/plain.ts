/** Longest DNS name (RFC 1035, section 2.3.4), in characters. */
export const LONGEST_NAME = 253

/**
 * Text from the network as printable ASCII on one line: whatever else it holds becomes `?`. At most `most`
 * characters; undefined if nothing is left. A copy: a slice would keep all that it was cut from.
 */
export function plainText(text: string, most: number): string | undefined {
  const plain = text
    .trim()
    .slice(0, most)
    .replace(/[^\x20-\x7e]/g, '?')
    .trim()
  return plain === '' ? undefined : Buffer.from(plain, 'latin1').toString('latin1')
}
