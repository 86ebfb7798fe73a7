import { createHash } from 'node:crypto'
import {
  CODE_LASTS,
  type LinkAction,
  linkCodeCard,
  linkGoneCard,
  linkPreviewCard,
  MOST_TRIES,
  noSuchCodeCard,
  notLinkedCard,
  plus,
  type Reply,
  readCode,
  sameSideCard,
  TRIES_WITHIN,
  tooManyTriesCard,
} from '@cme-commons/core'
import {
  addTry,
  changeCompany,
  companyOf,
  dropCode,
  findMember,
  holdTries,
  linkedOf,
  putCode,
  setHome,
  triesSince,
  typeCode,
} from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { memberOf } from '../people.ts'
import { oneDigest } from './digest.ts'
import { confirmLink } from './join.ts'
import { askUnlink, unlink } from './leave.ts'
import { movedTo } from './merge.ts'
import { isSame, me, personOf, sideOf, stateCard } from './sides.ts'

/** What a person does to be one member here and elsewhere. */
export async function linkReply(ctx: Ctx, action: LinkAction): Promise<Reply> {
  switch (action.do) {
    case 'link':
      return action.code ? typed(ctx, action.code) : shown(ctx)
    case 'link.code':
      return newCode(ctx)
    case 'link.confirm':
      return confirmLink(ctx, action.link, action.home)
    case 'link.cancel':
      await dropCode(ctx.tx, me(ctx), action.link)
      return { say: linkGoneCard(), private: true, update: true }
    case 'link.home':
      return homeHere(ctx)
    case 'unlink':
      return askUnlink(ctx)
    case 'unlink.confirm':
      return unlink(ctx, action.keep)
  }
}

const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex')

async function shown(ctx: Ctx): Promise<Reply> {
  const linked = await linkedOf(ctx.tx, (await memberOf(ctx)).id)
  return linked.length > 0 ? { say: stateCard(ctx, linked), private: true } : newCode(ctx)
}

/** A fresh code; the one before is over. */
async function newCode(ctx: Ctx): Promise<Reply> {
  if (!ctx.random) throw new Error('A code needs dice: whoever calls perform hands them in')
  const code = readCode(ctx.random())
  const expires = plus(ctx.now, CODE_LASTS)
  await putCode(ctx.tx, me(ctx), hashOf(code), { now: ctx.now, expires })
  return { say: linkCodeCard(code, expires), private: true }
}

/** A code that was typed: shows what it will do, or counts a try. */
async function typed(ctx: Ctx, said: string): Promise<Reply> {
  const { tx, now } = ctx
  const since = plus(now, -TRIES_WITHIN)
  const turn = await holdTries(tx)
  const tries = await triesSince(tx, me(ctx), since)
  if (tries >= MOST_TRIES) return { refuse: 'too-many', say: tooManyTriesCard() }
  const code = await typeCode(tx, me(ctx), hashOf(readCode(said)), { now, expires: plus(now, CODE_LASTS) })
  const there = code && personOf(code)
  if (there && isSame(there, me(ctx))) return { refuse: 'bad-answer', say: sameSideCard() }
  const other = there && (await sideOf(tx, there))
  if (!code || !there || !other) {
    await addTry(tx, me(ctx), turn, { now, before: since })
    return { refuse: 'bad-answer', say: noSuchCodeCard(MOST_TRIES - tries - 1) }
  }
  const { id } = await memberOf(ctx)
  if ((await findMember(tx, there.space, there.user))?.id === id)
    return { say: stateCard(ctx, await linkedOf(tx, id), 'These are one member already.'), private: true }
  return { say: linkPreviewCard((await sideOf(tx, me(ctx)))!, other, code.id), private: true }
}

/** Lets everything that comes unasked come to the side on which she acts. */
async function homeHere(ctx: Ctx): Promise<Reply> {
  const { id } = await memberOf(ctx)
  if ((await linkedOf(ctx.tx, id)).length === 0) return { refuse: 'nothing-yet', say: notLinkedCard() }
  await setHome(ctx.tx, id, me(ctx))
  await oneDigest(ctx.tx, id, me(ctx), ctx.now, true)
  const company = await companyOf(ctx.tx, id)
  if (company) await changeCompany(ctx.tx, id, movedTo(company, me(ctx)))
  const linked = await linkedOf(ctx.tx, id)
  return { say: stateCard(ctx, linked, 'It comes here from now on.'), private: true, update: true }
}
