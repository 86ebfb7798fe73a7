import type { Context } from 'hono'

/** A form that an answer can take: the ending of an address that asks for it, and its media type. */
export const FORMS = {
  json: 'application/json',
  md: 'text/markdown',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  html: 'text/html',
} as const
export type Form = keyof typeof FORMS

/**
 * The form of `offered` that a request likes best by its `Accept`, the first one when it says nothing or likes several alike; nothing
 * when it takes none of them.
 */
export function preferred(c: Context, offered: readonly [Form, ...Form[]]): Form | undefined {
  const said = c.req.header('accept')?.toLowerCase()
  if (!said?.trim()) return offered[0]
  const ranges = said.split(',').map((part) => {
    const [range = '', ...settings] = part.split(';').map((one) => one.trim())
    const weight = settings.find((setting) => setting.startsWith('q='))
    return { range, weight: weight ? Number(weight.slice(2)) || 0 : 1 }
  })
  const weightOf = (form: Form): number => {
    const type = FORMS[form]
    for (const range of [type, `${type.split('/')[0]}/*`, '*/*']) {
      const found = ranges.find((one) => one.range === range)
      if (found) return found.weight
    }
    return 0
  }
  const best = offered.toSorted((a, b) => weightOf(b) - weightOf(a))[0]!
  return weightOf(best) > 0 ? best : undefined
}
