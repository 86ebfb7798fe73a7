import { decodeHTMLStrict } from 'entities'
import { Tokenizer } from 'htmlparser2'

/** A start tag, with the places of its `<` and of what follows its `>`. Attribute names are lower case. */
export type Tag = {
  name: string
  start: number
  end: number
  empty: boolean
  attributes: Readonly<Record<string, string>>
}

export type Handler = {
  /** Whether the attributes of the tag that comes now are worth reading. */
  attributes(): boolean
  /** A start tag. Returning false ends the walk. */
  open(tag: Tag): boolean
  /** An end tag (name in lower case) and the place of its `</`. Returning false ends the walk. */
  close(name: string, start: number): boolean
}

const LONGEST_NAME = 200
const LONGEST_VALUE = 10_000
const MOST_ATTRIBUTES = 50
const NONE: Readonly<Record<string, string>> = Object.freeze(Object.create(null))

/** Walks over the tags of an XML document that need not be well-formed, in time proportional to its length. */
export function walk(source: string, handler: Handler): void {
  // At most three rounds: what comes after a quote that is never closed holds no other one of its kind.
  for (let at: number | undefined = 0; at !== undefined; ) at = walkFrom(at, source, handler)
}

/** Walks to the end, or over the tag with a quote that is never closed; then hands back where that tag should have ended. */
function walkFrom(from: number, whole: string, handler: Handler): number | undefined {
  const source = whole.slice(from)
  let isInTag = false
  let name = ''
  let tagStart = 0
  let attributes: Record<string, string> | undefined
  let wanted = false
  let count = 0
  let key = ''
  let value = ''
  const cut = (start: number, end: number, most: number) => source.slice(start, Math.min(end, start + most))
  const goOn = (on: boolean) => {
    if (!on) tokenizer.pause()
  }
  const open = (end: number, empty: boolean) => {
    isInTag = false
    return handler.open({ name, start: from + tagStart, end: from + end + 1, empty, attributes: attributes ?? NONE })
  }
  const opened = (end: number, empty: boolean) => goOn(open(end, empty))
  const ignore = () => undefined
  const tokenizer: Tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: false },
    {
      onopentagname(start, end) {
        wanted = handler.attributes()
        name = cut(start, end, LONGEST_NAME).toLowerCase()
        tagStart = start - 1
        isInTag = true
        attributes = undefined
        count = 0
      },
      onattribname(start, end) {
        key = wanted && ++count <= MOST_ATTRIBUTES ? cut(start, end, LONGEST_NAME).toLowerCase() : ''
        value = ''
      },
      onattribdata(start, end) {
        if (key) value += cut(start, end, LONGEST_VALUE)
      },
      onattribend() {
        if (!key) return
        attributes ??= Object.create(null) as Record<string, string>
        if (!(key in attributes)) attributes[key] = decodeHTMLStrict(value).trim()
      },
      onopentagend: (end) => opened(end, false),
      onselfclosingtag: (end) => opened(end, true),
      onclosetag: (start, end) =>
        goOn(handler.close(cut(start, end, LONGEST_NAME).toLowerCase(), from + source.lastIndexOf('<', start))),
      onattribentity: ignore,
      ontext: ignore,
      ontextentity: ignore,
      oncdata: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onprocessinginstruction: ignore,
      onend: ignore,
    },
  )
  Object.assign(tokenizer, { isTagStartChar: startsName })
  tokenizer.write(source)
  const end = isInTag ? source.indexOf('>', tagStart) : -1
  return end >= 0 && open(end, source[end - 1] === '/') ? from + end + 1 : undefined
}

/**
 * Whether a name can begin with this character. In its mode for XML the tokenizer takes any other for one too, and loses all that follows
 * `p<0.05`; that mode is ours for what it does not know about the elements of HTML.
 */
function startsName(unit: number): boolean {
  const lower = unit | 0x20
  if (unit < 0x80) return (lower >= 0x61 && lower <= 0x7a) || unit === 0x5f || unit === 0x3a
  return /^\p{L}/u.test(String.fromCharCode(unit))
}
