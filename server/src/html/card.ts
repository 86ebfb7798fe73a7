import type { Block, Button, Card } from '@cme-commons/core'
import { html } from 'hono/html'
import { type Html, safeHref } from './html.ts'
import { linkHtml, textHtml, timeHtml } from './text.ts'

/**
 * A card as an `article` for a page that is read, times in `zone`. Buttons that open an address are links; those that act belong
 * to the chat in which they were sent and are left out, unless `acts` draws them.
 */
export function cardHtml(card: Card, zone = 'UTC', acts?: (buttons: readonly Button[]) => Html): Html {
  const all = [...(card.buttons ?? []), ...(card.more ? [card.more] : [])]
  const links = acts ? [] : all.filter(opens)
  return html`<article class="card">
<h2 class="card-title">${card.title}</h2>
${card.blocks.map((block) => blockHtml(block, zone))}${
  links.length
    ? html`<p class="buttons">${links.map((button) => linkHtml(button.label, button.href, buttonClass(button)))}</p>\n`
    : ''
}${acts && all.length > 0 ? acts(all) : ''}${card.footer ? html`<footer class="card-footer">${textHtml(card.footer, zone)}</footer>\n` : ''}</article>`
}

export const opens = (button: Button): button is Button & { href: string } =>
  'href' in button && !!safeHref(button.href)

export const buttonClass = (button: Button): string => (button.style ? `button ${button.style}` : 'button')

function blockHtml(block: Block, zone: string): Html {
  switch (block.kind) {
    case 'text':
      return html`<p>${textHtml(block.text, zone)}</p>\n`
    case 'heading':
      return html`<h3>${block.text}</h3>\n`
    case 'list': {
      const items = block.items.map((item) => html`<li>${textHtml(item, zone)}</li>`)
      if (block.ordered) return html`<ol>${items}</ol>\n`
      return block.bare ? html`<ul class="is-bare">${items}</ul>\n` : html`<ul>${items}</ul>\n`
    }
    case 'facts':
      return html`<dl class="facts">${block.facts.map(
        (fact) => html`<div><dt>${fact.name}</dt><dd>${textHtml(fact.value, zone)}</dd></div>`,
      )}</dl>\n`
    case 'quote':
      return html`<blockquote><p>${textHtml(block.text, zone)}</p>${
        block.by ? html`<footer>${block.by}</footer>` : ''
      }</blockquote>\n`
    case 'moment':
      return html`<p class="moment"><span>${block.label}</span> ${timeHtml(block.at, 'moment', zone)}</p>\n`
    case 'progress':
      return html`<p class="progress"><span>${block.label}</span> <span class="bar" aria-hidden="true">${bar(block)}</span> ${block.done} of ${block.total}</p>\n`
    case 'divider':
      return html`<hr>\n`
  }
}

/** Twelve cells at most, so that a long way still fits a phone. */
function bar({ done, total }: { done: number; total: number }): string {
  const cells = Math.min(Math.max(total, 1), 12)
  const full = Math.min(cells, Math.max(0, Math.floor((done / Math.max(total, 1)) * cells)))
  return '▰'.repeat(full) + '▱'.repeat(cells - full)
}
