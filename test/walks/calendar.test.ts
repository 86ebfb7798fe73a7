import { perform } from '@cme-commons/app'
import { type Action, type Actor, plain, type Reply } from '@cme-commons/core'
import { auditLines, type Db, inTx, putFollow, tokensOfMember } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { apiRoutes } from '../../server/src/api/routes.ts'
import { linkCode } from '../../server/src/secrets.ts'
import { apiHouse, NOW } from '../support/api-house.ts'
import { calendarIn } from '../support/calendar-house.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { knowledge, moderator, sara } from '../support/world.ts'

async function started(db: Db) {
  await calendarIn(db, NOW, [{}, { kind: 'grant', title: 'Travel grants' }])
  const house = await apiHouse(db)
  const app = apiRoutes(house)
  const press = (actor: Actor, action: Action): Promise<Reply> =>
    inTx(db, (tx) => perform({ tx, now: NOW, content: knowledge, actor, site: house.site, random: linkCode }, action))
  const textOf = async (actor: Actor, action: Action) => {
    const reply = await press(actor, action)
    if ('ask' in reply) throw new Error('a card was expected')
    expect('refuse' in reply || reply.private).toBe(true)
    return plain(reply.say)
  }
  const read = (address: string) => app.request(address.slice(house.site.length))
  return { db, press, textOf, read }
}

const addressIn = (text: string): string => /https:\/\/cme\.example\.org\/v1\/calendar\/[a-z]{48}\.ics/.exec(text)![0]

describeEachDatabase((fresh) => {
  test('a member makes the address of her calendar, makes another one, and ends it', async () => {
    const { db, textOf, read } = await started(await (await fresh()).open())
    expect(await textOf(sara, { do: 'calendar' })).toContain('Make an address of your own')
    const first = addressIn(await textOf(sara, { do: 'calendar.new' }))
    const { member } = await db.read.selectFrom('identities').select('member').executeTakeFirstOrThrow()
    const follow = {
      space: 'try',
      address: 'user:sara',
      member,
      scope: 'conference/sacme',
      kinds: ',abstracts,',
      tracks: '',
      days: '',
      minutes: '',
      answer: null,
      zone: 'UTC',
      quiet: null,
      made_at: NOW,
      since: NOW,
    }
    await inTx(db, (tx) => putFollow(tx, follow))
    const calendar = await (await read(first)).text()
    expect(calendar.match(/^SUMMARY:.*$/gm)).toEqual(['SUMMARY:SACME 2027: Abstracts due'])
    expect(await textOf(sara, { do: 'calendar' })).toMatch(/Your own address was made .* last read/)

    const again = await textOf(sara, { do: 'calendar.new' })
    expect(again).toContain('The address before this one has ended')
    const second = addressIn(again)
    expect(second).not.toBe(first)
    expect([(await read(first)).status, (await read(second)).status]).toEqual([410, 200])
    // Only hashes are kept, and only one address holds.
    const tokens = await tokensOfMember(db.read, member)
    expect(tokens.filter(({ revoked_at }) => revoked_at === null)).toHaveLength(1)
    expect(JSON.stringify(tokens)).not.toContain(second.slice(-52, -4))

    expect(await textOf(sara, { do: 'calendar.end' })).toContain('Your address has ended')
    expect((await read(second)).status).toBe(410)
  })

  test('moderators open and close the calendar of their community, on record', async () => {
    const { db, press, textOf, read } = await started(await (await fresh()).open())
    await inTx(db, (tx) => tx.deleteFrom('settings').where('name', 'like', 'calendar/%').execute())
    expect(await press(sara, { do: 'calendar.open' })).toMatchObject({ refuse: 'moderators-only' })
    const open = 'https://cme.example.org/v1/conferences.ics?space=try'
    expect((await read(open)).status).toBe(404)
    expect(await textOf(moderator, { do: 'calendar.open' })).toContain(open)
    expect((await (await read(open)).text()).match(/BEGIN:VEVENT/g)).toHaveLength(2)
    expect(await textOf(sara, { do: 'calendar' })).toContain(open)
    await press(moderator, { do: 'calendar.close' })
    expect((await read(open)).status).toBe(404)
    expect((await auditLines(db.read, { space: 'try' })).map(({ what }) => what)).toEqual([
      'calendar.close',
      'calendar.open',
    ])
  })
})
