import { decodeHTMLStrict, escapeUTF8 } from 'entities'

/**
 * A field as it stands in the document, with the attributes that are read. `raw` is its source text, with child elements in it or without, or
 * already its value.
 */
export type Held = {
  name: string
  raw: string
  as: 'text' | 'markup' | 'value'
  attributes: Readonly<Record<string, string>>
}

/** The longest source text of one field that is looked at; what comes after cannot matter for an excerpt. */
const MOST_CHARACTERS = 300_000

/**
 * The value of an element from its source text. Text is unescaped once and CDATA taken as it is; where the element holds
 * child elements, the value is its inner markup, as an HTML fragment.
 */
export function fieldValue({ raw, as }: Held): string {
  const whole = raw.length > MOST_CHARACTERS ? raw.slice(0, MOST_CHARACTERS) : raw
  if (as === 'value') return whole
  const markup = as === 'markup'
  let value = ''
  let at = 0
  while (at < whole.length) {
    const open = whole.indexOf('<![CDATA[', at)
    const text = whole.slice(at, open < 0 ? undefined : open)
    value += markup ? text : decodeHTMLStrict(withoutAsides(text))
    if (open < 0) break
    const close = whole.indexOf(']]>', open + 9)
    const data = whole.slice(open + 9, close < 0 ? undefined : close)
    value += markup ? escapeUTF8(data) : data
    if (close < 0) break
    at = close + 3
  }
  return value
}

/** Text without comments and processing instructions, the only tags that can stand in it. */
function withoutAsides(text: string): string {
  if (!text.includes('<!') && !text.includes('<?')) return text
  let kept = ''
  let at = 0
  while (at < text.length) {
    const open = text.slice(at).search(/<[!?]/)
    if (open < 0) return kept + text.slice(at)
    kept += text.slice(at, at + open)
    const start = at + open
    const end = text.startsWith('<!--', start) ? '-->' : text.startsWith('<?', start) ? '?>' : '>'
    const close = text.indexOf(end, start + 2)
    if (close < 0) return kept
    at = close + end.length
  }
  return kept
}

/** Characters that XML 1.0 cannot hold. */
const FORBIDDEN = /[[\p{Cc}\u{fffe}\u{ffff}]--[\t\n\r]]/gv

const legal = (text: string) => text.toWellFormed().replace(FORBIDDEN, '')

/** Text as CDATA where it would need escaping: the parser takes that in one piece, entities one by one. */
const xmlText = (text: string) =>
  /[<&>]/.test(text) ? `<![CDATA[${legal(text).replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : legal(text)

/** Attributes that say something where an element has no text. */
export const SAYS_SOMETHING = ['href', 'term', 'url', 'text', 'src', 'label']

/** False for a field that shows nothing, such as an empty CDATA section. */
export const says = (field: Held, value = fieldValue(field)): boolean =>
  value.trim() !== '' || SAYS_SOMETHING.some((key) => field.attributes[key])

/** One element of the document that the parser reads; nothing for a field that says nothing. */
export function fieldXml(field: Held): string {
  const { name, attributes } = field
  const value = fieldValue(field)
  if (!says(field, value)) return ''
  const written = Object.entries(attributes).map(([key, text]) => ` ${key}="${escapeUTF8(legal(text))}"`)
  return `<${name}${written.join('')}>${xmlText(value)}</${name}>`
}
