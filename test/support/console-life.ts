import { unread } from '@cme-commons/app'
import { DAY, type Instant, plus } from '@cme-commons/core'
import { editionsOf, inTx, post, putSource } from '@cme-commons/db'
import { makePerson, settle } from '../../server/src/try/space.ts'
import { boss, type ConsoleWorld } from './console-house.ts'
import { START } from './try-house.ts'

export const TABLE = `conference,edition,kind,title,when,zone,status,source
SACME Annual Meeting,SACME 2027,abstracts,,2027-01-20,America/Chicago,confirmed,https://sacme.example/abstracts`

/** A community twelve days on, with something in every part of the console: readers, news, a suggestion, a date, and things that went wrong. */
export async function lived({ db, house, tried }: Pick<ConsoleWorld, 'db' | 'house' | 'tried'>): Promise<Instant> {
  await inTx(db, (tx) => settle(tx, house.content, START))
  const sara = { space: 'try', user: 'sara', name: 'Sara', zone: 'America/New_York' }
  const ned = await inTx(db, (tx) => makePerson(tx, { name: 'Ned', zone: 'UTC', track: 'program' }, START))
  await house.perform(sara, { do: 'digest.start' })
  await house.perform({ ...boss, channel: 'standards-news' }, { do: 'digest.start', here: 'yes' })
  for (const who of [sara, { space: 'try', user: ned.id, name: 'Ned' }]) {
    await house.perform(who, { do: 'path.start' })
    await house.perform(who, { do: 'step', step: 'communities' })
  }
  const page = {
    href: 'https://society.example/rules',
    title: 'A society rewrites its rules',
    why: 'Our form changes.',
  }
  await house.perform(sara, { do: 'form.submit', form: 'suggest', answers: page })
  const shown = await house.perform(boss, { do: 'form.submit', form: 'plan.import', answers: { csv: TABLE } })
  const save = 'say' in shown ? shown.say.buttons?.find(({ label }) => label === 'Save') : undefined
  if (save && 'act' in save) await house.perform(boss, save.act)
  const [edition] = await editionsOf(db.read, 'try')
  if (edition) await house.perform(sara, { do: 'going', edition: edition.id, answer: 'going' })
  await tried.moveClock(plus(START, 12 * DAY))
  const now = house.now()
  await inTx(db, async (tx) => {
    const ill = { name: 'A failing site', url: 'https://ill.example/feed', enabled: 1, failures: 6 }
    const since = { failing_since: plus(now, -3 * DAY), trouble: 'The server answers 503; it is tried again later.' }
    await putSource(tx, { ...unread('ill', START), ...ill, ...since })
    const effect = { kind: 'message' as const, card: { title: 'A word to Sara', blocks: [] } }
    await post(tx, now, [{ key: 'note/sara', lane: 'try/try', to: { space: 'try', user: 'sara' }, effect, due: now }])
    const dead = { state: 'dead' as const, attempts: 8, settled_at: now }
    const trouble = 'She takes no direct messages (50007).'
    await tx
      .updateTable('deliveries')
      .set({ ...dead, trouble })
      .where('key', '=', 'note/sara')
      .execute()
  })
  return now
}
