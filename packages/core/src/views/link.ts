import type { Button, Card } from '../card.ts'
import { codeInWords, goesOn, type LinkSide } from '../people/link.ts'
import { STATES } from '../people/my-data-file.ts'
import { code, cut, strong, type Text, t, when } from '../text.ts'
import type { Instant } from '../time.ts'
import { type LinkPlace, type LinkWho, named, placeInWords, who } from './link-words.ts'

const home: Button = { label: 'What can I do next?', act: { do: 'home' } }
const again: Button = { label: 'My links', act: { do: 'link' } }
const button = (label: string) => cut(label, 75)

/** The code to type on the other side. */
export const linkCodeCard = (letters: string, until: Instant): Card => ({
  title: 'Be one member here and elsewhere',
  blocks: [
    {
      kind: 'text',
      text: t`On the other side (another community, on Slack, Discord or the try-out page), say to CME Commons:`,
    },
    { kind: 'text', text: t`${code(`/cme link ${codeInWords(letters)}`)}` },
    {
      kind: 'list',
      items: [
        t`It works once, until ${when(until, 'time')}. Nothing is changed before you have seen what it will do and confirmed it there.`,
        t`${strong('Type it yourself, and give it to nobody:')} whoever types it may share your progress and your documents.`,
      ],
    },
  ],
  buttons: [{ label: 'Show another code', act: { do: 'link.code' } }, home],
})

/** What linking will do, before anything is changed. `link` names the code that was typed. */
export function linkPreviewCard(here: LinkSide, there: LinkSide, link: string): Card {
  const confirm = (side: 'here' | 'there') => ({ do: 'link.confirm' as const, link, home: side })
  return {
    title: 'Be one member in both?',
    blocks: [
      {
        kind: 'text',
        text: t`Here you are ${who(here)}. The code was made by ${who(there)}. Go on only if that is you.`,
      },
      { kind: 'heading', text: 'What this will do' },
      {
        kind: 'list',
        items: [
          progressTogether(here, there),
          ...documentsTogether(here, there),
          digestsTogether(here, there),
          t`Welcomes and reminders come once, to the side that you choose. Your name, track, region and time zone are those of that side; what is not set there comes from the other.`,
          t`What waits for review stays with the community in which it was handed in, and so do roles, suggestions and keys to the API. The other side is told of the link.`,
        ],
      },
      {
        kind: 'text',
        text: t`Nothing is changed yet. ${code('/cme unlink')} undoes it: the side that leaves gets back what it has now.`,
      },
    ],
    buttons: [
      { label: button('Link; messages come here'), style: 'primary', act: confirm('here') },
      { label: button(`Link; messages come to ${placeInWords(there)}`), act: confirm('there') },
      { label: 'Do not link', act: { do: 'link.cancel', link } },
    ],
  }
}

const steps = (n: number) => (n === 1 ? '1 step' : `${n} steps`)

function progressTogether(here: LinkSide, there: LinkSide): Text {
  const all = new Set([...here.done, ...there.done]).size
  if (all === 0) return t`Your progress is one from now on. Nothing is done yet on either side.`
  return t`Your progress is put together: ${steps(here.done.length)} done here, ${there.done.length} there, ${strong(`${all} together`)}. What is done on one side is done, from the day it was; right answers stay right.`
}

function documentsTogether(here: LinkSide, there: LinkSide): Text[] {
  if (here.documents.length === 0 || there.documents.length === 0)
    return here.documents.length + there.documents.length === 0
      ? []
      : [t`Your ${inWords(here.documents.length > 0 ? here : there)} can be worked on from both sides.`]
  const [kept, aside] = goesOn(here.documents, there.documents) ? [here, there] : [there, here]
  return [
    t`You have written on both sides. ${strong(`The ${inWords(kept)} from ${placeInWords(kept)}`)} ${kept.documents.length > 1 ? 'go' : 'goes'} on, being further along or newer. The ${inWords(aside)} from ${placeInWords(aside)} ${aside.documents.length > 1 ? 'are' : 'is'} set aside: you can still read and save that text with ${code('/cme my-data')}.`,
  ]
}

const inWords = ({ documents }: LinkSide): string =>
  [...documents]
    .sort((a, b) => (a.kind < b.kind ? 1 : -1))
    .map(({ kind, state }) => `${kind === 'needs' ? 'needs assessment' : 'mock activity'} (${STATES[state] ?? state})`)
    .join(' and ')

function digestsTogether(here: LinkSide, there: LinkSide): Text {
  const said = ({ digest }: LinkSide) => (digest ? `${digest.when}${digest.paused ? ', paused' : ''}` : 'none')
  if (!here.digest && !there.digest) return t`If you start a digest, it is one, and comes to the side that you choose.`
  return t`One digest, to the side that you choose; the other one pauses. Here it is: ${said(here)}. There: ${said(there)}. A side without one takes over what the other has. What one of them told you is not told again.`
}

/** It is done. `others` are the other sides. */
export const linkedCard = (others: readonly LinkWho[], home: LinkPlace, said?: string): Card => ({
  title: 'You are one member in all of these',
  blocks: [
    ...(said ? [{ kind: 'text' as const, text: t`${said}` }] : []),
    { kind: 'list', items: others.map(named) },
    {
      kind: 'text',
      text: t`One progress, one set of documents, one digest. What comes unasked comes to ${strong(placeInWords(home))}.`,
    },
  ],
  buttons: [
    { label: 'My progress', style: 'primary', act: { do: 'progress' } },
    { label: 'Let it come here', act: { do: 'link.home' } },
    { label: 'Link one more', act: { do: 'link.code' } },
    { label: 'Unlink', style: 'danger', act: { do: 'unlink' } },
  ],
})

/** What the other side is told of a link, or of the end of one. `other` is where it was done. */
export const linkNote = (other: LinkWho, at: Instant, what: 'linked' | 'unlinked'): Card => ({
  title: what === 'linked' ? 'You are linked with another community' : 'A link of yours has ended',
  blocks: [
    {
      kind: 'text',
      text:
        what === 'linked'
          ? t`Since ${when(at)} you are one member with ${who(other)}: one progress, one set of documents, one digest.`
          : t`Since ${when(at)} you are not one member with ${who(other)} any more.`,
    },
    {
      kind: 'text',
      text:
        what === 'linked'
          ? t`${strong('That was not you?')} Unlink at once, and tell a moderator of your community.`
          : t`${code('/cme progress')} shows what is here.`,
    },
  ],
  buttons:
    what === 'linked'
      ? [
          { label: 'That was me', style: 'primary', act: { do: 'progress' } },
          { label: 'Unlink', style: 'danger', act: { do: 'unlink' } },
        ]
      : [{ label: 'My progress', style: 'primary', act: { do: 'progress' } }, again],
})
