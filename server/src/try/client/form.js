import { call } from './api.js'
import { byId, el, fill, icon, set } from './dom.js'

/**
 * Opens a form as a dialog and keeps it open until it is accepted or given up. `send(answers)` answers with a reply; a refusal that
 * names fields is shown at those fields and nothing that was typed is lost. `channels` are those that a field may choose from.
 */
export function askForm(form, send, done, channels = []) {
  const dialog = byId('form')
  const unfinished = form.fields.length > 1 && form.fields.every((field) => field.optional && !ofPlatform(field))
  const trouble = el('p', { class: 'trouble', role: 'alert', hidden: true })
  const submit = el('button', { class: 'button primary' }, form.submit ?? 'Send')
  const body = el(
    'form',
    { class: 'fields', novalidate: true },
    el('header', {}, el('h2', { id: 'form-title' }, form.title), closeButton(dialog)),
    trouble,
    unfinished && el('p', { class: 'hint' }, 'Fill in what you have; nothing here has to be.'),
    form.fields.map((field) => drawField(onPage(field, channels), !unfinished && !ofPlatform(field))),
    el(
      'footer',
      { class: 'buttons' },
      el('button', { class: 'button', type: 'button', on: { click: () => dialog.close() } }, 'Cancel'),
      submit,
    ),
  )
  body.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (submit.disabled) return
    submit.disabled = true
    trouble.hidden = true
    try {
      const answer = await send(answersOf(form, body))
      if (answer.reply && 'refuse' in answer.reply && answer.reply.fields) showErrors(body, form, answer.reply)
      else {
        dialog.close()
        done(answer)
      }
    } catch (error) {
      trouble.textContent = error.message
      trouble.hidden = false
    } finally {
      submit.disabled = false
    }
  })
  fill(dialog, body)
  dialog.showModal()
  body.querySelector('input, select, textarea')?.focus()
}

export const closeButton = (dialog) =>
  el(
    'button',
    { class: 'quiet', type: 'button', 'aria-label': 'Close', on: { click: () => dialog.close() } },
    icon('close'),
  )

const idOf = (field) => `field-${field.name}`

const ofPlatform = (field) => field.kind === 'channel' || field.kind === 'role'

/** A field that asks for a channel, as a choice among those of the page; one that is not there any more stays as it was. */
function onPage(field, channels) {
  if (field.kind !== 'channel') return field
  const ids = new Set([...channels.map(({ id }) => id), ...(field.value ? [field.value] : [])])
  const options = [{ value: '', label: 'No channel' }, ...[...ids].map((id) => ({ value: id, label: `#${id}` }))]
  return { ...field, kind: 'one', drawn: 'list', optional: true, value: field.value ?? '', options }
}

/** `marked`: whether it says of an optional field that it is. */
function drawField(field, marked) {
  const group = field.kind === 'many' || (field.kind === 'one' && field.drawn !== 'list' && field.options.length <= 5)
  const name = [field.label, marked && field.optional && el('span', { class: 'optional' }, ' (optional)')]
  const hint = field.hint && el('p', { class: 'hint', id: `${idOf(field)}-hint` }, field.hint)
  const error = el('p', { class: 'error', id: `${idOf(field)}-error`, hidden: true })
  const described = [field.hint && `${idOf(field)}-hint`, `${idOf(field)}-error`].filter(Boolean).join(' ')
  if (group) {
    return el(
      'fieldset',
      { id: idOf(field), 'data-name': field.name, 'aria-describedby': described },
      el('legend', {}, name),
      hint,
      el(
        'div',
        {
          class: field.options.some(({ label, hint }) => label.length + (hint?.length ?? 0) > 34)
            ? 'options is-long'
            : 'options',
        },
        field.options.map((option) => choice(field, option)),
      ),
      error,
    )
  }
  return el(
    'div',
    { class: 'field', 'data-name': field.name },
    el('label', { for: idOf(field) }, name),
    hint,
    control(field, described),
    error,
  )
}

function control(field, described) {
  const common = { id: idOf(field), name: field.name, 'aria-describedby': described, required: !field.optional }
  if (field.kind === 'one') {
    return el(
      'select',
      common,
      // What nobody chose is not chosen, or a half-filled form would say what she never said.
      field.drawn !== 'list' && (field.optional || !field.value) && el('option', { value: '' }, 'Choose'),
      field.options.map((option) =>
        el('option', { value: option.value, selected: option.value === field.value }, option.label),
      ),
    )
  }
  const typed = { ...common, placeholder: field.placeholder, maxlength: field.max, autocomplete: 'off' }
  if (field.kind === 'paragraph') return el('textarea', { ...typed, rows: 4 }, field.value ?? '')
  return el('input', { ...typed, type: 'text', value: field.value ?? '' })
}

function choice(field, option) {
  const many = field.kind === 'many'
  const checked = many ? field.values?.includes(option.value) : option.value === field.value
  return el(
    'label',
    { class: 'choice' },
    el('input', { type: many ? 'checkbox' : 'radio', name: field.name, value: option.value, checked }),
    el('span', {}, option.label, option.hint && el('small', {}, option.hint)),
  )
}

function answersOf(form, body) {
  const data = new FormData(body)
  return Object.fromEntries(
    form.fields.map((field) => [
      field.name,
      field.kind === 'many' ? data.getAll(field.name) : (data.get(field.name) ?? ''),
    ]),
  )
}

function showErrors(body, form, { fields, say }) {
  let first
  for (const field of form.fields) {
    const error = body.querySelector(`#${CSS.escape(`${idOf(field)}-error`)}`)
    const target = body.querySelector(`#${CSS.escape(idOf(field))}`)
    error.textContent = fields[field.name] ?? ''
    error.hidden = !fields[field.name]
    set(target, 'aria-invalid', fields[field.name] ? 'true' : undefined)
    if (fields[field.name]) first ??= target.matches('fieldset') ? target.querySelector('input') : target
  }
  const trouble = body.querySelector('.trouble')
  trouble.textContent = say.title
  trouble.hidden = false
  // The whole of the field with what is wrong about it, clear of the buttons that stay at the foot.
  first?.closest('.field, fieldset').scrollIntoView({ block: 'center' })
  first?.focus({ preventScroll: true })
}

/** Sends a form of the bot's for `as`. */
export const submitForm = (as, form, channel) => (answers) =>
  call('submit', { as, form: form.id, answers, ...(channel ? { channel } : {}) })
