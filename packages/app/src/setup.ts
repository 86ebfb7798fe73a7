import {
  type Answers,
  changeSettings,
  type Field,
  type FormReply,
  goneCard,
  isZone,
  namedSettings,
  type Reply,
  type SettingChange,
  type SpaceAt,
  setupCard,
  setupForms,
  setupLogCard,
  setupPreviewCard,
  type Text,
  t,
} from '@cme-commons/core'
import {
  audit,
  auditLines,
  findDraft,
  findSpace,
  holdSpace,
  namesOfMembers,
  putDraft,
  putSettings,
  settingsOf,
  subscriptionAt,
  takeDraft,
} from '@cme-commons/db'
import type { Ctx } from './ctx.ts'
import { memberOf } from './people.ts'
import { unknownZone } from './schedule-form.ts'

const KIND = 'setup'
const AUDITED = 'setup.'

const moderatorsOnly: FormReply = {
  refuse: 'moderators-only',
  say: {
    title: 'Moderators set this up',
    blocks: [
      {
        kind: 'text',
        text: t`The moderators of this community decide where things go. Your own are one command away.`,
      },
    ],
    buttons: [{ label: 'What can I do next?', style: 'primary', act: { do: 'home' } }],
  },
}
const noSuchForm: FormReply = { refuse: 'gone', say: goneCard('This form is not used any more.') }

/** What is set for the space, for its moderators. */
export const setup = (ctx: Ctx): Promise<Reply> => asModerator(ctx, () => shown(ctx))

/** What follows for a moderator; anybody else is told whose it is. */
export async function asModerator<R extends Reply>(ctx: Ctx, then: () => Promise<R>): Promise<R | FormReply> {
  return ctx.actor.moderator ? then() : moderatorsOnly
}

async function shown(ctx: Ctx, said?: Text): Promise<FormReply> {
  return { say: setupCard(await spaceAt(ctx), ctx.content, said), private: true, update: said !== undefined }
}

async function spaceAt({ tx, actor }: Ctx): Promise<SpaceAt> {
  const space = await findSpace(tx, actor.space)
  if (!space) throw new Error(`The space ${actor.space} is not known; the platform's set-up registers it first`)
  const settings = await settingsOf(tx, space.id)
  const digest = settings.news && (await subscriptionAt(tx, space.id, `channel:${settings.news}`))
  return {
    name: space.name,
    platform: space.platform,
    settings,
    newsDigest: Boolean(digest),
    installer: space.moderators?.startsWith('user:') ?? false,
  }
}

/** One form of the settings, filled with what is set, or with the `draft` that was shown before. */
export const askSetup = (ctx: Ctx, form: string, draft?: string): Promise<Reply> =>
  asModerator<Reply>(ctx, async () => {
    const { platform, settings } = await spaceAt(ctx)
    const kept = draft ? await findDraft(ctx.tx, await draftName(ctx, draft)) : undefined
    const filled = kept ? changeSettings(settings, draftOf(kept).changes) : settings
    const found = setupForms(filled, { platform, tracks: ctx.content.tracks }).find(({ id }) => id === `setup.${form}`)
    return found ? { ask: found } : noSuchForm
  })

const draftName = async (ctx: Ctx, id: string) => ({
  space: ctx.actor.space,
  member: (await memberOf(ctx)).id,
  kind: KIND,
  id,
})
const draftOf = ({ body }: { body: string }) => JSON.parse(body) as { form: string; changes: SettingChange[] }

/** A filled-in form, `setup.channels`: says what it will do and keeps it until it is saved. */
export const submitSetup = (ctx: Ctx, formId: string, answers: Answers): Promise<FormReply> =>
  asModerator(ctx, async () => {
    const { platform, settings } = await spaceAt(ctx)
    const form = setupForms(settings, { platform, tracks: ctx.content.tracks }).find(({ id }) => id === formId)
    if (!form) return noSuchForm
    const named = namedSettings(settings)
    const fields: Record<string, string> = {}
    const changes: SettingChange[] = []
    for (const field of form.fields) {
      const to = said(answers[field.name])
      const from = named.get(field.name)
      if (to === undefined || to === (from ?? '')) continue
      const wrong = wrongWith(field, to)
      if (wrong) fields[field.name] = wrong
      else changes.push({ name: field.name, ...(from ? { from } : {}), ...(to ? { to } : {}) })
    }
    const name = formId.slice('setup.'.length)
    if (Object.keys(fields).length > 0) return notSaved(fields, name)
    return changes.length > 0 ? preview(ctx, name, changes) : shown(ctx, t`That is what is set already.`)
  })

