/** How what Portgate writes looks where people read it: Markdown on GitHub, and text in a terminal. */
import { readFileSync } from 'node:fs'
import { fromHtml } from 'hast-util-from-html'
import { defaultSchema, sanitize } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

export type Scheme = 'light' | 'dark'

const stylesheetOf = (scheme: Scheme) =>
  readFileSync(
    new URL(`../node_modules/github-markdown-css/github-markdown-${scheme}.css`, import.meta.url),
    'utf8',
  )

/** GitHub-flavoured Markdown as the HTML that GitHub lets through, in its own style. */
export function frameMarkdown(markdown: string, fontSize: number, scheme: Scheme): string {
  const dirty = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  })
  const clean = toHtml(sanitize(fromHtml(dirty, { fragment: true }), defaultSchema))
  const style = `${stylesheetOf(scheme)} body { margin: 0 } .markdown-body { padding: 16px; font-size: ${fontSize}px }`
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><article class="markdown-body">${clean}</article>`
}

const TERMINAL: Record<Scheme, string> = {
  light: 'background: #fff; color: #1f2328',
  dark: 'background: #0d1117; color: #e6edf3',
}

/** Text with the colours of `renderText`, in a terminal. */
export function frameText(text: string, scheme: Scheme): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how colours begin
  const painted = escaped.replace(/\u001b\[([\d;]+)m/g, (_, code: string) => {
    const [, shade] = /^38;5;(\d+)$/.exec(code) ?? []
    if (shade) return `<span style="color: ${SHADES[shade] ?? 'inherit'}">`
    return code === '1' ? '<b>' : code === '22' ? '</b>' : '</span>'
  })
  return `<!doctype html><meta charset="utf-8"><style>body { margin: 0; ${TERMINAL[scheme]} } article { padding: 12px; white-space: pre; font: 13px/1.4 "Noto Sans Mono", "DejaVu Sans Mono", monospace; width: max-content; min-width: 720px }</style><article>${painted}</article>`
}

/** Those of the 256 colours that reports use, as xterm has them. */
const SHADES: Record<string, string> = {
  32: '#0087d7',
  65: '#5f875f',
  166: '#d75f00',
  196: '#ff0000',
  244: '#808080',
}
