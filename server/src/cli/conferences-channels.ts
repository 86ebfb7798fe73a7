import { upcoming } from '@cme-commons/app'
import { DAY, plainMoment, plus } from '@cme-commons/core'
import { allSpaces, conferenceChannelsOf, findEdition } from '@cme-commons/db'
import type { House } from '../house.ts'

/** Every conference channel: whose it is, how it is, and what comes in it next. */
export async function listChannels({ db, clock, content }: House): Promise<void> {
  const now = clock.now()
  const ahead = await upcoming(db.read, now, plus(now, 90 * DAY), content)
  let count = 0
  for (const space of await allSpaces(db.read))
    for (const { edition: id, name, channel, state, trouble } of await conferenceChannelsOf(db.read, space.id)) {
      count++
      const edition = await findEdition(db.read, id)
      const to = `channel:${channel}`
      const next = ahead.find((one) => one.space === space.id && one.to.includes(to) && one.decision === undefined)
      const comes = next ? `; next ${plainMoment(next.at, 'moment', 'UTC')}: ${next.title ?? next.what}` : ''
      console.log(
        `${id}  ${edition?.name ?? ''} (${space.name})  #${name}  ${trouble ? `${state}: ${trouble}` : state}${comes}`,
      )
    }
  if (count === 0) console.log('No conference has a channel: a moderator opens one with /cme channel in the chat.')
}
