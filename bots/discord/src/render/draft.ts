import { type Block, type Card, cut, type Text } from '@cme-commons/core'
import { type Draft, ROOM } from './body.ts'
import { drawable } from './button.ts'
import { oneLine } from './clean.ts'
import { splitText, splittable } from './split.ts'

/** The card with everything that cannot be cut short enough, and every button that Discord cannot draw, moved into its text. */
export function draftOf(card: Card): Draft {
  const title = oneLine(card.title)
  const footer: Text = card.footer ?? []
  const [foot, footRest] = splitText(footer, ROOM.footer)
  const links = (card.buttons ?? []).filter((button) => !drawable(button))
  const text = (words: Text): Block[] => (words.length ? [{ kind: 'text', text: words }] : [])
  return {
    title: cut(title, ROOM.title),
    blocks: [
      ...text(title.length > ROOM.title ? [title] : []),
      ...card.blocks,
      ...text(footRest.length ? footer : []),
      ...links.flatMap((button) => text('href' in button ? [{ link: button.label, href: button.href }] : [])),
    ].flatMap(splittable),
    buttons: (card.buttons ?? []).filter(drawable),
    ...(footRest.length ? {} : { footer: foot }),
  }
}
