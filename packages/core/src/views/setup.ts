import type { Block, Button, Card } from '../card.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { hasRoles, type SettingChange, setupForms } from '../people/setup.ts'
import type { SpaceSettings } from '../people/space.ts'
import { code, cut, join, type Span, strong, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'
import { trackName } from './names.ts'

/** A space as the cards of its settings show it. `newsDigest`: whether the channel for news has a digest; `installer`: notices go to her. */
export type SpaceAt = {
  name: string
  platform: string
  settings: SpaceSettings
  newsDigest?: boolean
  installer?: boolean
}

const channel = (id: string): Span => ({ channel: id })
const role = (id: string): Span => ({ role: id })

/** What is set for a space, with the way to each form; `said` is what just became of it. */
export function setupCard(space: SpaceAt, knowledge: Knowledge, said?: Text): Card {
  const { settings, newsDigest } = space
  const { zone, news, moderators, fallback, moderatorRole, mentorRole, trackChannels, trackRoles } = settings
  const byTrack = (ids: Readonly<Record<string, string>>, span: (id: string) => Span): Text => {
    const tied = knowledge.tracks.flatMap(({ id, name }) => (ids[id] ? [t`${name}: ${span(ids[id])}`] : []))
    return tied.length > 0 ? join(tied, ', ') : t`none`
  }
  const notices = moderators
    ? t`${channel(moderators)}`
    : space.installer
      ? t`to whoever installed the program`
      : t`nowhere`
  const roles = hasRoles(placeOf(space, knowledge))
  const fact = (name: string, value: Text) => ({ name, value })
  return {
    title: cut(`Settings of ${space.name}`, 150),
    blocks: [
      ...(said ? [{ kind: 'text' as const, text: said }] : []),
      {
        kind: 'facts',
        facts: [
          fact('Language', t`English, the only one there is so far`),
          fact('Time zone', t`${zone}`),
          fact(
            'News',
            news ? t`${channel(news)}, ${newsDigest ? 'its digest is on' : 'no digest yet'}` : t`no channel`,
          ),
          fact('Notices for moderators', notices),
          ...(space.platform === 'slack'
            ? []
            : [
                fact(
                  'Closed direct messages',
                  fallback ? t`a private thread in ${channel(fallback)}` : t`nothing is sent`,
                ),
              ]),
          fact('Track channels', byTrack(trackChannels, channel)),
          ...(roles
            ? [
                fact('Track roles', byTrack(trackRoles, role)),
                fact('Moderators', moderatorRole ? t`${role(moderatorRole)}` : t`by the platform’s own permissions`),
                fact('Mentors', mentorRole ? t`${role(mentorRole)}` : t`no role`),
              ]
            : []),
        ],
      },
      ...(space.platform === 'slack' && (news || moderators)
        ? [
            {
              kind: 'text' as const,
              text: t`The app posts only where it was invited: write ${code('/invite @CME Commons')} in each of these channels.`,
            },
          ]
        : []),
    ],
    buttons: [
      ...(news && !newsDigest
        ? [
            {
              label: 'Start the digest for news',
              style: 'primary' as const,
              act: { do: 'digest.start' as const, here: 'news' },
            },
          ]
        : []),
      ...formButtons(space, knowledge),
      { label: 'Post a welcome', act: { do: 'setup.welcome' } },
      { label: 'Who changed what', act: { do: 'setup.log' } },
    ],
  }
}

const placeOf = ({ platform }: SpaceAt, { tracks }: Knowledge) => ({ platform, tracks })

const formButtons = (space: SpaceAt, knowledge: Knowledge): Button[] =>
  setupForms(space.settings, placeOf(space, knowledge)).map(({ id, title }) => ({
    label: title,
    act: { do: 'setup.form', form: id.slice('setup.'.length) },
  }))

/** What a change will do, before it is saved. `draft` is where it is kept until then, `said` what came between. */
export const setupPreviewCard = (
  changes: readonly SettingChange[],
  draft: string,
  form: string,
  knowledge: Knowledge,
  said?: Text,
): Card => ({
  title: 'What this will do',
  blocks: [
    ...(said ? [{ kind: 'text' as const, text: said }] : []),
    { kind: 'list', items: changes.map((change) => willDo(change, knowledge)) },
    { kind: 'text', text: t`Nothing is changed yet.` },
  ],
  buttons: [
    { label: 'Save', style: 'primary', act: { do: 'setup.save', draft } },
    { label: 'Change', act: { do: 'setup.form', form, draft } },
    { label: 'Leave it as it is', act: { do: 'setup' } },
  ],
})

/** What one setting does from the moment it is saved. */
function willDo({ name, to }: SettingChange, knowledge: Knowledge): Text {
  const [kind, id = ''] = name.split('.')
  const track = strong(trackName(knowledge, id))
  switch (kind) {
    case 'zone':
      return t`Times are told in ${strong(to ?? 'UTC')} where a member’s own zone is not known, and new channel digests come by it. Digests that are set up keep their times.`
    case 'news':
      return to
        ? t`${channel(to)} becomes the place for news. Saving sends nothing there: the next card has the button that starts its digest.`
        : t`No channel is the place for news. A digest that comes to one goes on until it is stopped there.`
    case 'moderators':
      return to
        ? t`What needs a moderator is told in ${channel(to)}: a news source that fails, a mock activity handed in, a suggestion. Everybody who reads that channel sees it.`
        : t`Nobody is told what needs a moderator. ${code('/cme reviews')} and ${code('/cme suggestions')} still show what waits.`
    case 'fallback':
      return to
        ? t`Members who take no direct messages are asked once, then get what is theirs in a private thread in ${channel(to)}.`
        : t`Members who take no direct messages get no digests and reminders of their own.`
    case 'trackChannels':
      return to
        ? t`Members who choose ${track} are shown ${channel(to)}.`
        : t`Members who choose ${track} are shown no channel.`
    case 'trackRoles':
      return to
        ? t`Members who choose ${track} from now on get ${role(to)}, and lose it when they choose another track. Members who chose it earlier get the role by choosing it again.`
        : t`Members who choose ${track} get no role. Members who have one keep it.`
    case 'moderatorRole':
      return to
        ? t`Everybody with ${role(to)} can change these settings, review, and decide on suggestions.`
        : t`No role makes a moderator; the platform’s own permissions do.`
    case 'mentorRole':
      return to ? t`Everybody with ${role(to)} may review mock activities, as mentors do.` : t`No role makes a mentor.`
    default:
      return t`${name}: ${to ?? 'unset'}`
  }
}

/** One change as the audit has it; `by` is a name. */
export type AuditedChange = { at: Instant; by: string; change: SettingChange }

/** Who changed what, the latest first. */
export const setupLogCard = (lines: readonly AuditedChange[], knowledge: Knowledge): Card => ({
  title: 'Who changed what',
  blocks:
    lines.length > 0
      ? [{ kind: 'list', items: lines.map((line) => logLine(line, knowledge)) }]
      : [{ kind: 'text', text: t`Nothing was changed yet.` }],
  buttons: [{ label: 'Settings', style: 'primary', act: { do: 'setup' } }],
})

function logLine({ at, by, change: { name, from, to } }: AuditedChange, knowledge: Knowledge): Text {
  const value = (id?: string): Span => {
    if (!id) return 'nothing'
    if (name === 'zone') return id
    return /^(?:trackRoles|moderatorRole|mentorRole)/.test(name) ? role(id) : channel(id)
  }
  return t`${when(at)}, ${strong(cut(by, 60))}: ${settingInWords(name, knowledge)}, ${value(from)} → ${value(to)}`
}

/** The first words to whoever installed the program: what it does unasked (nothing) and what to set first. */
export const welcomeInstaller = (space: Pick<SpaceAt, 'name' | 'settings'>): Card => ({
  title: cut(`CME Commons is in ${space.name}`, 150),
  blocks: [
    {
      kind: 'text',
      text: t`Nothing is sent to any channel until you say where. Members can begin at once with ${code('/cme')}.`,
    } satisfies Block,
    {
      kind: 'list',
      items: [
        t`${strong('Where should news go?')} Name a channel, look at what that will do, then start its digest.`,
        t`${strong('Where should moderators be told?')} Until you name a channel, notices come to you, here.`,
        t`${strong('Which time zone?')} It is ${space.settings.zone} now.`,
      ],
    },
    {
      kind: 'text',
      text: t`You can do all of this later with ${code('/cme setup')}; ${code('/cme help')} lists the rest.`,
    },
  ],
  buttons: [
    { label: 'Choose channels', style: 'primary', act: { do: 'setup.form', form: 'channels' } },
    { label: 'Time zone', act: { do: 'setup.form', form: 'zone' } },
    { label: 'All settings', act: { do: 'setup' } },
    { label: 'What can I do next?', act: { do: 'home' } },
  ],
})

/** A setting by its name on the cards: `Track role of Program Developers`. */
function settingInWords(name: string, knowledge: Knowledge): string {
  const [kind, id] = name.split('.')
  const words: Record<string, string> = {
    zone: 'Time zone',
    news: 'News',
    moderators: 'Notices for moderators',
    fallback: 'Closed direct messages',
    moderatorRole: 'Moderators',
    mentorRole: 'Mentors',
    trackChannels: 'Track channel',
    trackRoles: 'Track role',
  }
  return id ? `${words[kind ?? ''] ?? kind} of ${trackName(knowledge, id)}` : (words[kind ?? ''] ?? name)
}
