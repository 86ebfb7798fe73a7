import type { Press } from '../action.ts'
import type { Block, Button, Card } from '../card.ts'
import { commands, nearestCommand } from '../command.ts'
import { dateLine, howFar } from '../conferences/words.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { code, cut, em, strong, t, when } from '../text.ts'
import { dayIn, type Instant } from '../time.ts'
import { datedName, type ListedDate } from './dates.ts'
import { regionName, trackName } from './names.ts'

/** Who is looking, as far as the home card needs to know. */
export type Visitor = {
  name?: string
  track?: string
  region?: string
  next?: Instant
  subscribed: boolean
  /** How far she is on her pathway, once she has begun it: the steps done, of how many, and what is next. */
  path?: { done: number; total: number; next?: string }
  moderator?: boolean
  /** The next dates of which she is reminded, and what they are seen from. */
  dates?: readonly ListedDate[]
  now?: Instant
  zone?: string
}

/** What a person can do next: a newcomer is welcomed and finds one button that matters. */
export function homeCard(visitor: Visitor, knowledge: Knowledge): Card {
  const news: Button = { label: 'Latest news', act: { do: 'news' } }
  if (!visitor.track) {
    return {
      title: visitor.name ? `Welcome to the CME community, ${visitor.name}` : 'Welcome to the CME community',
      blocks: [
        {
          kind: 'text',
          text: t`Let's connect on the latest ACCME updates, and on those of EACCME, Joint Accreditation and the others who set the standards you work under.`,
        },
        {
          kind: 'text',
          text: t`First, which track do you work in? It decides what your digest brings; you can change it whenever you like.`,
        },
        { kind: 'list', items: knowledge.tracks.map((track) => t`${strong(track.name)}: ${track.summary}`) },
      ],
      buttons: [
        ...trackButtons(knowledge),
        { label: 'Find my track', act: { do: 'path.find' } },
        pathButton(visitor),
        news,
        ...forModerators(visitor),
      ],
    }
  }
  return {
    title: visitor.name ? `Good to see you, ${visitor.name}` : 'Good to see you',
    blocks: [
      {
        kind: 'facts',
        facts: [
          { name: 'Track', value: t`${trackName(knowledge, visitor.track)}` },
          { name: 'Region', value: t`${visitor.region ? regionName(knowledge, visitor.region) : 'not chosen'}` },
          {
            name: 'Digest',
            value: visitor.next ? t`next ${when(visitor.next)}` : t`${visitor.subscribed ? 'paused' : 'not started'}`,
          },
          { name: 'Onboarding', value: t`${pathSoFar(visitor)}` },
        ],
      },
      ...comingDates(visitor),
    ],
    buttons: [
      visitor.subscribed
        ? { label: 'My digest', style: 'primary', act: { do: 'digest' } }
        : { label: 'Start my digest', style: 'primary', act: { do: 'digest.start' } },
      pathButton(visitor),
      news,
      ...(visitor.dates?.length ? [{ label: 'My dates', act: { do: 'dates' as const } }] : []),
      { label: 'Change track', act: { do: 'tracks' } },
      { label: 'All commands', act: { do: 'help' } },
      ...forModerators(visitor),
    ],
  }
}

function comingDates({ dates = [], now, zone = 'UTC' }: Visitor): Block[] {
  if (dates.length === 0 || now === undefined) return []
  const today = dayIn(now, zone)
  const items = dates.map(
    (one) =>
      t`${dateLine({ ...one.date, title: datedName(one) }, one.edition?.zone)}, ${howFar(one.date, now, zone, today)}`,
  )
  return [
    { kind: 'heading', text: 'Your next dates', keep: 1 },
    { kind: 'list', items, keep: 1 },
  ]
}

const forModerators = ({ moderator }: Visitor): Button[] =>
  moderator
    ? [
        { label: 'Mock activities waiting', act: { do: 'reviews' } },
        { label: 'Who is under way', act: { do: 'funnel' } },
        { label: 'Settings', act: { do: 'setup' } },
        { label: 'Console', act: { do: 'console' } },
      ]
    : []

const pathButton = ({ path }: Visitor): Button =>
  path ? { label: 'My pathway', act: { do: 'path' } } : { label: 'Start onboarding', act: { do: 'path.start' } }

function pathSoFar({ path }: Visitor): string {
  if (!path) return 'not begun'
  return `${path.done} of ${path.total} steps done${path.next ? `, next: ${path.next}` : ''}`
}

const trackButtons = (knowledge: Knowledge): Button[] =>
  knowledge.tracks.map((track) => ({ label: track.name, act: { do: 'track.choose', track: track.id } }))

/** The four tracks, and where one works. */
export function tracksCard(visitor: Visitor, knowledge: Knowledge): Card {
  return {
    title: 'Tracks and regions',
    blocks: [
      {
        kind: 'list',
        items: knowledge.tracks.map(
          (track) => t`${strong(track.name)}: ${track.summary}${track.id === visitor.track ? ' (yours)' : ''}`,
        ),
      },
      {
        kind: 'text',
        text: t`Where you work decides which bodies come first. Yours is ${em(visitor.region ? regionName(knowledge, visitor.region) : 'not chosen yet')}.`,
      },
    ],
    buttons: [
      ...trackButtons(knowledge),
      ...knowledge.regions.map(
        (region): Button => ({ label: region.name, act: { do: 'region.choose', region: region.id } }),
      ),
    ],
  }
}

/** The answer to a name that the content does not have. */
export const unknownNameCard = (said: string, kinds: string, known: Press): Card => ({
  title: 'Not known here',
  blocks: [{ kind: 'text', text: t`No ${kinds} is called ${strong(cut(said, 60))}.` }],
  buttons: [{ label: 'Show what there is', style: 'primary', act: known }],
})

/** Every command, with what it is for. */
export const helpCard = (): Card => ({
  title: 'What you can ask for',
  blocks: [
    { kind: 'list', items: commands.map((command) => t`${code(`/cme ${command.usage}`)}: ${command.summary}`) },
    { kind: 'text', text: t`In a direct message you can leave out ${code('/cme')}.` },
  ],
  buttons: [{ label: 'What can I do next?', style: 'primary', act: { do: 'home' } }],
})

/** The answer to something that is no command: the nearest one, or help. */
export function unknownCard(said: string): Card {
  const near = nearestCommand(said)
  return {
    title: 'That is not a command here',
    blocks: [
      {
        kind: 'text',
        text: near
          ? t`Did you mean ${code(`/cme ${near.name}`)}? ${near.summary}.`
          : t`${code('/cme help')} lists what you can ask for.`,
      },
    ],
    buttons: [
      ...(near ? [{ label: `/cme ${near.name}`, style: 'primary' as const, act: near.parse('') }] : []),
      { label: 'Help', act: { do: 'help' } },
    ],
  }
}
