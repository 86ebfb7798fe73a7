import { type SpaceSettings, setupForms } from '@cme-commons/core'
import { findSpace, type Read, settingsOf } from '@cme-commons/db'
import { actingFor, saved } from '../acting.ts'
import type { ApiHouse } from '../house.ts'
import { type Operation, ok, reading, writing } from '../operation.ts'
import { isRefused, refused, told, UNUSABLE, type Wrong } from '../told.ts'
import { settings, settingsChange } from './schemas.ts'

const SINGLE = ['news', 'moderators', 'fallback', 'moderatorRole', 'mentorRole'] as const
const BY_TRACK = ['trackChannels', 'trackRoles'] as const

async function settingsJson(db: Read, id: string) {
  const space = (await findSpace(db, id))!
  const kept: SpaceSettings = await settingsOf(db, id)
  return {
    space: id,
    name: space.name,
    platform: space.platform,
    zone: kept.zone,
    ...Object.fromEntries(SINGLE.map((name) => [name, kept[name] ?? null])),
    trackChannels: kept.trackChannels,
    trackRoles: kept.trackRoles,
  }
}

/** What moderators set for their space, by the forms of `/cme setup`. */
export function settingsOperations(house: ApiHouse): Operation[] {
  const path = '/v1/settings'
  const tag = 'community'
  return [
    reading(house, {
      ...{ path, tag },
      operationId: 'getSettings',
      summary: 'What is set for this community',
      access: 'moderator',
      answers: { 200: ok(settings, 'The settings.') },
      handle: async ({ caller, db }) => told(await settingsJson(db, caller!.space)),
    }),
    writing(house, {
      ...{ path, tag },
      method: 'patch',
      operationId: 'changeSettings',
      summary: 'Change what is set for this community',
      description:
        'A merge patch (RFC 7396): what is left out stays, `null` unsets. Which settings there are depends on the platform.',
      access: 'signed',
      answers: { 200: ok(settings, 'As they are now.') },
      body: settingsChange,
      current: (db, { space }) => settingsJson(db, space),
      async handle({ tx, caller, body }) {
        const ctx = await actingFor(house, caller, tx)
        if (isRefused(ctx)) return ctx
        const wanted = named(body)
        const { platform } = (await findSpace(tx, caller.space))!
        const place = { platform, tracks: house.content.tracks }
        const forms = setupForms(await settingsOf(tx, caller.space), place)
        const known = new Set(forms.flatMap(({ fields }) => fields.map(({ name }) => name)))
        const errors = [...wanted.keys()]
          .filter((name) => !known.has(name))
          .map(
            (name): Wrong => ({
              pointer: pointerTo(name),
              detail: 'There is no such setting here: the platform or the track has none.',
            }),
          )
        if (errors.length > 0) return refused(422, UNUSABLE, errors)
        for (const { id, fields } of forms) {
          const answers = Object.fromEntries(
            fields.flatMap(({ name }) => (wanted.has(name) ? [[name, wanted.get(name)!]] : [])),
          )
          if (Object.keys(answers).length === 0) continue
          const pointers = Object.fromEntries(fields.map(({ name }) => [name, pointerTo(name)]))
          const done = await saved(ctx, id, answers, 'setup.save', pointers)
          if (isRefused(done)) return done
        }
        return told(await settingsJson(tx, caller.space))
      },
    }),
  ]
}

const pointerTo = (name: string): string => `#/${name.replace('.', '/')}`

/** The wanted settings as the forms name them, `trackRoles.program`; the empty text unsets one. */
function named(body: Record<string, unknown>): Map<string, string> {
  const all = Object.entries(body).flatMap(([name, value]): [string, string][] =>
    BY_TRACK.some((one) => one === name)
      ? Object.entries(value as Record<string, string | null>).map(([track, to]) => [`${name}.${track}`, to ?? ''])
      : [[name, (value as string | null) ?? '']],
  )
  return new Map(all)
}
