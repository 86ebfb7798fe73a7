import {
  type Card,
  type LinkSide,
  linkCodeCard,
  linkedCard,
  linkGoneCard,
  linkNote,
  linkPreviewCard,
  noSuchCodeCard,
  notLinkedCard,
  sameSideCard,
  tooManyTriesCard,
  unlinkCard,
  unlinkedCard,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const AT = '2026-11-23T14:00:00.000Z'

const slack: LinkSide = {
  name: 'Sara',
  place: 'Northern society',
  platform: 'slack',
  done: ['fundamentals', 'communities', 'listen'],
  documents: [
    { kind: 'needs', state: 'ready', changed: AT },
    { kind: 'activity', state: 'submitted', changed: AT },
  ],
  digest: { when: 'every Monday at 08:00 (America/New_York)', paused: false },
}
const discord: LinkSide = {
  name: 'Sara B.',
  place: 'CME colleagues',
  platform: 'discord',
  done: ['fundamentals', 'reviewer'],
  documents: [{ kind: 'needs', state: 'draft', changed: AT }],
  digest: { when: 'every day at 07:00 (America/New_York)', paused: true },
}
const newcomer: LinkSide = { place: 'Try-out space', platform: 'try', done: [], documents: [] }

/** Every view of being one member on several platforms. */
export function linkViews(): Shown[] {
  const card = (view: string, card: Card): Shown => ({ view, card })
  return [
    card('link/code', linkCodeCard('BCDFGHJK', AT)),
    card('link/preview', linkPreviewCard(discord, slack, 'link1')),
    card('link/preview-newcomer', linkPreviewCard(newcomer, slack, 'link1')),
    card('link/preview-nothing', linkPreviewCard(newcomer, { ...newcomer, place: 'Another space' }, 'link1')),
    card('link/linked', linkedCard([slack], discord)),
    card('link/linked-three', linkedCard([slack, newcomer], discord, 'It comes here from now on.')),
    card('link/note', linkNote(discord, AT, 'linked')),
    card('link/note-unlinked', linkNote(discord, AT, 'unlinked')),
    card('link/no-such-code', noSuchCodeCard(3)),
    card('link/last-try', noSuchCodeCard(0)),
    card('link/too-many', tooManyTriesCard()),
    card('link/same-side', sameSideCard()),
    card('link/gone', linkGoneCard()),
    card('link/not-linked', notLinkedCard()),
    card('unlink', unlinkCard(discord, [slack])),
    card('unlink/three', unlinkCard(discord, [slack, newcomer])),
    card('unlink/done', unlinkedCard(slack)),
  ]
}
