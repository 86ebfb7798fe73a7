import { hostOf, plainMoment, type Span, type Text } from '@cme-commons/core'
import { clean, JOINER, oneLine, unheard } from './clean.ts'

/** What a text from outside may not open or close; Slack has no escape for them, so they become their look-alikes. */
const ALIKE: Record<string, string> = { '*': '\u2217', '~': '\u223c', '`': '\u02cb', _: '\u02cd' }
const alike = (value: string): string =>
  value.replace(/[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, (mark) => ALIKE[mark]!)
const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A plain string as mrkdwn that shows these characters: no format, link, quote or mention comes of it. */
export const drawPlain = (value: string): string =>
  escaped(alike(unheard(clean(value)))).replace(/^([^\S\n]*)&gt;/gm, `$1${JOINER}&gt;`)

/** A text as Slack's mrkdwn. Links other than http(s) are their words alone; a moment is shown in each reader's own zone. */
export function drawText(text: Text): string {
  let out = ''
  for (const span of text) {
    const drawn = drawSpan(span)
    if (drawn) out += seam(out, drawn) + drawn
  }
  return out
}

/** A mark counts only beside a space or punctuation: an invisible space stands between it and a letter. */
function seam(before: string, after: string): string {
  const closes = /[*_`]$/.test(before) && /^[\p{L}\p{N}*_`]/u.test(after)
  const opens = /^[*_`]/.test(after) && /[\p{L}\p{N}*_`]$/u.test(before)
  return closes || opens ? '\u200b' : ''
}

function drawSpan(span: Span): string {
  if (typeof span === 'string') return drawPlain(span)
  if ('strong' in span) return marked('*', drawPlain(oneLine(clean(span.strong))))
  if ('em' in span) return marked('_', drawPlain(oneLine(clean(span.em))).replaceAll('_', ALIKE._!))
  if ('code' in span) return marked('`', escaped(unheard(oneLine(clean(span.code))).replaceAll('`', ALIKE['`']!)))
  if ('link' in span) return drawLink(span.link, span.href)
  if ('channel' in span)
    return /^[CGD][A-Z0-9]+$/.test(span.channel)
      ? `<#${span.channel}>`
      : drawPlain(`#${oneLine(span.name ?? span.channel)}`)
  if ('role' in span) return drawPlain(`@${oneLine(span.name ?? span.role)}`)
  return drawMoment(span.when, span.as)
}

/** Blanks at the ends stay outside the marks, which would not count beside them. */
function marked(mark: string, inner: string): string {
  const word = inner.trim()
  if (!word) return inner && ' '
  const start = inner.length - inner.trimStart().length
  return `${inner.slice(0, start)}${mark}${word}${mark}${inner.slice(start + word.length)}`
}

/** A longer address is not one that a person could follow safely, and would not leave room for anything else. */
const LONGEST_LINK = 1500

function drawLink(label: string, href: string): string {
  const words = drawPlain(oneLine(clean(label))).trim()
  const to = escaped(linkTo(href) ?? '')
  if (!to || to.length > LONGEST_LINK) return words
  return `<${to}|${(words || drawPlain(hostOf(href))).replaceAll('|', '\u2223')}>`
}

/** An http(s) address in which nothing ends the link early; nothing for any other. */
export function linkTo(href: string): string | undefined {
  const address = href.toWellFormed().trim()
  if (!/^https?:\/\/\S/i.test(address) || !URL.canParse(address)) return undefined
  return address.replace(/[\s|<>"\\^`{}\p{C}]/gu, (one) => encodeURIComponent(one))
}

const TOKENS = {
  day: '{date_short_pretty}',
  ago: '{date_short_pretty}',
  time: '{time}',
  moment: '{date_short_pretty} {time}',
}

function drawMoment(at: string, as: keyof typeof TOKENS): string {
  return `<!date^${Math.floor(Date.parse(at) / 1000)}^${TOKENS[as]}|${plainMoment(at, as, 'UTC')}>`
}
