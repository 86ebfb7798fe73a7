import { type Ctx, perform } from '@cme-commons/app'
import { type Action, type Answers, type Card, type Press, plainText, type Reply } from '@cme-commons/core'
import { type Tx, userIn } from '@cme-commons/db'
import { linkCode } from '../secrets.ts'
import type { Caller } from './caller.ts'
import type { ApiHouse } from './house.ts'
import { isRefused, type Refused, refused, UNUSABLE, type Wrong } from './told.ts'

/** The one whose token it is, as somebody who presses and types: the API does what the chat does, by the same actions. */
export async function actingFor({ now, content, site }: ApiHouse, caller: Caller, tx: Tx): Promise<Ctx | Refused> {
  const user = caller.member && (await userIn(tx, caller.space, caller.member))
  if (!user) return refused(403, 'Whose token this is, is no member of its community any more: ask for a new one.')
  const actor = { space: caller.space, user, moderator: caller.may('moderate') }
  return { tx, now: now(), content, actor, site, random: linkCode }
}

/** The pointer in the body to a field of a form; the field's own name when nothing is said. */
export type Pointers = Readonly<Record<string, string>>

/** Does one thing; a refusal of the chat becomes one of ours, with pointers to the fields. */
export async function press(ctx: Ctx, action: Action, pointers: Pointers = {}): Promise<Card | Refused> {
  const reply = await perform(ctx, action)
  if ('refuse' in reply) return refusalOf(reply, pointers)
  if ('ask' in reply) throw new Error(`${action.do} asks for a form, which the API has filled in already`)
  return reply.say
}

/** Fills in a form, and presses what saves what it showed. */
export async function saved(
  ctx: Ctx,
  form: string,
  answers: Answers,
  verb: Press['do'],
  pointers: Pointers = {},
): Promise<Card | Refused> {
  return confirmed(ctx, { do: 'form.submit', form, answers }, verb, pointers)
}

/** Does what shows first what it will do, and presses what saves it. */
export async function confirmed(
  ctx: Ctx,
  action: Action,
  verb: Press['do'],
  pointers: Pointers = {},
): Promise<Card | Refused> {
  const shown = await press(ctx, action, pointers)
  if (isRefused(shown)) return shown
  const button = shown.buttons?.find((one) => 'act' in one && one.act.do === verb)
  // Without such a button nothing was to be changed.
  return button && 'act' in button ? press(ctx, button.act) : shown
}

const STATUS = {
  'bad-answer': 422,
  'unknown-name': 422,
  gone: 404,
  'moderators-only': 403,
} as const

function refusalOf(reply: Extract<Reply, { refuse: string }>, pointers: Pointers): Refused {
  const status = STATUS[reply.refuse as keyof typeof STATUS] ?? 409
  const errors = Object.entries(reply.fields ?? {}).map(
    ([name, detail]): Wrong => ({ pointer: pointers[name] ?? `#/${name}`, detail }),
  )
  if (errors.length > 0) return refused(status, UNUSABLE, errors)
  return refused(status, wordsOf(reply.say))
}

/** A card in a sentence or two. */
const wordsOf = ({ title, blocks }: Card): string => {
  const text = blocks.flatMap((block) => (block.kind === 'text' ? [plainText(block.text)] : []))[0]
  return `${/[.!?]$/.test(title) ? title : `${title}.`}${text ? ` ${text}` : ''}`
}
