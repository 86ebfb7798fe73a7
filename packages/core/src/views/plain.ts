import type { Block, Card } from '../card.ts'
import type { Span, Text } from '../text.ts'
import { wallClock } from '../time.ts'

/** A card as plain text: golden files, the command line, notifications and screen readers. Times in `zone`. */
export function plain(card: Card, zone = 'UTC'): string {
  const parts = [card.title, ...card.blocks.map((block) => plainBlock(block, zone))]
  if (card.buttons?.length) parts.push(card.buttons.map((button) => `[ ${button.label} ]`).join(' '))
  if (card.footer) parts.push(plainText(card.footer, zone))
  return parts.join('\n\n')
}

/** A text without its marks; a link shows its address when that says more than its words. */
export const plainText = (text: Text, zone = 'UTC'): string => text.map((span) => plainSpan(span, zone)).join('')

function plainSpan(span: Span, zone: string): string {
  if (typeof span === 'string') return span
  if ('strong' in span) return span.strong
  if ('em' in span) return span.em
  if ('code' in span) return span.code
  if ('link' in span) return span.link === span.href ? span.href : `${span.link} (${span.href})`
  if ('channel' in span) return `#${span.name ?? span.channel}`
  if ('role' in span) return `@${span.name ?? span.role}`
  return plainMoment(span.when, span.as, zone)
}

/** Made once: making one takes longer than all the rest of a card. */
const DAYS = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

/** A moment in words, in `zone`: `Mon 23 Nov 2026, 08:00 America/Chicago`. A time alone names no zone but UTC, which is nobody's own. */
export function plainMoment(at: string, as: 'day' | 'time' | 'moment' | 'ago', zone: string): string {
  if (zone === 'UTC') return inWords(DAYS.format(Date.parse(at)), at.slice(11, 16), as, zone)
  const wall = wallClock(at, zone)
  const time = wall.toPlainTime().toString({ smallestUnit: 'minute' })
  return inWords(DAYS.format(Date.UTC(wall.year, wall.month - 1, wall.day)), time, as, zone)
}

function inWords(date: string, time: string, as: 'day' | 'time' | 'moment' | 'ago', zone: string): string {
  if (as === 'time') return zone === 'UTC' ? `${time} UTC` : time
  const day = date.replace(',', '')
  return as === 'moment' ? `${day}, ${time} ${zone}` : day
}

function plainBlock(block: Block, zone: string): string {
  switch (block.kind) {
    case 'text':
      return plainText(block.text, zone)
    case 'heading':
      return block.text.toUpperCase()
    case 'list':
      return block.items
        .map((item, i) => `${block.ordered ? `${i + 1}. ` : block.bare ? '' : '- '}${plainText(item, zone)}`)
        .join('\n')
    case 'facts':
      return block.facts.map((fact) => `${fact.name}: ${plainText(fact.value, zone)}`).join('\n')
    case 'quote':
      return `> ${plainText(block.text, zone).replaceAll('\n', '\n> ')}${block.by ? `\n> (${block.by})` : ''}`
    case 'moment':
      return `${block.label}: ${plainMoment(block.at, 'moment', zone)}`
    case 'progress':
      return `${block.label}: ${'#'.repeat(block.done)}${'.'.repeat(Math.max(0, block.total - block.done))} ${block.done} of ${block.total}`
    case 'divider':
      return '---'
  }
}
