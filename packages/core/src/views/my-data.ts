import type { Block, Button, Card } from '../card.ts'
import type { Form } from '../form.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { MyData } from '../people/my-data.ts'
import { myDataFile, STATES } from '../people/my-data-file.ts'
import { scheduleInWords } from '../people/schedule.ts'
import { cut, strong, type Text, t, when } from '../text.ts'
import { regionName, trackName } from './names.ts'
import { fileCard } from './planning-file.ts'

/** What has to be typed before anything is erased. */
export const ERASE_WORD = 'ERASE'

const overview: Button = { label: 'The overview', act: { do: 'my-data' } }
const KEPT_WHERE: Text = t`It is in the database of whoever runs this program. The moderators of your community see your progress and your documents; nobody outside it sees anything.`
const count = (n: number, one: string, many: string): string =>
  n === 0 ? 'none' : n === 1 ? `1 ${one}` : `${n} ${many}`

/** Everything that is kept about a member, counted, with the ways to read, save and erase it. */
export function myDataCard(data: MyData, content: Knowledge, saves: readonly Button[] = []): Card {
  const { member, onboarding, documents, deliveries } = data
  const done = onboarding.steps.filter((one) => one.done).length
  const waiting = deliveries.filter(({ state }) => state === 'waiting').length
  const reviews = documents.reduce((sum, one) => sum + one.reviews.length, 0)
  const [digest] = data.digests
  const rest: [string, string][] = [
    ['Roles', count(data.roles.filter(({ takenAt }) => !takenAt).length, 'role', 'roles')],
    ['Reviews you wrote', count(data.reviewsByMe.length, 'review', 'reviews')],
    ['Pages you suggested', count(data.suggestions.length, 'page', 'pages')],
    ['At meetings', meetingsIn(data)],
    ['Prepared, not saved', count(data.drafts.length, 'form', 'forms')],
    ['Reminders', remindersIn(data)],
    ['Keys to the API', count(data.tokens.filter(({ revoked }) => !revoked).length, 'key', 'keys')],
    ['Signed in to the console', count(data.signedIn.length, 'browser', 'browsers')],
    ['Kept by a bot', count(data.botNotes.length, 'note', 'notes')],
    ['Try-out chat', count(data.chat.length, 'line', 'lines')],
  ]
  return {
    title: 'What is kept about you',
    blocks: [
      {
        kind: 'facts',
        facts: [
          { name: 'Name', value: [cut(member.name ?? 'none', 100)] },
          { name: 'Track', value: [member.track ? trackName(content, member.track) : 'not chosen'] },
          { name: 'Region', value: [member.region ? regionName(content, member.region) : 'not chosen'] },
          { name: 'Time zone', value: [member.zone ?? 'that of the community'] },
          { name: 'Known since', value: t`${when(member.since, 'day')}` },
          { name: 'Known in', value: [spacesOf(data)] },
        ],
      },
      {
        kind: 'facts',
        facts: [
          { name: 'Digest', value: [digest ? scheduleInWords(digest.schedule) : 'none'] },
          {
            name: 'Onboarding',
            value: onboarding.started
              ? t`begun ${when(onboarding.started, 'day')}; ${onboarding.steps.length === 0 ? 'no step looked at yet' : `${count(onboarding.steps.length, 'step', 'steps')} looked at, ${done} done`}`
              : ['not begun'],
          },
          { name: 'Answers', value: [count(onboarding.answers.length, 'question', 'questions')] },
          { name: 'Samples reviewed', value: [count(onboarding.samples.length, 'sample', 'samples')] },
          {
            name: 'Documents',
            value: [
              `${documents.map(({ kind, state }) => `${kind === 'needs' ? 'needs assessment' : 'mock activity'} (${STATES[state] ?? state})`).join(', ') || 'none'}${reviews > 0 ? `; handed in ${reviews === 1 ? 'once' : `${reviews} times`}` : ''}`,
            ],
          },
          {
            name: 'Sent to you',
            value: [
              `${count(deliveries.length, 'message', 'messages')}${waiting > 0 ? `, ${waiting} of them waiting` : ''}`,
            ],
          },
          ...rest.filter(([, value]) => value !== 'none').map(([name, value]) => ({ name, value: [value] })),
        ],
      },
      { kind: 'text', text: KEPT_WHERE },
    ],
    buttons: [
      { label: 'Read all of it', style: 'primary', act: { do: 'my-data.read' } },
      ...saves,
      { label: 'Erase all of it', style: 'danger', act: { do: 'my-data.erase' } },
    ],
  }
}

