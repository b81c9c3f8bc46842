import { FINDINGS } from '../src/report/findings.ts'

const KINDS = {
  violation: `Something is open that must not be, or closed that must be open. It fails the check if it is at or above
\`fail-on\`.`,
  doubt: `The gate could not see. A doubt makes the verdict \`inconclusive\`, and fails the check unless \`on-doubt\` is
\`warn\`.`,
  note: 'Worth knowing. A note never changes the verdict.',
}

/** docs/findings.md, the page that rules of SARIF link to: every finding, by its kind. */
export function renderFindingsPage(): string {
  const sections = (Object.keys(KINDS) as (keyof typeof KINDS)[]).flatMap((kind) => [
    `## ${kind[0]?.toUpperCase()}${kind.slice(1)}s`,
    KINDS[kind],
    ...Object.entries(FINDINGS)
      .filter(([, help]) => help.kind === kind)
      .flatMap(([id, { title, means, certain, remedy }]) => [
        `### ${id}`,
        `*${title}.*`,
        means,
        `**How that is known.** ${certain}`,
        `**What to do.** ${remedy}`,
      ]),
  ])
  return `${['# What is found', ...sections].join('\n\n')}\n`
}
