import { type Answers, decodeAction, type Press, parseCommand, type Reply } from '@cme-commons/core'
import { channelDigests, settingsOf } from '@cme-commons/db'
import { html } from 'hono/html'
import type { Html } from '../html/html.ts'
import { TRY_SPACE, channels as tryChannels } from '../try/space.ts'
import { actCard } from './card.ts'
import { formHtml } from './form.ts'
import type { Shown } from './frame.ts'
import type { ConsoleHouse } from './house.ts'
import { sectionName, sectionOf } from './sections.ts'
import type { Visitor } from './session.ts'

/** Performs an action as who is signed in, and shows the reply as the chat would: a card or a form. */
export async function act(house: ConsoleHouse, visitor: Visitor, press: Press): Promise<Shown> {
  const reply = await house.perform(visitor.actor, press)
  const section = sectionOf(press.do)
  const body = 'ask' in reply ? await formFor(house, visitor, reply.ask, press) : answerHtml(visitor, reply)
  return { title: sectionName(section), section, body }
}

/** The same for a line as it is typed in the chat. */
export const say = (house: ConsoleHouse, visitor: Visitor, text: string): Promise<Shown> =>
  act(house, visitor, parseCommand(text))

/** Hands in a form. One that is refused for its fields is asked again, with everything that was typed. */
export async function submit(
  house: ConsoleHouse,
  visitor: Visitor,
  { form, asked, answers }: { form: string; asked: string; answers: Answers },
): Promise<Shown> {
  const reply = await house.perform(visitor.actor, { do: 'form.submit', form, answers })
  const section = sectionOf(form)
  const title = sectionName(section)
  const press = decodeAction(asked)
  if ('refuse' in reply && reply.fields && press) {
    const again = await house.perform(visitor.actor, press)
    if ('ask' in again && again.ask.id === form) {
      const channels = await channelsIn(house, visitor)
      const state = { asked: press, answers, wrong: reply.fields, channels }
      return { title, section, body: formHtml(visitor, again.ask, state) }
    }
  }
  return { title, section, body: answerHtml(visitor, reply) }
}

const formFor = async (
  house: ConsoleHouse,
  visitor: Visitor,
  form: Extract<Reply, { ask: unknown }>['ask'],
  asked: Press,
) => formHtml(visitor, form, { asked, channels: await channelsIn(house, visitor) })

export const answerHtml = (visitor: Visitor, reply: Reply): Html =>
  'ask' in reply
    ? formHtml(visitor, reply.ask)
    : 'refuse' in reply
      ? html`<div class="refused">${actCard(visitor, reply.say)}</div>`
      : actCard(visitor, reply.say)

/** The channels that are known by now: those of the settings and of digests, and all of the try-out space. */
async function channelsIn({ db }: ConsoleHouse, { space }: Visitor): Promise<string[]> {
  if (space.id === TRY_SPACE) return tryChannels.map(({ id }) => id)
  const { news, moderators, fallback, trackChannels } = await settingsOf(db.read, space.id)
  const digests = await channelDigests(db.read, space.id)
  const ids = [
    news,
    moderators,
    fallback,
    ...Object.values(trackChannels),
    ...digests.map(({ address }) => address.slice(8)),
  ]
  return [...new Set(ids.filter((id) => id !== undefined))]
}
