import { createHash } from 'node:crypto'
import type { Report } from '../../model.ts'
import { printable } from '../escape.ts'
import { renderJson } from '../json.ts'
import type { Links } from '../links.ts'
import { SCRIPT, STYLE } from './assets.ts'
import { collectData } from './collect-data.ts'
import { renderChanges, renderCoverage, renderDrift, renderHeader, renderWithoutProgram } from './shell.ts'
import { html } from './tags.ts'

/**
 * The report as one page that loads nothing from anywhere. Its policy (CSP) lets this one script and this one style run
 * and nothing else; what comes from outside is escaped, or data that the script shows as text.
 */
export function* renderHtml(report: Report, { links }: { links?: Links }): Generator<string> {
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(SCRIPT)}'`,
    `style-src '${hashOf(STYLE)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const version = printable(report.tool.version, 40)
  const head = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${report.verdict.toUpperCase()} · Portgate</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
`
  yield head.markup
  yield html`${renderHeader(report)}
<main>
${renderDrift(report)}
${renderCoverage(report)}
<section aria-labelledby="map-title" id="map" hidden><h2 id="map-title">Hosts and ports</h2></section>
<section aria-labelledby="findings-title" id="findings" tabindex="-1"><h2 id="findings-title">Findings</h2>
${renderWithoutProgram(report)}
</section>
${renderChanges(report.policyChanges)}
</main>
<footer>Portgate ${version}</footer>
`.markup
  yield '<script type="application/json" id="data">'
  // No `<` can end the element or begin another: no text can leave it.
  yield renderJson(collectData(report, links), 0).trimEnd().replaceAll('<', '\\u003c')
  yield `</script>\n<script>${SCRIPT}</script>\n</body>\n</html>\n`
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
