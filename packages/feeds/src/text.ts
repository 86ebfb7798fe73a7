import { decodeHTMLAttribute } from 'entities'
import { Tokenizer } from 'htmlparser2'
import { HTML_ELEMENTS } from './html-elements.ts'
import { BLANKS, tidy } from './tidy.ts'

/** The longest text of an item that is kept, in UTF-16 units. */
export const MOST_TEXT = 20_000

/**
 * The words of an HTML fragment as plain text: tags gone, scripts and styles gone with what they hold, entities decoded
 * once, blocks parted by an empty line, invisible characters stripped. A text that still shows tags then (it was escaped
 * twice) loses them as well. Takes linear time and stops at `most` characters.
 */
export function plainText(html: string, most = MOST_TEXT): string {
  const once = looksLikeHtml(html) ? withoutTags(html, most + SLACK, decoded) : unwrapped(decoded(html))
  const words = looksLikeHtml(once) ? withoutTags(once, most + SLACK, (text) => text) : once
  // Tidied before: what nobody sees between `<` and a name hides a tag until it is taken out.
  return cutText(defused(tidy(words)), most)
}

/** A sign by its number: nobody means that to be read as it stands. */
const BY_NUMBER = /&#(\d+|x[\da-f]+);/i

/**
 * What its format calls plain text, so `&copy;` and line ends stay what they are. Text that shows HTML all the same, as many feeds have it
 * there, is read as that.
 */
export function plainWords(text: string, most = MOST_TEXT): string {
  const words = tidy(text)
  return looksLikeHtml(words) || BY_NUMBER.test(words) ? plainText(text, most) : cutText(words, most)
}

/** Decodes entities by the rule for attributes: `?a=1&copy=2` is an address, not a sign. */
const decoded = (text: string): string => decodeHTMLAttribute(text)

/** Plain text on one line. */
export const plainLine = (html: string, most = 1000, read = plainText): string =>
  cutText(read(html, most * 2).replace(/\s+/g, ' '), most)

/** Cuts at a word where there is one in reach, and shows it by an ellipsis. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text
  const end = most - 1
  const head = text.slice(0, (text.charCodeAt(end - 1) & 0xfc00) === 0xd800 ? end - 1 : end)
  const space = /\s/.test(text[head.length]!) ? 0 : Math.max(head.lastIndexOf(' '), head.lastIndexOf('\n'))
  return `${(space > most / 2 ? head.slice(0, space) : head).trimEnd()}…`
}

/** Text whose lines were only wrapped: empty lines part it, other line ends are blanks. */
const unwrapped = (text: string) =>
  text
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) => paragraph.replace(BLANKS, ' '))
    .join('\n\n')

/** What stripping invisible characters may take off before the cut. */
const SLACK = 2000

const TAG = /<(?:!--|!\[CDATA\[|[/!]?([a-z][\w.-]*(?::[\w.-]+)?)(?=[\s/>]|$))/gi

/** Names that mostly stand for a type, as in `Vec<S>`, unless something ends them. */
const TYPE = /<[ABIQSU]>/g

/** True when the text shows a tag of HTML, or one with a prefix. `Vec<T>` and `1 < 2` show none. */
function looksLikeHtml(text: string): boolean {
  if (!text.includes('<')) return false
  const shown = /<\/[abiqsu]\s*>/i.test(text) ? text : text.replace(TYPE, '')
  for (const [, name] of shown.matchAll(TAG)) if (!name || isTag(name)) return true
  return false
}

const isTag = (name: string) => HTML_ELEMENTS.has(name.toLowerCase()) || /[:-]|^doctype$/i.test(name)

/** A tag with the signs before it that would make another one of what is left of it, as in `<<i>` and `</<i>`. */
const DEFUSED = new RegExp(`(?<![</!])[</!]*${TAG.source}`, TAG.flags)

/** Takes the `<` off whatever still looks like a tag, so that no renderer ever meets one. */
const defused = (text: string) =>
  looksLikeHtml(text) ? text.replace(DEFUSED, (found) => found.replace(/^[</!]+/, '')) : text

const PARAGRAPH =
  /^(p|div|h[1-6]|blockquote|pre|[uod]l|table|section|article|header|footer|aside|main|nav|figure|figcaption|hr|address|form|fieldset|details|center|title)$/
const LINE = /^(li|tr|dt|dd|caption|legend|option)$/
const CELL = /^(td|th)$/
const HIDDEN = /^(script|style|template|iframe|object|applet|svg|head|noframes|noembed|xmp)$/
/** Of these, what hides the rest of the text even when its end tag is missing. */
const CODE = /^(script|style)$/

function withoutTags(html: string, most: number, decode: (text: string) => string): string {
  const out = createWriter()
  let hidden = ''
  let depth = 0
  const layOut = (name: string, ends: boolean) => {
    if (hidden) return
    if (PARAGRAPH.test(name)) out.break(2)
    else if (LINE.test(name)) out.break(1)
    else if (name === 'br' && !ends) out.newLine()
    else if (CELL.test(name)) out.break(0)
  }
  const nameAt = (start: number, end: number) =>
    html
      .slice(start, Math.min(end, start + 50))
      .toLowerCase()
      .replace(/^.*:/, '')
  const endsLater = endTags(html)
  const ignore = () => undefined
  const tokenizer: Tokenizer = new Tokenizer(
    { decodeEntities: false },
    {
      ontext(start, end) {
        if (!hidden) out.write(decode(html.slice(start, end)))
        if (out.length() > most) tokenizer.pause()
      },
      onopentagname(start, end) {
        const name = nameAt(start, end)
        if (!hidden && HIDDEN.test(name) && (CODE.test(name) || endsLater(name, end))) hidden = name
        if (name === hidden) depth++
        layOut(name, false)
      },
      onselfclosingtag() {
        if (hidden === 'svg' || hidden === 'object') depth = Math.max(0, depth - 1)
        if (!depth) hidden = ''
      },
      onclosetag(start, end) {
        const name = nameAt(start, end)
        if (name === hidden && --depth === 0) hidden = ''
        layOut(name, true)
      },
      oncdata: (start, end, offset) => out.write(html.slice(start, end - offset)),
      onattribdata: ignore,
      onattribend: ignore,
      onattribentity: ignore,
      onattribname: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onend: ignore,
      onopentagend: ignore,
      onprocessinginstruction: ignore,
      ontextentity: ignore,
    },
  )
  tokenizer.write(html)
  tokenizer.end()
  return out.text()
}

/** Tells whether an end tag of that name comes after a place. Searches once for each name. */
function endTags(html: string): (name: string, place: number) => boolean {
  const last = new Map<string, number>()
  let lower: string | undefined
  return (name, place) => {
    if (!last.has(name)) {
      lower ??= html.toLowerCase()
      last.set(name, lower.lastIndexOf(`</${name}`))
    }
    return last.get(name)! > place
  }
}

/** Collects words with single spaces between them, and line and paragraph breaks where they were asked for. */
function createWriter() {
  let text = ''
  let space = false
  let lines = 0
  return {
    text: () => text,
    length: () => text.length,
    break(strength: number) {
      space = true
      lines = Math.max(lines, strength)
    },
    newLine() {
      lines = Math.min(lines + 1, 2)
    },
    write(run: string) {
      const words = run.replace(BLANKS, ' ')
      const core = words.trim()
      space ||= words.startsWith(' ')
      if (!core) return
      if (text) text += lines ? '\n'.repeat(lines) : space ? ' ' : ''
      text += core
      lines = 0
      space = words.endsWith(' ')
    },
  }
}
