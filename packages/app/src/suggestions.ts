import {
  type Answers,
  alreadyNewsCard,
  alreadySuggestedCard,
  approveForm,
  declineForm,
  type FormReply,
  firstLink,
  goneCard,
  MOST_OPEN,
  type Reply,
  readLink,
  type Suggestion,
  suggestedCard,
  suggestForm,
  suggestionCard,
  suggestionDecidedCard,
  suggestionNote,
  suggestionsCard,
  TITLE_MAX,
  t,
  tooManyCard,
  WHY_MAX,
} from '@cme-commons/core'
import {
  addSuggestion,
  audit,
  becameItem,
  countOpen,
  decideSuggestion,
  openSuggestion,
  openSuggestions,
  type SuggestionRow,
  suggestionById,
} from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { takenOut } from './items/desk.ts'
import { memberOf } from './people.ts'
import { itemOf } from './rows.ts'
import { addSuggested, itemOnPage, labelsOfSuggested } from './suggested-item.ts'
import { tellMember, tellModerators } from './tell.ts'

const suggestionOf = (row: SuggestionRow): Suggestion => ({
  id: row.id,
  href: row.href,
  title: row.title,
  why: row.why,
  by: row.name ?? 'A member',
  at: row.at,
  state: row.state,
  ...(row.reason ? { reason: row.reason } : {}),
  ...(row.item ? { item: row.item } : {}),
})

/** Asks for a page; the link is filled in when there was one, of the rest of the text nothing is kept. */
export async function suggest(text?: string, href?: string): Promise<Reply> {
  return { ask: suggestForm(href ?? (text && (firstLink(text) ?? (/\s/.test(text) ? '' : text)))) }
}

