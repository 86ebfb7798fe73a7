import {
  type Amiss,
  alreadyNewsCard,
  alreadySuggestedCard,
  amissCard,
  approveForm,
  type Card,
  channelWelcomeCard,
  declineForm,
  type Form,
  homeCard,
  type Item,
  type Knowledge,
  type SettingChange,
  type SpaceSettings,
  type Suggestion,
  setupCard,
  setupForms,
  setupLogCard,
  setupPreviewCard,
  suggestedCard,
  suggestForm,
  suggestionCard,
  suggestionDecidedCard,
  suggestionNote,
  suggestionsCard,
  t,
  tooManyCard,
  trackChosenCard,
  welcomeForm,
  welcomeInstaller,
  welcomePostedCard,
  welcomePreviewCard,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const AT = '2026-11-23T14:00:00.000Z'

const settings: SpaceSettings = {
  zone: 'Europe/Brussels',
  news: '1100000000000000001',
  moderators: '1100000000000000002',
  fallback: '1100000000000000003',
  moderatorRole: '1200000000000000001',
  mentorRole: '1200000000000000002',
  trackChannels: { program: '1100000000000000004', academic: '1100000000000000005' },
  trackRoles: { program: '1200000000000000003', academic: '1200000000000000004' },
}
const nothing: SpaceSettings = { zone: 'UTC', trackChannels: {}, trackRoles: {} }

const changes: readonly SettingChange[] = [
  { name: 'zone', from: 'UTC', to: 'Europe/Brussels' },
  { name: 'news', to: settings.news! },
  { name: 'moderators', to: settings.moderators! },
  { name: 'fallback', to: settings.fallback! },
  { name: 'trackChannels.program', to: '1100000000000000004' },
  { name: 'trackRoles.program', to: '1200000000000000003' },
  { name: 'moderatorRole', to: settings.moderatorRole! },
  { name: 'mentorRole', to: settings.mentorRole! },
]
const unset = changes.map(({ name, to }): SettingChange => ({ name, ...(to ? { from: to } : {}) }))

const suggestion: Suggestion = {
  id: 'sug1',
  href: 'https://www.example.org/accreditation/rules-of-2027',
  title: 'Sample: a society publishes its rules of 2027',
  why: 'Our disclosure form has to change before the spring meeting.',
  by: 'Sara',
  at: AT,
  state: 'open',
}
const labels: Pick<Item, 'topic' | 'body' | 'region' | 'tracks' | 'why'> = {
  topic: 'criteria-policy',
  region: 'us',
  tracks: ['accreditation'],
  why: [{ label: 'topic', value: 'criteria-policy', cue: 'rules', where: 'title' }],
}

const gone: Amiss = { channel: settings.news!, say: 'The channel is not there any more.', gone: true }
const closed = 'The bot may not give this role: drag the bot’s own role above it.'

/** The settings of a space, what choosing a track brings, and suggestions for the digest. */
export function settingsViews(content: Knowledge): Shown[] {
  const card = (view: string, card: Card): Shown => ({ view, card })
  const form = (form: Form): Shown => ({ view: `form/${form.id.split(':')[0]}`, form })
  const discord = { name: 'CME colleagues', platform: 'discord', settings, newsDigest: true }
  const fresh = { name: 'CME colleagues', platform: 'slack', settings: nothing, installer: true }
  const home = homeCard({ name: 'Sara', track: 'program', region: 'us', subscribed: true, next: AT }, content)
  const approved: Suggestion = { ...suggestion, state: 'approved', item: 'i1' }
  const declined: Suggestion = { ...suggestion, state: 'declined', reason: 'We had this in spring.' }
  return [
    card('setup', setupCard(discord, content)),
    card('setup/nothing', setupCard(fresh, content)),
    card('setup/saved', setupCard({ ...discord, newsDigest: false }, content, t`Saved.`)),
    card('setup/preview', setupPreviewCard(changes, 'd1', 'channels', content)),
    card(
      'setup/unset',
      setupPreviewCard(
        unset,
        'd1',
        'channels',
        content,
        t`Another moderator has changed this in the meantime. If it is still what you want:`,
      ),
    ),
    card(
      'setup/log',
      setupLogCard(
        changes.map((change) => ({ at: AT, by: 'Mo', change })),
        content,
      ),
    ),
    card('setup/log-none', setupLogCard([], content)),
    card('setup/welcome', welcomeInstaller(fresh)),
    form(welcomeForm()),
    card('setup/channel-welcome', channelWelcomeCard('CME colleagues')),
    card('setup/channel-welcome-preview', welcomePreviewCard('CME colleagues', '1100000000000000006')),
    card('setup/channel-welcome-posted', welcomePostedCard('1100000000000000006', true)),
    card('setup/channel-welcome-again', welcomePostedCard('1100000000000000006', false)),
    card('setup/channel-gone', amissCard(gone, ['news', 'trackChannels.program', 'trackChannels.academic'], true)),
    card('setup/role-closed', amissCard({ role: '1200000000000000003', say: closed }, ['trackRoles.program'], false)),
    ...setupForms(settings, { platform: 'discord', tracks: content.tracks }).map(form),
    card(
      'track/chosen',
      trackChosenCard(
        home,
        {
          track: 'program',
          channel: '1100000000000000004',
          role: '1200000000000000003',
          digest: { id: 's1', tracks: ['academic'] },
        },
        content,
      ),
    ),
    card('suggestion/thanks', suggestedCard(suggestion)),
    card('suggestion/in-the-news', alreadyNewsCard({ id: 'i1', title: suggestion.title, published: AT })),
    card('suggestion/waits', alreadySuggestedCard(suggestion)),
    card('suggestion/too-many', tooManyCard),
    card('suggestion/note', suggestionNote(suggestion)),
    card('suggestion/none', suggestionsCard([])),
    card('suggestion/queue', suggestionsCard([suggestion, { ...suggestion, id: 'sug2', by: 'Ines' }])),
    card('suggestion', suggestionCard(suggestion, content, labels)),
    card('suggestion/approved', suggestionCard(approved, content)),
    card('suggestion/declined', suggestionCard(declined, content)),
    card('suggestion/member-approved', suggestionDecidedCard(approved)),
    card('suggestion/member-declined', suggestionDecidedCard(declined)),
    form(suggestForm(suggestion.href)),
    form(approveForm(suggestion, content)),
    form(declineForm(suggestion)),
  ]
}