/** What was answered: nothing when the field was not asked, the empty text when it was emptied. */
const said = (answer: Answers[string] | undefined): string | undefined =>
  (typeof answer === 'object' ? (answer[0] ?? '') : answer)?.trim()

function wrongWith({ kind, name }: Field, value: string): string | undefined {
  if (name === 'zone') return isZone(value) ? undefined : unknownZone(value)
  return value === '' || /^[\w-]{1,80}$/.test(value) ? undefined : `Choose a ${kind} of this community from the list.`
}

const notSaved = (fields: Record<string, string>, form: string): FormReply => ({
  refuse: 'bad-answer',
  fields,
  say: {
    title: 'Nothing is changed yet',
    blocks: [{ kind: 'list', items: Object.values(fields).map((say) => t`${say}`) }],
    buttons: [{ label: 'Try again', style: 'primary', act: { do: 'setup.form', form } }],
  },
})

async function preview(ctx: Ctx, form: string, changes: readonly SettingChange[], why?: Text): Promise<FormReply> {
  const { id: member } = await memberOf(ctx)
  const body = JSON.stringify({ form, changes })
  const draft = await putDraft(ctx.tx, { space: ctx.actor.space, member, kind: KIND, body, at: ctx.now })
  return { say: setupPreviewCard(changes, draft, form, ctx.content, why), private: true, update: why !== undefined }
}

/** Saves what was shown. What another moderator changed since is shown anew; the second press finds nothing left to save. */
export const saveSetup = (ctx: Ctx, id: string): Promise<Reply> =>
  asModerator<Reply>(ctx, async () => {
    const { space } = ctx.actor
    await holdSpace(ctx.tx, space)
    const draft = await takeDraft(ctx.tx, await draftName(ctx, id))
    if (!draft) return shown(ctx, t`There is nothing left to save here: it was saved already, or begun anew since.`)
    const { form, changes } = draftOf(draft)
    const settings = await settingsOf(ctx.tx, space)
    const now = namedSettings(settings)
    if (changes.some(({ name, from }) => now.get(name) !== from)) {
      const left = changes.flatMap(({ name, to }): SettingChange[] => {
        const from = now.get(name)
        return from === to ? [] : [{ name, ...(from ? { from } : {}), ...(to ? { to } : {}) }]
      })
      return left.length > 0
        ? preview(ctx, form, left, t`Another moderator has changed this in the meantime. If it is still what you want:`)
        : shown(ctx, t`Another moderator has saved the same in the meantime.`)
    }
    await putSettings(ctx.tx, space, changeSettings(settings, changes))
    for (const change of changes)
      await audit(ctx.tx, {
        at: ctx.now,
        space,
        actor: draft.member,
        what: AUDITED + change.name,
        detail: JSON.stringify(change),
      })
    return shown(ctx, t`Saved.`)
  })

const SHOWN = 12

/** Who changed which setting, the latest first. */
export const setupLog = (ctx: Ctx): Promise<Reply> =>
  asModerator<Reply>(ctx, async () => {
    const { space } = ctx.actor
    const lines = (await auditLines(ctx.tx, { space, limit: 200 })).filter(({ what }) => what.startsWith(AUDITED))
    const names = await namesOfMembers(
      ctx.tx,
      lines.map(({ actor }) => actor),
    )
    const told = lines.slice(0, SHOWN).map(({ at, actor, detail }) => ({
      at,
      by: names.get(actor) ?? 'a former member',
      change: JSON.parse(detail) as SettingChange,
    }))
    return { say: setupLogCard(told, ctx.content), private: true }
  })
