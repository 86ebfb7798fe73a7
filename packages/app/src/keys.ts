import {
  type Answers,
  type ApiKey,
  DAY,
  type FormReply,
  goneCard,
  KEY_DAYS,
  KEY_SECRET,
  type KeyAction,
  keyForm,
  keyMadeCard,
  keysCard,
  plus,
  type Reply,
} from '@cme-commons/core'
import { addToken, audit, listTokens, namesOfMembers, revokeToken } from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { memberOf } from './people.ts'
import { hashOfSecret, newSecret } from './secret.ts'

const moderatorsOnly: FormReply = {
  refuse: 'moderators-only',
  say: {
    title: 'Keys are for moderators',
    blocks: [
      {
        kind: 'text',
        text: ['A key opens what belongs to this community. Ask a moderator if a program of yours needs one.'],
      },
    ],
    buttons: [{ label: 'What can I do next?', act: { do: 'home' } }],
  },
}

/** Answers moderators about the keys of their space, in private: a new one is a secret. */
export async function keysReply(ctx: Ctx, action: KeyAction): Promise<Reply> {
  if (!ctx.actor.moderator) return moderatorsOnly
  if (action.do === 'keys.form') return { ask: keyForm() }
  if (action.do === 'keys') return shown(ctx)
  const found = (await kept(ctx)).find(({ id }) => id === action.key)
  if (!found) return { refuse: 'gone', say: goneCard('There is no such key, or it was ended before.') }
  await revokeToken(ctx.tx, found.id, ctx.now)
  await note(ctx, 'token.revoked', found.id)
  return shown(ctx, `${found.id} has ended.`)
}

/** The keys of the space that hold; members' own are theirs alone. */
const kept = async ({ tx, actor, now }: Ctx) =>
  (await listTokens(tx, actor.space)).filter(
    ({ member, revoked_at, expires_at }) => member === null && revoked_at === null && expires_at > now,
  )

async function shown(ctx: Ctx, says?: string): Promise<FormReply> {
  const rows = await kept(ctx)
  const names = await namesOfMembers(ctx.tx, [...new Set(rows.map(({ made_by }) => made_by))])
  const keys = rows.map(
    (row): ApiKey => ({
      ...{ id: row.id, scopes: row.scopes, made: row.made_at, expires: row.expires_at },
      by: names.get(row.made_by) ?? (/^m\d+$/.test(row.made_by) ? 'a moderator' : row.made_by),
      ...(row.used_at ? { used: row.used_at } : {}),
    }),
  )
  return { say: keysCard(keys, says), private: true, ...(says ? { update: true } : {}) }
}

export async function submitKey(ctx: Ctx, answers: Answers): Promise<FormReply> {
  const { tx, now, actor } = ctx
  if (!actor.moderator) return moderatorsOnly
  const scope = String(answers.scope ?? '')
  const said = String(answers.days ?? '').trim()
  const days = /^\d{1,3}$/.test(said) ? Number(said) : 0
  const fields = {
    ...(scope === 'read' || scope === 'moderate' ? {} : { scope: 'Choose what it opens.' }),
    ...(days >= 1 && days <= KEY_DAYS ? {} : { days: `Write a whole number from 1 to ${KEY_DAYS}.` }),
  }
  if (Object.keys(fields).length > 0) return notMade(fields)
  const { id: me } = await memberOf(ctx)
  const secret = `cme_${newSecret(ctx, KEY_SECRET).secret}`
  const row = await addToken(tx, {
    ...{ hash: hashOfSecret(secret), space: actor.space, member: null, scopes: scope, made_by: me, made_at: now },
    expires_at: plus(now, days * DAY),
  })
  await note(ctx, 'token.added', `${row.id}, ${scope}, of the space, until ${row.expires_at}`)
  return { say: keyMadeCard({ id: row.id, expires: row.expires_at }, secret), private: true }
}

const notMade = (fields: Record<string, string>): FormReply => ({
  refuse: 'bad-answer',
  fields,
  say: {
    title: 'Not made yet',
    blocks: [{ kind: 'list', items: Object.values(fields).map((say) => [say]) }],
    buttons: [{ label: 'Try again', style: 'primary', act: { do: 'keys.form' } }],
  },
})

const note = async ({ tx, now, actor, ...ctx }: Ctx, what: string, detail: string): Promise<void> =>
  audit(tx, { at: now, space: actor.space, actor: (await memberOf({ tx, now, actor, ...ctx })).id, what, detail })