/** Plain words of a person on one line, or on several. */
export const words = (answer: Answers[string] | undefined, most: number, lines = false): string =>
  (typeof answer === 'object' ? (answer[0] ?? '') : (answer ?? ''))
    .replace(lines ? /(?!\n)[\p{Cc}\p{Cf}]+/gu : /[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, most)
    .trim()

/** A suggested page: told at once when it is known or cannot be taken, else put before the moderators. */
export async function submitSuggestion(ctx: Ctx, answers: Answers): Promise<FormReply> {
  const { tx, now, actor } = ctx
  const page = readLink(words(answers.href, 2000))
  const title = words(answers.title, TITLE_MAX)
  const why = words(answers.why, WHY_MAX, true)
  const fields = {
    ...('error' in page ? { href: page.error } : {}),
    ...(title ? {} : { title: 'Write the title of the page.' }),
    ...(why ? {} : { why: 'Say in a line why colleagues should know it.' }),
  }
  if ('error' in page || Object.keys(fields).length > 0) return notTaken(fields)
  const known = await itemOnPage(ctx, page.link)
  if (known?.edit?.hidden === 1) return takenOut
  if (known) return { refuse: 'already-there', say: alreadyNewsCard(itemOf(known)) }
  const waiting = await openSuggestion(tx, actor.space, page.link)
  if (waiting) return { refuse: 'already-there', say: alreadySuggestedCard(waiting) }
  const { id: member, name } = await memberOf(ctx)
  if ((await countOpen(tx, actor.space, member)) >= MOST_OPEN) return { refuse: 'too-many', say: tooManyCard }
  const row = await addSuggestion(tx, { space: actor.space, member, ...page, title, why, at: now })
  if (!row) return { refuse: 'already-there', say: alreadySuggestedCard({ title, href: page.href, at: now }) }
  await tellModerators(ctx, `suggestion/${row.id}/moderators`, suggestionNote({ ...row, by: name ?? 'A member' }))
  return { say: suggestedCard(row), private: true }
}

const notTaken = (fields: Record<string, string>): FormReply => ({
  refuse: 'bad-answer',
  fields,
  say: {
    title: 'Not suggested yet',
    blocks: [{ kind: 'list', items: Object.values(fields).map((say) => t`${say}`) }],
    buttons: [{ label: 'Try again', style: 'primary', act: { do: 'suggest' } }],
  },
})

const moderatorsOnly: FormReply = {
  refuse: 'moderators-only',
  say: {
    title: 'Moderators decide on suggestions',
    blocks: [{ kind: 'text', text: t`You hear what becomes of yours. You can suggest another page at any time.` }],
    buttons: [{ label: 'Suggest a page', style: 'primary', act: { do: 'suggest' } }],
  },
}
const gone: FormReply = { refuse: 'gone', say: goneCard('This suggestion is not in this community.') }

/** What waits in this community, for its moderators. */
export async function showSuggestions({ tx, actor }: Ctx): Promise<Reply> {
  if (!actor.moderator) return moderatorsOnly
  return { say: suggestionsCard((await openSuggestions(tx, actor.space)).map(suggestionOf)), private: true }
}

/** Runs `then` with a suggestion of this space that is still open, for its moderators; a decided one is shown as it is. */
async function asModerator<R extends Reply>(
  ctx: Ctx,
  id: string,
  then: (row: SuggestionRow) => Promise<R>,
): Promise<R | FormReply> {
  if (!ctx.actor.moderator) return moderatorsOnly
  const row = await suggestionById(ctx.tx, id)
  if (!row || row.space !== ctx.actor.space) return gone
  return row.state === 'open' ? then(row) : shown(ctx, row, true)
}

async function shown(ctx: Ctx, row: SuggestionRow, update = false): Promise<FormReply> {
  const published = { title: row.title, summary: '' }
  const labels = row.state === 'open' ? labelsOfSuggested(ctx.content, published, ctx.now.slice(0, 10)) : undefined
  return { say: suggestionCard(suggestionOf(row), ctx.content, labels), private: true, update }
}

export const openOne = (ctx: Ctx, id: string): Promise<Reply> => asModerator(ctx, id, (row) => shown(ctx, row))
export const askEdit = (ctx: Ctx, id: string): Promise<Reply> =>
  asModerator<Reply>(ctx, id, async (row) => ({ ask: approveForm(row, ctx.content) }))
export const askReason = (ctx: Ctx, id: string): Promise<Reply> =>
  asModerator<Reply>(ctx, id, async (row) => ({ ask: declineForm(row) }))

/** Approves a suggestion as it is. */
export const approve = (ctx: Ctx, id: string): Promise<Reply> =>
  asModerator(ctx, id, (row) => decide(ctx, row, { title: row.title, summary: '' }))

/** A moderator's form: `suggestions.edit:<id>` approves with her words, `suggestions.decline:<id>` declines with her reason. */
export async function submitDecision(ctx: Ctx, form: string, answers: Answers): Promise<FormReply> {
  const [kind, id = ''] = form.split(':')
  return asModerator(ctx, id, async (row) => {
    if (kind === 'suggestions.decline') {
      const reason = words(answers.reason, WHY_MAX, true)
      if (!reason) return notDecided({ reason: 'Write a line for the member who suggested it.' }, row)
      return decide(ctx, row, { reason })
    }
    const title = words(answers.title, TITLE_MAX)
    const topic = words(answers.topic, 60)
    const named = ctx.content.topics.some((one) => one.id === topic && one.id !== 'off-topic')
    const fields = {
      ...(title ? {} : { title: 'Write a title.' }),
      ...(named || topic === '' || topic === 'auto' ? {} : { topic: 'Choose one of the topics offered.' }),
    }
    if (Object.keys(fields).length > 0) return notDecided(fields, row)
    return decide(ctx, row, { title, summary: words(answers.summary, WHY_MAX, true), ...(named ? { topic } : {}) })
  })
}

const notDecided = (fields: Record<string, string>, { id }: SuggestionRow): FormReply => ({
  refuse: 'bad-answer',
  fields,
  say: {
    title: 'Not decided yet',
    blocks: [{ kind: 'list', items: Object.values(fields).map((say) => t`${say}`) }],
    buttons: [{ label: 'Back to the suggestion', style: 'primary', act: { do: 'suggestions.open', suggestion: id } }],
  },
})

type Decision = { title: string; summary: string; topic?: string } | { reason: string }

/** Decides, unless another moderator was faster, and tells the member. */
async function decide(ctx: Ctx, row: SuggestionRow, decision: Decision): Promise<FormReply> {
  const { tx, now, actor } = ctx
  const { id: me } = await memberOf(ctx)
  const state = 'reason' in decision ? ('declined' as const) : ('approved' as const)
  const kept = 'reason' in decision ? { reason: decision.reason } : { title: decision.title }
  if (!(await decideSuggestion(tx, row.id, { state, decided_by: me, decided_at: now, ...kept })))
    return shown(ctx, (await suggestionById(tx, row.id)) ?? row, true)
  if (!('reason' in decision)) await becameItem(tx, row.id, await addSuggested(ctx, row, decision))
  await audit(tx, { at: now, space: actor.space, actor: me, what: `suggestion.${state}`, detail: row.id })
  const decided = (await suggestionById(tx, row.id))!
  const card = suggestionDecidedCard(suggestionOf(decided))
  await tellMember(ctx, row.space, row.member, `suggestion/${row.id}/member`, card)
  return shown(ctx, decided, true)
}
