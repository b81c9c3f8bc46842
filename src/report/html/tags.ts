/** HTML that escapes whatever is put into it. */
import { listPieces } from '../escape.ts'
import type { Text } from '../wording/text.ts'

/** Markup of our own making. */
export interface Html {
  markup: string
}

type Value = Html | readonly Html[] | string | number | undefined | false

const REFERENCES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A piece of a page: all values are text, except those that are markup themselves; absent ones leave nothing. */
export function html(own: TemplateStringsArray, ...values: Value[]): Html {
  const markup = own.map((text, index) => text + write(values[index])).join('')
  return { markup }
}

function write(value: Value): string {
  if (value === undefined || value === false) return ''
  if (typeof value !== 'object') return escapeHtml(String(value))
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('')
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => REFERENCES[character] ?? '')
}

/** A text whose code is code, and whose backticks are backticks. */
export function proseOf(text: Text): Html[] {
  return listPieces(text).map(({ text, isCode }) => (isCode ? html`<code>${text}</code>` : html`${text}`))
}

/** A sentence in which backticks mark code. */
export function prose(text: string): Html[] {
  const parts = text.split('`')
  if (parts.length % 2 === 0) return [html`${text}`]
  return parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))
}
