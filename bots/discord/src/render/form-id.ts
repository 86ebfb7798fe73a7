const FORM = /^cme1:form:([^:]+)(?::(.+))?$/s
const AGAIN = /^cme1:again:([^:]+):(.+?)(?:#\d+)?$/s
const MOST = 100

/** The `custom_id` of a modal: which form it is and, where there is room, the state that comes back with it. */
export function formId(form: string, state?: string): string {
  const id = `cme1:form:${encodeURIComponent(form.toWellFormed())}`
  return state && `${id}:${state}`.length <= MOST ? `${id}:${state}` : id.slice(0, MOST)
}

/** The form, and its state, of a modal that was sent in; nothing when it is not one of ours. */
export const formOf = (customId: string): { form: string; state?: string } | undefined => partsOf(FORM, customId)

/** The form of a modal that was sent in; empty when it is not one of ours. */
export const formIdOf = (customId: string): string => formOf(customId)?.form ?? ''

/** The id of the button that opens a form again with what was typed in it; nothing when the form cannot be asked for again. */
export function againId(form: string, state: string | undefined): string | undefined {
  const id = `cme1:again:${encodeURIComponent(form.toWellFormed())}:${state}`
  return state && id.length <= MOST ? id : undefined
}

/** The form, and the state it was asked for with, of a pressed "Try again". */
export const againOf = (customId: string): { form: string; state?: string } | undefined => partsOf(AGAIN, customId)

function partsOf(pattern: RegExp, id: string): { form: string; state?: string } | undefined {
  const [, form, state] = pattern.exec(id) ?? []
  if (!form) return undefined
  try {
    return { form: decodeURIComponent(form), ...(state ? { state } : {}) }
  } catch {
    return undefined
  }
}
