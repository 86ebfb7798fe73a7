import {
  type Action,
  type Answers,
  type Button,
  type Card,
  ERASE_WORD,
  eraseCard,
  erasedCard,
  eraseForm,
  type FormReply,
  type MyData,
  myDataCard,
  myDataPage,
  notErasedCard,
  nothingKeptCard,
  type Reply,
} from '@cme-commons/core'
import { audit, eraseMember, findMember, findSpace } from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { collect } from './my-data-rows.ts'

export { collect as myData, reviewOf } from './my-data-rows.ts'

type AboutMyData = Extract<Action, { do: `my-data${string}` }>

/**
 * Actions that are answered before anybody is made a member: who asks what is kept about her, or was erased, stays unknown. The form is
 * `submitErasing`'s.
 */
export const isAboutMyData = (action: Action): action is AboutMyData => /^my-data(?:$|\.)/.test(action.do)

/** What is kept about the one who asks: counted, in words, or before it is erased. */
export async function aboutMyData(ctx: Ctx, action: AboutMyData): Promise<Reply> {
  const member = await asking(ctx)
  if (!member) return nothing
  if (action.do === 'my-data.confirm') return { ask: eraseForm() }
  const data = (await collect(ctx.tx, member.id, ctx.now))!
  return { say: await cardOf(ctx, action, data), private: true }
}

async function cardOf(ctx: Ctx, action: AboutMyData, data: MyData): Promise<Card> {
  if (action.do === 'my-data.erase') return eraseCard(data)
  if (action.do === 'my-data.read') return myDataPage(data, ctx.content, action.from ?? 0, await saves(ctx))
  return myDataCard(data, ctx.content, await saves(ctx))
}

const asking = ({ tx, actor }: Ctx) => findMember(tx, actor.space, actor.user)
const nothing: FormReply = { say: nothingKeptCard(), private: true }

/** Erases all that is kept about the one who asks, with all her identities, once she typed the word. The audit has no name of her. */
export async function submitErasing(ctx: Ctx, answers: Answers): Promise<FormReply> {
  const member = await asking(ctx)
  if (!member) return nothing
  if (
    String(answers.word ?? '')
      .trim()
      .toUpperCase() !== ERASE_WORD
  )
    return {
      refuse: 'bad-answer',
      fields: { word: `Type ${ERASE_WORD}, or close this to keep everything.` },
      say: notErasedCard(),
    }
  await eraseMember(ctx.tx, member.id, ctx.now)
  await audit(ctx.tx, {
    at: ctx.now,
    space: ctx.actor.space,
    actor: 'a member',
    what: 'member.erased',
    detail: 'at their own wish',
  })
  return { say: erasedCard(), private: true, update: true }
}

/** Where she can save it: on the try-out page only, whose address tells who she is. */
async function saves({ tx, actor }: Ctx): Promise<Button[]> {
  if ((await findSpace(tx, actor.space))?.platform !== 'try') return []
  const to = (ending: string) => `/my-data.${ending}?as=${encodeURIComponent(actor.user)}`
  return [
    { label: 'Save as JSON', href: to('json') },
    { label: 'Save as text', href: to('md') },
  ]
}
