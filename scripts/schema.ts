/**
 * Writes what is published about the formats: the schemas of a policy and of a report, and the pages generated from the code.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { policyJsonSchema } from '../src/policy/json-schema.ts'
import { reportJsonSchema } from '../src/report/report-schema.ts'
import { renderFindingsPage } from './findings-page.ts'
import { renderCataloguePage, renderInputsPage, renderPolicyPage } from './pages.ts'

/** What is in each file, by its path from the root. */
export const PUBLISHED: Record<string, () => string> = {
  'schema/port-policy.schema.json': () => renderSchema(policyJsonSchema()),
  'schema/report.schema.json': () => renderSchema(reportJsonSchema()),
  'docs/findings.md': renderFindingsPage,
  'docs/inputs.md': renderInputsPage,
  'docs/policy.md': renderPolicyPage,
  'docs/catalogue.md': renderCataloguePage,
}

function renderSchema(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, render] of Object.entries(PUBLISHED))
    writeFileSync(new URL(`../${path}`, import.meta.url), render())
}
