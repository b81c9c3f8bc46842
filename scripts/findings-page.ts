import { FINDINGS } from '../src/report/findings.ts'

const KINDS = {
  violation: `A port is open that must not be, or one that must be open is not. A violation fails the check if it is at or above
\`fail-on\`.`,
  doubt: `Portgate could not see. A doubt makes the verdict \`inconclusive\`, and fails the check unless \`on-doubt\` is
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
        `**Evidence.** ${certain}`,
        `**What to do.** ${remedy}`,
      ]),
  ])
  return `${['# Findings', INTRODUCTION, describeAll(), ...sections].join('\n\n')}\n`
}

const INTRODUCTION = `A finding is a **violation**, a **doubt** or a **note**. The verdict is \`fail\` with a violation at or above
\`fail-on\`, else \`inconclusive\` with any doubt, else \`pass\`.

The service that answers decides how bad an open port is, not its number: Redis on port 8080 is Redis. A web server or TLS on 6379 proves
nothing, so 6379 stays as bad as Redis. [Identifying services](identify.md) lists the protocols that are recognised, and
[the catalogue](catalogue.md) what each service means.

The job summary and \`portgate explain 6379\` have commands that close a port: nftables, ufw, firewalld, AWS, Google Cloud, Azure,
Kubernetes, Docker. ufw and firewalld do not close ports that a container publishes; the commands for nftables and Docker do.`

function describeAll(): string {
  const rows = Object.entries(FINDINGS).map(
    ([id, { kind, title }]) => `| [\`${id}\`](#${id}) | ${kind} | ${title} |`,
  )
  return ['| finding | kind | when |', '| --- | --- | --- |', ...rows].join('\n')
}
