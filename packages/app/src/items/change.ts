import {
  type Answers,
  atWall,
  DAY,
  dayIn,
  dayInWords,
  type FormReply,
  hideForm,
  type ItemEdit,
  listed,
  pinForm,
  plus,
  type Reply,
  relabelForm,
  SUMMARY_MAX,
  summaryForm,
  t,
  WHY_EDIT_MAX,
  written,
} from '@cme-commons/core'
import { findSpace, type ItemRow, type ItemTable } from '@cme-commons/db'
import { itemOf } from '../rows.ts'
import { tellOfItems } from '../webhook-events.ts'
import { asEditor, change, desk, type Editor } from './desk.ts'

export const askLabels = (ctx: Editor, id: string): Promise<Reply> =>
  asEditor<Reply>(ctx, id, async (row) => ({ ask: relabelForm(itemOf(row), ctx.content) }))
export const askSummary = (ctx: Editor, id: string): Promise<Reply> =>
  asEditor<Reply>(ctx, id, async (row) => ({ ask: summaryForm(itemOf(row)) }))

/** Pins until a day, asks for it without one. */
export const pin = (ctx: Editor, id: string, until?: string): Promise<Reply> =>
  asEditor<Reply>(ctx, id, async () => (until === undefined ? { ask: pinForm({ id }) } : pinUntil(ctx, id, until)))
export const unpin = (ctx: Editor, id: string): Promise<Reply> =>
  asEditor<Reply>(ctx, id, async () => {
    const done = await change(ctx, id, { pinned_until: null }, 'unpin')
    return desk(ctx, id, done ? t`Unpinned.` : t`It was not pinned.`)
  })

/** Hides an item for a reason, asks for it without one. */
export const hide = (ctx: Editor, id: string, why?: string): Promise<Reply> =>
  asEditor<Reply>(ctx, id, async () => {
    if (why === undefined) return { ask: hideForm({ id }) }
    const done = await change(ctx, id, { hidden: 1 }, 'hide', why)
    return desk(
      ctx,
      id,
      done ? t`Hidden: no digest, search or list of this community has it from now on.` : t`It is hidden already.`,
    )
  })
export const show = (ctx: Editor, id: string): Promise<Reply> =>
  asEditor<Reply>(ctx, id, async () => {
    const done = await change(ctx, id, { hidden: 0 }, 'show')
    return desk(ctx, id, done ? t`Shown again.` : t`It was not hidden.`)
  })

