/** The form that filters the findings. */
import type { PageData, PageFinding } from '../page-data.ts'
import { append, make } from './dom.ts'
import type { Filter } from './filter.ts'

const KINDS = { violation: 'Violations', doubt: 'Doubts', note: 'Notes' }
const NOVELTIES = { new: 'New', known: 'Known', 'not-seen-before': 'Not seen before' }
const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info']

/** Hosts that are offered while one is typed. */
const MOST_OFFERED = 500

export interface Controls {
  form: HTMLFormElement
  /** Shows a filter that did not come from the form. */
  show(filter: Filter): void
}

/** @param onChange called with the filter whenever the form changes */
export function createControls(data: PageData, onChange: (filter: Filter) => void): Controls {
  const { findings } = data
  const tally = countBy(findings)
  const severities = choices(
    'severity',
    'Severity',
    Object.fromEntries(SEVERITIES.map((one) => [one, one])),
    tally,
  )
  const kinds = choices('kind', 'Kind', KINDS, tally)
  const host = make('input', {
    type: 'search',
    id: 'host',
    list: 'hosts',
    autocomplete: 'off',
    spellcheck: 'false',
  })
  const names = [...new Set(findings.flatMap((finding) => finding.host ?? []))].slice(0, MOST_OFFERED)
  const offered = make('datalist', { id: 'hosts' }, ...names.map((name) => make('option', { value: name })))
  const services = [...new Set(findings.flatMap(({ service }) => service ?? []))].sort()
  const service = select('service', 'All services', Object.fromEntries(services.map((name) => [name, name])))
  const novelty = select('new', 'New and known', NOVELTIES)
  const reset = make('button', { type: 'reset' }, 'Show all')
  const form = make('form', { class: 'filter', 'aria-label': 'Filter the findings' })
  append(form, [
    severities.fieldset,
    kinds.fieldset,
    make('div', { class: 'field' }, make('label', { for: 'host' }, 'Host'), host, offered),
    services.length > 0 &&
      make('div', { class: 'field' }, make('label', { for: 'service' }, 'Service'), service),
    findings.some((finding) => finding.novelty) &&
      make('div', { class: 'field' }, make('label', { for: 'new' }, 'Since the baseline'), novelty),
    reset,
  ])
  const read = (): Filter => ({
    severity: severities.read(),
    kind: kinds.read(),
    host: host.value,
    service: service.value,
    new: novelty.value,
  })
  form.addEventListener('input', () => onChange(read()))
  form.addEventListener('submit', (event) => event.preventDefault())
  // The fields are empty after the event.
  form.addEventListener('reset', () => setTimeout(() => onChange(read())))
  return {
    form,
    show(filter) {
      severities.show(filter.severity)
      kinds.show(filter.kind)
      host.value = filter.host
      service.value = filter.service
      novelty.value = filter.new
    },
  }
}

function countBy(findings: PageFinding[]): Map<string, number> {
  const tally = new Map<string, number>()
  for (const { severity, kind } of findings)
    for (const name of [severity, kind]) tally.set(name, (tally.get(name) ?? 0) + 1)
  return tally
}

/** Boxes to tick, of those values that there are. */
function choices(name: string, title: string, labels: Record<string, string>, tally: Map<string, number>) {
  const boxes = Object.keys(labels)
    .filter((value) => tally.has(value))
    .map((value) => make('input', { type: 'checkbox', name, value }))
  const fieldset = make('fieldset', {}, make('legend', {}, title))
  for (const box of boxes) {
    const number = (tally.get(box.value) ?? 0).toLocaleString('en-US')
    fieldset.append(
      make(
        'label',
        { class: `choice ${box.value}` },
        box,
        `${labels[box.value]} `,
        make('small', {}, number),
      ),
    )
  }
  return {
    fieldset,
    read: () => new Set(boxes.filter(({ checked }) => checked).map(({ value }) => value)),
    show(values: Set<string>) {
      for (const box of boxes) box.checked = values.has(box.value)
    },
  }
}

function select(id: string, all: string, labels: Record<string, string>): HTMLSelectElement {
  const options = Object.entries(labels).map(([value, label]) => make('option', { value }, label))
  return make('select', { id, name: id }, make('option', { value: '' }, all), ...options)
}
