import {
  DATE_KINDS,
  type FormReply,
  planSavedCard,
  planWrongCard,
  policiesCard,
  type Reply,
  type Text,
  t,
} from '@cme-commons/core'
import { holdSpace, policiesOf, putPolicy, takeDraft } from '@cme-commons/db'
import type { Ctx } from '../ctx.ts'
import { editionHere } from './catalog.ts'
import { decide } from './found.ts'
import { meetingIsHere, otherMeeting } from './one-meeting.ts'
import { asPlanner, dateHere, draftName, leadsHere, preview } from './plan-draft.ts'
import { eventDate } from './preview.ts'
import type { Proposed } from './proposed.ts'
import { leadsText, listed, policyOf } from './rows.ts'
import { type Changer, saveConference, saveDate, saveEdition } from './save.ts'

/** Saves what was shown. A date that another moderator changed since is shown anew; the second press finds nothing left to save. */
export const savePlan = (ctx: Ctx, id: string): Promise<Reply> =>
  asPlanner<Reply>(ctx, async () => {
    await holdSpace(ctx.tx, ctx.actor.space)
    const draft = await takeDraft(ctx.tx, await draftName(ctx, id))
    if (!draft) return saved(t`There is nothing left to save here: it was saved already, or begun anew since.`)
    const proposed = JSON.parse(draft.body) as Proposed
    const stale = await isStale(ctx, proposed)
    if (stale) {
      const now = proposed.what === 'date' && proposed.date.id ? await dateHere(ctx, proposed.date.id) : undefined
      if (proposed.what !== 'date' || !now)
        return saved(t`Another moderator changed this meanwhile. Nothing was saved: read the table again.`)
      return preview(
        ctx,
        { ...proposed, sequence: now.sequence },
        undefined,
        t`Another moderator changed this meanwhile. If it is still what you want:`,
      )
    }
    const second = await secondMeeting(ctx, proposed)
    return second ?? store(ctx, proposed, { tx: ctx.tx, now: ctx.now, by: { member: draft.member } })
  })

const datesIn = (proposed: Proposed) =>
  proposed.what === 'date' ? [proposed] : proposed.what === 'dates' ? proposed.rows : []

async function isStale(ctx: Ctx, proposed: Proposed): Promise<boolean> {
  for (const { date, sequence } of datesIn(proposed))
    if (date.id && (await dateHere(ctx, date.id))?.sequence !== sequence) return true
  return false
}

/** The refusal where another moderator entered the meeting itself meanwhile. */
async function secondMeeting(ctx: Ctx, proposed: Proposed): Promise<FormReply | undefined> {
  for (const { date } of datesIn(proposed)) {
    const there = await otherMeeting(ctx.tx, date)
    const again = { form: 'date', of: `edition/${date.edition}` }
    if (there) return { refuse: 'already-there', say: planWrongCard([meetingIsHere(there)], again, there) }
  }
  return undefined
}

const saved = (said: Text, edition?: { id: string; name: string }, conference?: string): FormReply => ({
  say: planSavedCard(said, edition, conference),
  private: true,
  update: true,
})

async function store(ctx: Ctx, proposed: Proposed, by: Changer): Promise<FormReply> {
  const { space } = ctx.actor
  switch (proposed.what) {
    case 'conference': {
      const { name, organiser, href, tracks, region } = proposed.said
      const row = await saveConference(by, {
        ...(proposed.id ? { id: proposed.id } : {}),
        space,
        name,
        short: name.slice(0, 60),
        organiser,
        href: href ?? null,
        tracks: listed(tracks),
        region,
        month: null,
        format: 'varies',
        about: `Added by the moderators of this community.`,
        source: href ?? organiser,
        checked: ctx.now.slice(0, 10),
      })
      return saved(t`${name} is in the list.`, undefined, row.id)
    }
    case 'edition': {
      const edition = await saveEdition(by, proposed.edition)
      if (proposed.days) await saveDate(by, eventDate({ ...proposed.edition, id: edition.id }, proposed.days, ctx.now))
      return saved(t`${edition.name} is saved.`, edition)
    }
    case 'date': {
      const row = await saveDate(by, proposed.date)
      if (proposed.found) await decide(ctx, proposed.found, 'taken')
      const edition = row.edition ? await editionHere(ctx, row.edition) : undefined
      return saved(t`${row.title} is ${row.gone_at ? 'taken out' : 'saved'}.`, edition)
    }
    case 'dates': {
      const count = await saveTable(by, proposed.rows)
      return saved(t`${String(count)} dates are saved.`)
    }
    case 'policy':
      await putPolicy(ctx.tx, { space, kind: proposed.kind, leads: leadsText(proposed.leads), since: ctx.now })
      return policiesReply(ctx, t`Saved.`)
  }
}

/** Keeps the rows of a table with the editions that it names for the first time; answers how many. */
export async function saveTable(by: Changer, rows: Extract<Proposed, { what: 'dates' }>['rows']): Promise<number> {
  const made = new Map<string, string>()
  for (const { edition, date } of rows) {
    const name = `${edition.conference} ${edition.name}`
    const id = edition.id ?? made.get(name) ?? (await saveEdition(by, edition)).id
    made.set(name, id)
    await saveDate(by, { ...date, edition: id })
  }
  return rows.length
}

async function policiesReply(ctx: Ctx, said?: Text): Promise<FormReply> {
  const own = (await policiesOf(ctx.tx, ctx.actor.space)).map(policyOf)
  const kinds = []
  for (const kind of DATE_KINDS)
    kinds.push({ kind, leads: await leadsHere(ctx, kind), own: own.some((policy) => policy.kind === kind) })
  return { say: policiesCard(kinds, said), private: true, ...(said ? { update: true } : {}) }
}

export const showPolicies = (ctx: Ctx): Promise<Reply> => asPlanner<Reply>(ctx, () => policiesReply(ctx))