/** Words of a person on one line, or on several. */
export const words = (answer: Answers[string] | undefined, most: number, lines = false): string =>
  (typeof answer === 'object' ? (answer[0] ?? '') : (answer ?? ''))
    .replace(lines ? /(?!\n)[\p{Cc}\p{Cf}]+/gu : /[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, most)
    .trim()

/** The forms `item.relabel:<item>`, `item.summary:<item>`, `item.pin:<item>`, `item.hide:<item>`. */
export const submitChange = (ctx: Editor, kind: string, id: string, answers: Answers): Promise<FormReply> =>
  asEditor<FormReply>(ctx, id, async (row) => {
    const why = words(answers.why, WHY_EDIT_MAX)
    if (kind === 'item.relabel') return relabel(ctx, row, answers)
    if (kind === 'item.pin') return pinUntil(ctx, id, words(answers.until, 10), why)
    if (kind === 'item.summary') return rewrite(ctx, row, answers, why)
    if (why === '') return wrong(id, { why: 'Say in a few words why; the other moderators read it.' })
    return (await hide(ctx, id, why)) as FormReply
  })

export const wrong = (item: string, fields: Record<string, string>): FormReply => ({
  refuse: 'bad-answer',
  fields,
  say: {
    title: 'Nothing is changed yet',
    blocks: [{ kind: 'list', items: Object.values(fields).map((say) => t`${say}`) }],
    buttons: [{ label: 'Back to the item', style: 'primary', act: { do: 'item.edit', item } }],
  },
})

async function pinUntil(ctx: Editor, id: string, said: string, why?: string): Promise<FormReply> {
  const zone = (await findSpace(ctx.tx, ctx.actor.space))?.zone ?? 'UTC'
  const until = pinEnd(said, ctx.now, zone)
  if (!until) return wrong(id, { until: 'Say until when: a day as in 2027-03-15, or 14 (days); a year at most.' })
  const done = await change(ctx, id, { pinned_until: until.end }, 'pin', why)
  return desk(
    ctx,
    id,
    done
      ? t`Pinned until ${dayInWords(until.day)}: it stands first in the news and in each digest that comes, for whose reader it is.`
      : t`It is pinned until then already.`,
  )
}

/** `14`, `14d`, `2w` or a day as the last day of a pin and the moment at which that is over; nothing for another text or more than a year. */
function pinEnd(said: string, now: string, zone: string): { day: string; end: string } | undefined {
  const [, count, unit] = /^(\d{1,3})\s*(d|days?|w|weeks?)?$/i.exec(said) ?? []
  const named = /^\d{4}-\d{2}-\d{2}$/.test(said) && !Number.isNaN(Date.parse(said)) ? said : undefined
  const day = count ? dayIn(plus(now, Number(count) * (/^w/i.test(unit ?? '') ? 7 : 1) * DAY), zone) : named
  if (!day || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) return undefined
  const end = atWall(dayIn(plus(`${day}T12:00:00.000Z`, DAY), 'UTC'), '00:00', zone)
  return end > now && end <= plus(now, 367 * DAY) ? { day, end } : undefined
}

/** What is as the source has it follows the source; what is not, stays as the moderator said. */
async function relabel(ctx: Editor, row: ItemRow, answers: Answers): Promise<FormReply> {
  const { content } = ctx
  const of: ItemTable = row.unedited ?? row
  const topic = words(answers.topic, 60)
  const region = words(answers.region, 60)
  const body = words(answers.body, 60).replace(/^none$/, '')
  const ticked = answers.tracks ?? []
  const tracks = typeof ticked === 'string' ? listed(ticked) : [...ticked]
  const action = words(answers.action, 10).toLowerCase()
  const day = /^\d{4}-\d{2}-\d{2}$/.test(action) && !Number.isNaN(Date.parse(action)) ? action : ''
  const has = (list: readonly { id: string }[], id: string) => list.some((one) => one.id === id)
  const fields = {
    ...(has(content.topics, topic) && topic !== 'off-topic' ? {} : { topic: 'Choose one of the topics offered.' }),
    ...(has(content.regions, region) ? {} : { region: 'Choose one of the regions offered.' }),
    ...(body === '' || has(content.bodies, body) || body === row.body
      ? {}
      : { body: 'Choose one of the bodies offered, or none.' }),
    ...(tracks.every((one) => has(content.tracks, one)) ? {} : { tracks: 'Choose among the tracks offered.' }),
    ...(['', 'yes', 'no'].includes(action) || day
      ? {}
      : { action: 'Write a day as in 2027-03-15, “yes”, or nothing.' }),
  }
  if (Object.keys(fields).length > 0) return wrong(row.id, fields)
  const asked = action === 'yes' || day !== '' ? 1 : 0
  const unless = <T>(said: T, source: T): T | null => (said === source ? null : said)
  const same = [...tracks].sort().join() === listed(of.tracks).sort().join()
  const to: Partial<ItemEdit> = {
    topic: unless(topic, of.topic),
    body: unless(body, of.body ?? ''),
    region: unless(region, of.region),
    tracks: same ? null : written(tracks),
    action: unless(asked, of.action),
    action_date: unless(day, of.action_date ?? ''),
  }
  const done = await change(ctx, row.id, to, 'relabel')
  if (row.topic === 'off-topic') await tellOfItems(ctx.tx, [{ ...of, topic, space: ctx.actor.space }], ctx.now)
  return desk(ctx, row.id, done ? t`Saved. Digests from now on go by these labels.` : t`The labels are as they were.`)
}

async function rewrite(ctx: Editor, row: ItemRow, answers: Answers, why: string): Promise<FormReply> {
  const of: ItemTable = row.unedited ?? row
  const title = words(answers.title, 200)
  const summary = words(answers.summary, SUMMARY_MAX, true)
  const own = title === '' || of.title.startsWith(title.replace(/…$/, '')) ? null : title
  const done = await change(ctx, row.id, { title: own, summary: summary || null }, 'summary', why)
  return desk(ctx, row.id, done ? t`Saved.` : t`The words are as they were.`)
}
