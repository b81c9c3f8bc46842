/**
 * What the changelog says of a version: the text under its heading, `## 1.2.3`.
 *
 * @throws {Error} where it has no such heading, or nothing under it
 */
export function readChanges(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1)
  const section = sections.find((text) => text.split('\n')[0]?.trim() === version)
  const changes = section?.slice(section.indexOf('\n')).trim()
  if (changes) return `${changes}\n`
  throw new Error(`CHANGELOG.md says nothing of ${version}: write what has changed under \`## ${version}\``)
}
