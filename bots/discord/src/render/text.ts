import type { Span, Text } from '@cme-commons/core'
import { asTyped } from '../commands/names.ts'
import { clean, oneLine } from './clean.ts'
import { atLineStart, BREAK, defuse, escaped } from './escape.ts'
import { drawLink } from './link.ts'

const STAMP = { day: 'D', time: 't', moment: 'F', ago: 'R' } as const

/** A text as Discord markdown in which only our own spans format, link or mention. Times show in each reader's own zone. */
export function drawText(text: Text): string {
  let drawn = ''
  for (const span of merged(text)) {
    const next = drawSpan(span)
    // Two marks that touch would be read as one: `**a****b**`.
    const touch = /[*`]$/.test(drawn) && /^[*`]/.test(next) && !(typeof span === 'string')
    drawn += touch ? BREAK + next : next
  }
  return atLineStart(drawn)
}

function drawSpan(span: Span): string {
  if (typeof span === 'string') return escaped(span)
  if ('strong' in span) return marked('**', span.strong)
  if ('em' in span) return marked('*', span.em)
  if ('code' in span) return drawCode(span.code)
  if ('link' in span) return drawLink(span.link, span.href)
  if ('channel' in span)
    return /^\d{1,20}$/.test(span.channel) ? `<#${span.channel}>` : escaped(`#${oneLine(span.name ?? span.channel)}`)
  if ('role' in span)
    return /^\d{1,20}$/.test(span.role) ? `<@&${span.role}>` : escaped(`@${oneLine(span.name ?? span.role)}`)
  return drawMoment(span.when, span.as)
}

/** A moment as a Discord time stamp, which each client draws in its reader's zone and language. */
export function drawMoment(at: string, as: keyof typeof STAMP): string {
  const seconds = Math.floor(Date.parse(at) / 1000)
  return Number.isNaN(seconds) ? escaped(oneLine(at)) : `<t:${seconds}:${STAMP[as]}>`
}

/** White space stays outside: Discord reads no mark that stands beside one. */
function marked(mark: string, value: string): string {
  const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(value) ?? []
  return words ? before + mark + escaped(words.replace(/\s+/g, ' ')) + mark + after : value
}

/** No escape works inside code, so what holds a backtick is drawn as plain text. */
function drawCode(value: string): string {
  const words = asTyped(oneLine(value))
  if (!words) return ''
  return words.includes('`') ? escaped(words) : `\`${defuse(words)}\``
}

/** The spans cleaned, and neighbours of one kind made one, so that nothing forms across their border. */
export function merged(text: Text): Span[] {
  const spans: Span[] = []
  for (const raw of text) {
    const span = cleaned(raw)
    const last = spans.at(-1)
    if (span === '') continue
    if (typeof span === 'string' && typeof last === 'string') spans[spans.length - 1] = last + span
    else if (typeof span === 'object' && typeof last === 'object' && 'strong' in span && 'strong' in last)
      spans[spans.length - 1] = { strong: last.strong + span.strong }
    else if (typeof span === 'object' && typeof last === 'object' && 'em' in span && 'em' in last)
      spans[spans.length - 1] = { em: last.em + span.em }
    else spans.push(span)
  }
  return spans
}

function cleaned(span: Span): Span {
  if (typeof span === 'string') return clean(span)
  if ('strong' in span) return clean(span.strong) ? { strong: clean(span.strong) } : ''
  if ('em' in span) return clean(span.em) ? { em: clean(span.em) } : ''
  return span
}
