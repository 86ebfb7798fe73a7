import { type Answers, encodeAction, type Field, type Form, type Option, type Press } from '@cme-commons/core'
import { html } from 'hono/html'
import type { Html } from '../html/html.ts'
import type { Visitor } from './session.ts'

/** What a form is drawn with: what was typed already, which fields are wrong, what asked for it, and the channels that a field may name. */
export type FormState = {
  asked?: Press
  answers?: Answers
  wrong?: Readonly<Record<string, string>>
  channels?: readonly string[]
}

/** The names of the fields, apart from what the page sends beside them. */
export const fieldName = (name: string): string => `a.${name}`

/** A form of the product as a page has it; nothing that was typed is lost when it is refused. */
export function formHtml({ session }: Visitor, form: Form, state: FormState = {}): Html {
  const wrong = Object.entries(state.wrong ?? {})
  return html`<form class="card fields" method="post" action="/console/submit" novalidate>
<h2 class="card-title" id="form-title">${form.title}</h2>
<input type="hidden" name="csrf" value="${session.csrf}">
<input type="hidden" name="form" value="${form.id}">
${state.asked ? html`<input type="hidden" name="asked" value="${encodeAction(state.asked)}">` : ''}${
  wrong.length > 0
    ? html`<div class="trouble" role="alert"><p>Not sent yet:</p><ul>${wrong.map(
        ([name, say]) => html`<li><a href="#${idOf(name)}">${say}</a></li>`,
      )}</ul></div>\n`
    : ''
}${form.fields.map((field) => fieldHtml(field, state))}
<p class="buttons"><button class="button primary">${form.submit ?? 'Send'}</button></p>
</form>`
}

const idOf = (name: string): string => `field-${name.replaceAll(/[^\w-]/g, '-')}`

function fieldHtml(field: Field, state: FormState): Html {
  const { name, label, hint, optional } = field
  const id = idOf(name)
  const wrong = state.wrong?.[name]
  const about = [hint && `${id}-hint`, wrong && `${id}-wrong`].filter(Boolean).join(' ')
  const words = html`${label}${optional ? html`<span class="optional"> (optional)</span>` : ''}`
  const more = html`${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : ''}${
    wrong ? html`<p class="error" id="${id}-wrong">${wrong}</p>` : ''
  }`
  if (field.kind === 'many' || (field.kind === 'one' && field.options.length <= 6))
    return html`<input type="hidden" name="${field.kind}" value="${name}"><fieldset id="${id}" tabindex="-1"${about ? html` aria-describedby="${about}"` : ''}><legend>${words}</legend>
${more}<div class="options">${field.options.map((option) => choice(field, option, state))}</div></fieldset>\n`
  return html`<div class="field"><label for="${id}">${words}</label>
${more}${control(field, id, about, state)}</div>\n`
}

const typed = (field: Field, { answers }: FormState): string => {
  const answer = answers?.[field.name]
  if (answer !== undefined) return String(answer)
  return 'value' in field ? (field.value ?? '') : ''
}

function control(field: Field, id: string, about: string, state: FormState): Html {
  const value = typed(field, state)
  const name = fieldName(field.name)
  const marks = html`${about ? html` aria-describedby="${about}"` : ''}${state.wrong?.[field.name] ? html` aria-invalid="true"` : ''}`
  if (field.kind === 'one')
    return html`<select id="${id}" name="${name}"${marks}>${field.value ? '' : html`<option value="">Choose</option>`}${field.options.map(
      (one) => html`<option value="${one.value}"${one.value === value ? html` selected` : ''}>${one.label}</option>`,
    )}</select>`
  if (field.kind === 'channel' || field.kind === 'role') {
    const known = [...new Set([...(field.kind === 'channel' ? (state.channels ?? []) : []), ...(value ? [value] : [])])]
    return html`<input id="${id}" name="${name}" value="${value}" list="${id}-known" autocomplete="off" placeholder="Its id on the platform"${marks}><datalist id="${id}-known">${known.map(
      (one) => html`<option value="${one}"></option>`,
    )}</datalist>`
  }
  if (field.kind === 'paragraph')
    return html`<textarea id="${id}" name="${name}" rows="5"${size(field.max)}${marks}>\n${value}</textarea>`
  if (field.kind === 'text')
    return html`<input id="${id}" name="${name}" value="${value}" autocomplete="off"${size(field.max)}${
      field.placeholder ? html` placeholder="${field.placeholder}"` : ''
    }${marks}>`
  return html``
}

const size = (max: number | undefined): Html => (max ? html` maxlength="${max}"` : html``)

function choice(field: Field & { kind: 'one' | 'many' }, option: Option, { answers }: FormState): Html {
  const given = answers?.[field.name]
  const before = field.kind === 'many' ? (field.values ?? []) : [field.value ?? '']
  const chosen = given === undefined ? before : [given].flat()
  const type = field.kind === 'many' ? 'checkbox' : 'radio'
  return html`<label class="choice"><input type="${type}" name="${fieldName(field.name)}" value="${option.value}"${
    chosen.includes(option.value) ? html` checked` : ''
  }><span>${option.label}${option.hint ? html`<small>${option.hint}</small>` : ''}</span></label>`
}

const listOf = (value: unknown): string[] => [value].flat().filter((one): one is string => typeof one === 'string')

/** What was filled in, of what a browser sent: a box that was not ticked it does not send at all. */
export function answersOf(body: Readonly<Record<string, unknown>>): Answers {
  const many = new Set(listOf(body.many))
  const answers: Record<string, string | string[]> = {}
  for (const name of many) answers[name] = []
  for (const name of listOf(body.one)) answers[name] = ''
  for (const [key, value] of Object.entries(body)) {
    if (!key.startsWith('a.')) continue
    const all = listOf(value).map(clean)
    const name = key.slice(2)
    answers[name] = many.has(name) ? all : (all[0] ?? '')
  }
  return answers
}

/** A text as the database takes it: browsers end lines as Windows does, and nothing holds a NUL. */
export const clean = (text: string): string => text.replaceAll('\r\n', '\n').replaceAll('\0', '').toWellFormed()