function remindersIn({ reminders }: MyData): string {
  if (!reminders) return 'none'
  if (reminders.stopped) return 'stopped'
  return reminders.snoozedUntil ? 'snoozed' : reminders.nudged ? 'sent once' : 'none sent yet'
}

function meetingsIn({ meetings }: MyData): string {
  const parts = [
    ...(meetings.introductions.length > 0 ? ['you want to meet people'] : []),
    ...(meetings.here.length > 0 ? ['you are shown as being there'] : []),
    ...(meetings.questions.length > 0 ? [count(meetings.questions.length, 'question', 'questions')] : []),
    ...(meetings.starred.length > 0 ? [count(meetings.starred.length, 'star', 'stars')] : []),
  ]
  return parts.join(', ') || 'none'
}

const spacesOf = ({ identities }: MyData): string =>
  cut([...new Set(identities.map(({ name, platform }) => `${name} (${platform})`))].join(', '), 300)

/** All of it in words, from the `from`th section on. */
export const myDataPage = (data: MyData, content: Knowledge, from: number, saves: readonly Button[] = []): Card =>
  fileCard(myDataFile(data, content), from, (from) => ({ do: 'my-data.read', from }), overview, saves, {
    lead: '',
    footer: KEPT_WHERE,
  })

/** What erasing takes and what it leaves, before anything is done. */
export const eraseCard = (data: MyData): Card => {
  const spaces = new Set(data.identities.map(({ space }) => space)).size
  const everywhere: Block[] =
    spaces > 1
      ? [
          {
            kind: 'text',
            text: t`${strong(`You are known in ${spaces} communities`)}: ${spacesOf(data)}. You are erased in all of them at once.`,
          },
        ]
      : []
  return {
    title: 'Erase everything that is kept about you?',
    blocks: [
      ...everywhere,
      { kind: 'heading', text: 'What goes' },
      {
        kind: 'list',
        items: [
          t`Your name, your choices, your digest, your roles, and that you were ever here.`,
          t`Your progress, your answers, your documents with their reviews, also those that wait for review.`,
          t`What waits to be sent to you, and what each message to you said.`,
        ],
      },
      { kind: 'heading', text: 'What stays' },
      {
        kind: 'list',
        items: [
          t`Counts without a name: that somebody began or did a step.`,
          t`Reviews you wrote of others’ work, without your name.`,
          t`What is in the chat itself, which belongs to the platform, and backups until they are replaced.`,
        ],
      },
      { kind: 'text', text: t`This cannot be undone. Save what you want to keep first.` },
    ],
    buttons: [
      { label: 'Keep it', style: 'primary', act: { do: 'my-data' } },
      { label: 'Go on to erase it', style: 'danger', act: { do: 'my-data.confirm' } },
    ],
  }
}

/** A word has to be typed, so that a stray press erases nothing. */
export const eraseForm = (): Form => ({
  id: 'my-data.erase',
  title: 'Erase everything',
  submit: 'Erase',
  fields: [
    {
      kind: 'text',
      name: 'word',
      label: `Type ${ERASE_WORD} to erase everything`,
      hint: 'This cannot be undone. Close this to keep everything.',
      max: 20,
    },
  ],
})

/** The answer to any other word. */
export const notErasedCard = (): Card => ({
  title: 'Nothing was erased',
  blocks: [{ kind: 'text', text: t`Type ${strong(ERASE_WORD)} to erase everything that is kept about you.` }],
  buttons: [
    { label: 'Keep it', style: 'primary', act: { do: 'my-data' } },
    { label: 'Try again', style: 'danger', act: { do: 'my-data.confirm' } },
  ],
})

const again: Button = { label: 'Begin anew', act: { do: 'home' } }

/** It is done. What she does next makes her somebody new. */
export const erasedCard = (): Card => ({
  title: 'Everything about you is erased',
  blocks: [
    {
      kind: 'text',
      text: t`Nothing is sent to you any more; what was on its way at this very moment may still arrive. When you ask for something again, you begin as somebody new.`,
    },
  ],
  buttons: [again],
})

/** The answer to who was erased, or has never said anything. */
export const nothingKeptCard = (): Card => ({
  title: 'Nothing is kept about you',
  blocks: [
    {
      kind: 'text',
      text: t`You have not begun here, or everything about you was erased. Asking this has changed nothing.`,
    },
  ],
  buttons: [{ label: 'What is this?', act: { do: 'home' } }],
})
