import { type Answers, changeSettings, type Instant } from '@cme-commons/core'
import { inTx, putSettings, settingsOf } from '@cme-commons/db'
import { answer, type House } from '../../server/src/house.ts'
import { saveOf } from './conference-world.ts'

/** Monday, 8 March 2027, in the week before the meeting. */
export const WEEK_BEFORE: Instant = '2027-03-08T15:00:00.000Z'

/** A moderator of a space in Chicago enters things in forms and saves what they show; she is asked nothing else. */
export async function meeting(house: House, space: string, user: string) {
  const actor = { space, user, moderator: true }
  const enter = async (form: string, answers: Answers) => {
    const shown = await answer(house, actor, { do: 'form.submit', form, answers })
    return answer(house, actor, saveOf(shown))
  }
  await inTx(house.db, async (tx) =>
    putSettings(tx, space, changeSettings(await settingsOf(tx, space), [{ name: 'zone', to: 'America/Chicago' }])),
  )
  const said = { status: 'confirmed', source: 'programme', place: 'Hall A' }
  await enter('plan.edition:sacme', {
    name: 'SACME 2027',
    zone: 'America/Chicago',
    place: 'Tampa',
    href: 'https://example.org/sacme',
    days: '2027-03-14 to 2027-03-15',
  })
  await enter('plan.session:e1', { ...said, title: 'Opening', when: '2027-03-14 09:00 to 10:00' })
  return {
    enter,
    /** The opening session at another time of its day, or in another place. */
    moveOpening: (when: string) => enter('plan.session:cd2', { ...said, title: 'Opening', when }),
  }
}
