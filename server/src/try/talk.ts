import { randomUUID } from 'node:crypto'
import { type Answers, decodeAction, encodeAction, type Press, parseCommand, type Reply } from '@cme-commons/core'
import {
  addTryMessage,
  findMember,
  findTryMessage,
  inTx,
  lastTryChange,
  type NewTryMessage,
  replaceTryCard,
  type TryMessage,
} from '@cme-commons/db'
import { ring } from './bell.ts'
import type { TryHouse } from './house.ts'
import { actorOf, type Person, TRY_SPACE } from './space.ts'

/** Who does something, and where: in a channel, or in the direct message with the bot. */
export type Where = { who: Person; channel?: string }
/** The reply, and the lines of the chat that came of it; no reply when nobody spoke to the bot. */
export type Answer = { reply: Reply | null; lines: TryMessage[] }

/** Somebody says something. In a channel the bot hears commands only, as it does in a chat; to the bot itself everything is one. */
export async function say(house: TryHouse, at: Where, text: string): Promise<Answer> {
  const said = await add(house, at, {
    author: at.who.id,
    kind: 'said',
    said: text,
    reader: at.channel ? null : at.who.id,
  })
  if (at.channel && !/^\/cme\b/i.test(text)) return { reply: null, lines: said }
  const reply = await house.perform(actorOf(at.who, at.channel), parseCommand(text))
  return { reply, lines: [...said, ...(await keep(house, at, reply))] }
}

/** A press of a button; `message` is the line it was on, which an updating reply replaces. Nothing when the id is not one of ours. */
export async function press(house: TryHouse, at: Where, id: string, message?: string): Promise<Answer | undefined> {
  const action = decodeAction(id)
  if (!action) return undefined
  const on = message ? await findTryMessage(house.db.read, message, at.who.id) : undefined
  const reply = await house.perform(actorOf(at.who, at.channel), action)
  return { reply, lines: await keep(house, at, reply, on, on && labelOf(on, id)) }
}

/** A filled-in form. A refusal that names fields belongs into the form and is not kept as a line. */
export async function submit(house: TryHouse, at: Where, form: string, answers: Answers): Promise<Answer> {
  const reply = await house.perform(actorOf(at.who, at.channel), { do: 'form.submit', form, answers })
  if ('refuse' in reply && reply.fields) return { reply, lines: [] }
  return { reply, lines: await keep(house, at, reply) }
}

async function keep(house: TryHouse, at: Where, reply: Reply, on?: TryMessage, cause?: string): Promise<TryMessage[]> {
  if ('ask' in reply) return []
  // A line that others see as well stays as it is: the answer is hers alone.
  const update = on?.reader === at.who.id && 'update' in reply && reply.update
  if (on && update) {
    const line = await inTx(house.db, (tx) => replaceTryCard(tx, on.key, at.who.id, reply.say))
    ring(house.db)
    if (line) return [line]
  }
  const open = at.channel && !('refuse' in reply) && !reply.private
  return add(house, at, {
    author: null,
    kind: 'reply',
    card: reply.say,
    cause: cause ?? null,
    reader: open ? null : at.who.id,
  })
}

type Part = Pick<NewTryMessage, 'author' | 'kind' | 'reader'> & Partial<Pick<NewTryMessage, 'said' | 'card' | 'cause'>>

async function add(house: TryHouse, { who, channel }: Where, part: Part): Promise<TryMessage[]> {
  const empty = { said: null, card: null, cause: null }
  const line = {
    ...empty,
    ...part,
    key: `try/${randomUUID()}`,
    space: TRY_SPACE,
    channel: channel ?? null,
    at: house.now(),
  }
  const added = await inTx(house.db, async (tx) => {
    // Who just erased her data is answered, and nothing of it is kept.
    if (await findMember(tx, TRY_SPACE, who.id)) return addTryMessage(tx, line)
    const last = await lastTryChange(tx)
    return { ...line, pinned: 0, place: last, seq: last }
  })
  ring(house.db)
  return added ? [added] : []
}

/** The words on the button that carries `id`. */
function labelOf({ card }: TryMessage, id: string): string | undefined {
  const buttons = [...(card?.buttons ?? []), ...(card?.more ? [card.more] : [])]
  return buttons.find((button) => 'act' in button && encodeAction(button.act as Press) === id)?.label
}
