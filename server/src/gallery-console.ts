import {
  consoleCard,
  consoleEndedCard,
  consoleNeedsHttpsCard,
  type DeliveryStory,
  deliveryCard,
  keyForm,
  keyMadeCard,
  keysCard,
  type SourceDesk,
  sourceDeskCard,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const AT = '2026-11-23T14:00:00.000Z'
const EARLIER = '2026-11-20T14:00:00.000Z'
const LINK = `https://cme.example.org/console/in?key=${'bcdfghjk'.repeat(6)}`

const KEY = { id: 'tok3', scopes: 'read', by: 'Mo', made: EARLIER, expires: AT }

const promised: DeliveryStory = {
  key: 'digest/s1/2026-11-23T13:00:00.000Z',
  what: 'digest',
  to: 'Sara',
  state: 'waiting',
  attempts: 0,
  made: EARLIER,
  due: AT,
  doubt: false,
}
const failed: Partial<DeliveryStory> = { attempts: 8, settled: AT, trouble: 'She takes no direct messages (50007).' }
const source: SourceDesk = {
  id: 'society',
  name: 'A society’s news',
  url: 'https://society.example/feed/',
  enabled: true,
  lastRead: AT,
  lastItem: EARLIER,
  next: AT,
  failures: 0,
  sample: false,
  theirs: true,
}

/** Every view of the console's own actions. */
export function consoleViews(): Shown[] {
  const delivery = (view: string, more: Partial<DeliveryStory>): Shown => ({
    view: `delivery/${view}`,
    card: deliveryCard({ ...promised, ...more }),
  })
  const desk = (view: string, more: Partial<SourceDesk>): Shown => ({
    view: `source/${view}`,
    card: sourceDeskCard({ ...source, ...more }),
  })
  return [
    { view: 'console', card: consoleCard(LINK, []) },
    {
      view: 'console/signed-in',
      card: consoleCard(LINK, [{ id: 'con1', since: EARLIER, seen: AT, browser: 'Firefox on Linux' }]),
    },
    { view: 'console/ended', card: consoleEndedCard(2) },
    { view: 'console/ended-one', card: consoleEndedCard(1, true) },
    { view: 'console/https', card: consoleNeedsHttpsCard },
    { view: 'keys', card: keysCard([]) },
    {
      view: 'keys/some',
      card: keysCard(
        [
          { ...KEY, used: AT },
          { ...KEY, id: 'tok1', scopes: 'moderate', by: 'command line' },
        ],
        'tok2 has ended.',
      ),
    },
    { view: 'keys/form', form: keyForm() },
    { view: 'keys/made', card: keyMadeCard(KEY, `cme_${'bcdfghjk'.repeat(5)}bcd`) },
    delivery('waits', { quiet: '22:00-07:00 America/Chicago' }),
    delivery('again', { attempts: 3, doubt: true, trouble: 'No answer within ten seconds.' }),
    delivery('failed', { ...failed, what: 'message', state: 'dead' }),
    delivery('told-later', {
      ...failed,
      state: 'dead',
      cannot: 'Its items came with a later digest, or are on their way with one.',
    }),
    delivery('arrived', {
      what: 'message',
      to: '#moderators',
      title: 'A source fails',
      state: 'done',
      settled: AT,
      twice: 'looked-up',
    }),
    delivery('sent-again', { what: 'reminder', says: 'It is sent again now.' }),
    desk('well', {}),
    desk('failing', {
      failingSince: EARLIER,
      failures: 6,
      trouble: 'The server answers 503; it is tried again later.',
    }),
    desk('gone', { goneSince: EARLIER }),
    desk('off', { enabled: false, reason: 'Nobody has read this feed yet.' }),
    desk('shared', { theirs: false, says: 'It is paused: nothing is read from it until you say so.' }),
  ]
}
