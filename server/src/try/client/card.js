import { el } from './dom.js'
import { ago, day, moment, time } from './time.js'

/**
 * Draws a card as it came, as text throughout. `reader` is `{zone, now}`; `press(act, button)` is called for a button that acts.
 */
export function drawCard(card, reader, press) {
  const buttons = [...(card.buttons ?? []), ...(card.more && !same(card) ? [card.more] : [])]
  return el(
    'article',
    { class: 'card' },
    el('h3', { class: 'card-title' }, card.title),
    card.blocks.map((block) => drawBlock(block, reader)),
    buttons.length > 0 &&
      el(
        'div',
        { class: 'buttons' },
        buttons.map((button) => drawButton(button, press)),
      ),
    card.footer && el('footer', { class: 'card-footer' }, drawText(card.footer, reader)),
  )
}

/** Whether the card's own buttons hold the one that leads to the rest already. */
const same = (card) => card.buttons?.some((button) => button.label === card.more.label)

function drawBlock(block, reader) {
  switch (block.kind) {
    case 'text':
      return el('p', {}, drawText(block.text, reader))
    case 'heading':
      return el('h4', {}, block.text)
    case 'list':
      return el(
        block.ordered ? 'ol' : 'ul',
        { class: block.bare ? 'is-bare' : undefined },
        block.items.map((item) => el('li', {}, drawText(item, reader))),
      )
    case 'facts':
      return el(
        'dl',
        { class: 'facts' },
        block.facts.map((fact) => el('div', {}, el('dt', {}, fact.name), el('dd', {}, drawText(fact.value, reader)))),
      )
    case 'quote':
      return el('blockquote', {}, el('p', {}, drawText(block.text, reader)), block.by && el('footer', {}, block.by))
    case 'moment':
      return el('p', { class: 'moment' }, el('span', {}, block.label), ' ', drawTime(block.at, 'moment', reader))
    case 'progress':
      return el(
        'p',
        { class: 'progress' },
        el('span', {}, block.label),
        ' ',
        el('span', { class: 'bar', 'aria-hidden': 'true' }, bar(block)),
        ` ${block.done}\u00a0of\u00a0${block.total}`,
      )
    case 'divider':
      return el('hr')
    default:
      return undefined
  }
}

function bar({ done, total }) {
  const cells = Math.min(Math.max(total, 1), 12)
  const full = Math.min(cells, Math.max(0, Math.floor((done / Math.max(total, 1)) * cells)))
  return '▰'.repeat(full) + '▱'.repeat(cells - full)
}

const drawText = (text, reader) => text.map((span) => drawSpan(span, reader))

function drawSpan(span, reader) {
  if (typeof span === 'string') return span
  if ('strong' in span) return el('strong', {}, span.strong)
  if ('em' in span) return el('em', {}, span.em)
  if ('code' in span) return el('code', {}, span.code)
  if ('link' in span) return drawLink(span.link, span.href)
  if ('channel' in span) return `#${span.name ?? span.channel}`
  if ('role' in span) return `@${span.name ?? span.role}`
  return drawTime(span.when, span.as, reader)
}

function drawLink(label, href, as) {
  const to = safeHref(href)
  return to ? el('a', { class: as, href: to, target: '_blank', rel: 'noopener noreferrer' }, label) : label
}

function safeHref(href) {
  if (/^\/(?![/\\])/.test(href)) return href
  return /^https?:\/\/[^\s]+$/i.test(href) && URL.canParse(href) ? href : undefined
}

function drawTime(at, as, { zone, now }) {
  const words = {
    day: () => day(at, zone),
    time: () => time(at, zone),
    moment: () => moment(at, zone),
    ago: () => ago(at, now()),
  }[as]()
  return el('time', { datetime: at, title: `${moment(at, zone)} (${zone})` }, words)
}

function drawButton(button, press) {
  const as = `button ${button.style ?? ''}`.trim()
  if ('href' in button) return drawLink(button.label, button.href, as)
  const node = el('button', { type: 'button', class: as }, button.label)
  node.addEventListener('click', () => press(button.act, node))
  return node
}
