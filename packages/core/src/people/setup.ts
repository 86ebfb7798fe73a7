import type { Field, Form } from '../form.ts'
import type { Track } from '../knowledge/knowledge.ts'
import { LIMITS } from '../limits.ts'
import { cut } from '../text.ts'
import type { SpaceSettings } from './space.ts'

/**
 * What moderators do about the settings of their space; `draft` names values that were shown but not saved. A welcome is posted to the
 * `channel`, which is asked for when it is not said.
 */
export type SetupAction =
  | { do: 'setup' }
  | { do: 'setup.form'; form: string; draft?: string }
  | { do: 'setup.save'; draft: string }
  | { do: 'setup.log' }
  | { do: 'setup.welcome'; channel?: string }

/** Where settings hold: the platform decides which there are, the tracks what can be tied to them. */
export type SetupPlace = { platform: string; tracks: readonly Pick<Track, 'id' | 'name'>[] }

/** One setting by name (`zone`, `trackRoles.program`) as it was and as it shall be; nothing is unset. */
export type SettingChange = { name: string; from?: string; to?: string }

const SINGLE = ['zone', 'news', 'moderators', 'fallback', 'moderatorRole', 'mentorRole'] as const
const BY_TRACK = ['trackChannels', 'trackRoles'] as const

/** The settings by name, those of tracks as `trackRoles.program`. */
export const namedSettings = (settings: SpaceSettings): Map<string, string> =>
  new Map([
    ...SINGLE.flatMap((name) => (settings[name] ? [[name, settings[name]] as [string, string]] : [])),
    ...BY_TRACK.flatMap((name) =>
      Object.entries(settings[name]).map(([track, value]) => [`${name}.${track}`, value] as [string, string]),
    ),
  ])

/** The settings with some of them changed. */
export function changeSettings(settings: SpaceSettings, changes: readonly SettingChange[]): SpaceSettings {
  const named = namedSettings(settings)
  for (const { name, to } of changes) {
    if (to) named.set(name, to)
    else named.delete(name)
  }
  const under = (kind: (typeof BY_TRACK)[number]) =>
    Object.fromEntries(
      [...named].flatMap(([name, value]) =>
        name.startsWith(`${kind}.`) ? [[name.slice(kind.length + 1), value]] : [],
      ),
    )
  return {
    ...Object.fromEntries(SINGLE.flatMap((name) => (named.has(name) ? [[name, named.get(name)]] : []))),
    zone: named.get('zone') ?? settings.zone,
    trackChannels: under('trackChannels'),
    trackRoles: under('trackRoles'),
  }
}

/** Roles that a program can give are Discord's alone. */
export const hasRoles = ({ platform }: SetupPlace): boolean => platform === 'discord'

/** In Slack everybody takes direct messages of an app. */
const closesMessages = ({ platform }: SetupPlace): boolean => platform !== 'slack'

/** The forms of the settings that this place has, filled with what is set. A field that is emptied unsets its setting. */
export function setupForms(settings: SpaceSettings, place: SetupPlace): Form[] {
  const named = namedSettings(settings)
  const field = (kind: 'channel' | 'role', name: string, label: string, hint: string): Field => ({
    name,
    label: cut(label, LIMITS.field.label),
    hint,
    kind,
    optional: true,
    ...(named.has(name) ? { value: named.get(name) } : {}),
  })
  const forTracks = (kind: 'channel' | 'role', name: (typeof BY_TRACK)[number], hint: string) =>
    place.tracks.map((track) => field(kind, `${name}.${track.id}`, track.name, hint))
  return [
    ...parts('setup.zone', 'Time zone', [
      {
        name: 'zone',
        label: 'Time zone of this community',
        hint: 'As in America/Chicago or Europe/Brussels',
        kind: 'text',
        value: settings.zone,
        max: 60,
      },
    ]),
    ...parts('setup.channels', 'Channels', [
      field('channel', 'news', 'News', 'Where the digest of this community comes'),
      field('channel', 'moderators', 'Notices for moderators', 'Where you hear what needs a person'),
      ...(closesMessages(place)
        ? [field('channel', 'fallback', 'Closed direct messages', 'Where members who take none get a private thread')]
        : []),
    ]),
    ...parts(
      'setup.track-channels',
      'Track channels',
      forTracks('channel', 'trackChannels', 'Shown to members who choose it'),
    ),
    ...(hasRoles(place)
      ? [
          ...parts(
            'setup.track-roles',
            'Track roles',
            forTracks('role', 'trackRoles', 'Given to members who choose it'),
          ),
          ...parts('setup.roles', 'Moderators and mentors', [
            field('role', 'moderatorRole', 'Moderators', 'Members with it may do what moderators do here'),
            field('role', 'mentorRole', 'Mentors', 'Members with it may review mock activities'),
          ]),
        ]
      : []),
  ]
}

/** Forms of at most five fields: `setup.roles`, `setup.roles-2` and so on. */
function parts(id: string, title: string, fields: readonly Field[]): Form[] {
  const forms: Form[] = []
  for (let i = 0; i < fields.length; i += LIMITS.form.fields) {
    const part = i / LIMITS.form.fields + 1
    const which = part === 1 ? ['', ''] : [`-${part}`, ` ${part}`]
    const some = fields.slice(i, i + LIMITS.form.fields)
    forms.push({ id: id + which[0], title: title + which[1], submit: 'Show what it does', fields: some })
  }
  return forms
}
