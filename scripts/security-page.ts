/** Writes docs/security.md: attack, what stops it, and the test that shows it. */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ATTACKS, type Attack } from './attacks.ts'

const INTRODUCTION = `# Attacks, and what stops them

Portgate reads what strangers write: policies, checkouts, DNS answers, banners, certificates, comments. Each row names an attack that
was tried, what stops it, and the test that fails if nothing does. To report another one, see [SECURITY.md](../.github/SECURITY.md).

\`npm run security\` writes this page from \`scripts/attacks.ts\`.`

export function renderSecurityPage(): string {
  const sections = Object.entries(ATTACKS).map(([who, attacks]) => {
    return `## ${who}\n\n| attack | what stops it | test |\n| --- | --- | --- |\n${attacks.map(renderRow).join('\n')}`
  })
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`
}

function renderRow({ attack, stops, test: [file, title] }: Attack): string {
  return `| ${attack} | ${stops} | [${title}](../${file}) |`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('../docs/security.md', import.meta.url), renderSecurityPage())
}
