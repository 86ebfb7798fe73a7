import { type Button, type Card, encodeAction, type Press, type Reply } from '@cme-commons/core'
import type { TryMessage } from '@cme-commons/db'
import type { Person } from './space.ts'

const BOT = { id: 'bot', name: 'CME Commons', bot: true }

/** A card with each button's action as the id that `POST /try/press` takes. */
export function cardJson(card: Card) {
  return {
    ...card,
    ...(card.buttons ? { buttons: card.buttons.map(buttonJson) } : {}),
    ...(card.more ? { more: buttonJson(card.more) } : {}),
  }
}

function buttonJson(button: Button) {
  if ('href' in button) return button
  return { ...button, act: encodeAction(button.act as Press) }
}

/** A reply with its card's buttons encoded; a form is as it is. */
export const replyJson = (reply: Reply) => ('ask' in reply ? reply : { ...reply, say: cardJson(reply.say) })

/** A line of the chat as its reader gets it. */
export function messageJson(line: TryMessage, people: readonly Person[]) {
  const author = people.find((one) => one.id === line.author)
  return {
    id: line.key,
    place: line.place,
    seq: line.seq,
    at: line.at,
    kind: line.kind,
    from: line.author === null ? BOT : { id: line.author, name: author?.name ?? line.author, bot: false },
    ...(line.channel ? { channel: line.channel } : {}),
    ...(line.channel && line.reader ? { private: true } : {}),
    ...(line.pinned ? { pinned: true } : {}),
    ...(line.said ? { said: line.said } : {}),
    ...(line.cause ? { cause: line.cause } : {}),
    ...(line.card ? { card: cardJson(line.card) } : {}),
  }
}
