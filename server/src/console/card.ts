import { type Button, type Card, encodeAction } from '@cme-commons/core'
import { html } from 'hono/html'
import { buttonClass, cardHtml, opens } from '../html/card.ts'
import type { Html } from '../html/html.ts'
import { linkHtml } from '../html/text.ts'
import { isRead } from './sections.ts'
import type { Visitor } from './session.ts'

/** A card as in the chat, with buttons that do the same here: what only looks is a link, what changes something is sent as a form. */
export const actCard = (visitor: Visitor, card: Card): Html =>
  cardHtml(card, visitor.zone, (buttons) => actButtons(visitor, buttons))

export function actButtons({ session }: Visitor, buttons: readonly Button[]): Html {
  return html`<form class="buttons" method="post" action="/console/do">
<input type="hidden" name="csrf" value="${session.csrf}">
${buttons.map((button) => oneButton(button))}</form>\n`
}

function oneButton(button: Button): Html {
  if ('href' in button) return opens(button) ? linkHtml(button.label, button.href, buttonClass(button)) : html``
  if (isRead(button.act))
    return html`<a class="${buttonClass(button)}" href="${showHref(button.act)}">${button.label}</a>`
  return html`<button class="${buttonClass(button)}" name="act" value="${encodeAction(button.act)}">${button.label}</button>`
}

/** Where what an action shows is looked at. */
export const showHref = (act: Parameters<typeof encodeAction>[0]): string =>
  act.do === 'delivery'
    ? `/console/delivery?key=${encodeURIComponent(act.key)}`
    : act.do === 'source'
      ? `/console/source?id=${encodeURIComponent(act.source)}`
      : `/console/show?act=${encodeURIComponent(encodeAction(act))}`
