import { changeMember, findMember, inTx, membersNamed, wordsOfName } from '@cme-commons/db'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { memberNames } from '../../db/src/migrations/0024-member-names.ts'
import { describeEachDatabase } from '../support/databases.ts'
import { sara, worldOn } from '../support/world.ts'

const NOW = '2026-11-23T15:00:00.000Z'

test('a name is found from each of its words on, in small letters and without accents', () => {
  expect(wordsOfName('  María-José  van den Berg ')).toEqual([
    'maria jose van den berg',
    'jose van den berg',
    'van den berg',
    'den berg',
    'berg',
  ])
  expect(wordsOfName('李小龍')).toEqual(['李小龍'])
  expect(wordsOfName('‮🙂!!!')).toEqual(['🙂'])
  expect(wordsOfName('...')).toEqual([])
  expect(wordsOfName('x'.repeat(500))[0]).toHaveLength(80)
  expect(wordsOfName('a b c d e f g h')).toHaveLength(6)
})

describeEachDatabase((fresh) => {
  async function started() {
    const world = await worldOn(await (await fresh()).open(), NOW)
    const arrive = async (user: string, name: string, space = 'try') => {
      await world.press({ space, user, name, zone: 'UTC' }, { do: 'home' }, NOW)
      return (await findMember(world.db.read, space, user))!.id
    }
    const found = async (said: string, space = 'try') =>
      (await membersNamed(world.db.read, space, said, 11)).map(({ name }) => name)
    return { ...world, arrive, found }
  }

  test('members are found by how their names, or words of them, begin; a few of many, in order', async () => {
    const { arrive, found } = await started()
    for (const [user, name] of [
      ['u1', 'Ana Müller'],
      ['u2', 'Bo van Ana'],
      ['u3', 'Cy Hanau'],
      ['u4', 'ana'],
    ] as const)
      await arrive(user, name)
    expect(await found('ANA')).toEqual(['Ana Müller', 'Bo van Ana', 'ana'].sort())
    expect(await found('muller')).toEqual(['Ana Müller'])
    expect(await found('van an')).toEqual(['Bo van Ana'])
    expect(await found('anau')).toEqual([])
    for (const nothing of ['', ' ', '%', '_', '\\', '*', '☠'.repeat(90)]) expect(await found(nothing)).toEqual([])
    expect(await found('u3')).toEqual(['Cy Hanau'])
    for (let i = 0; i < 30; i++) await arrive(`w${i}`, `Walker Walker Walker ${i}`)
    expect(await found('walk')).toHaveLength(11)
  })

  test('a new name, another space and leaving are followed', async () => {
    const { db, arrive, found } = await started()
    await inTx(db, (tx) =>
      sql`insert into spaces (id, platform, name, zone, made_at) values ('other', 'try', 'Other', 'UTC', ${NOW})`.execute(
        tx,
      ),
    )
    const id = await arrive('u1', 'Ana Old')
    await arrive('u1', 'Ana Elsewhere', 'other')
    await arrive('u1', 'Ana New')
    expect([await found('old'), await found('new'), await found('elsewhere')]).toEqual([[], ['Ana New'], []])
    await inTx(db, (tx) => changeMember(tx, id, { name: null }))
    expect(await found('ana')).toEqual([])
    expect(await found('ana', 'other')).toEqual(['Ana Elsewhere'])
  })

  test('an upgrade makes everybody findable who was there', async () => {
    const { db, arrive, found, say } = await started()
    await arrive('u1', 'Ana Müller')
    await say(sara, '/cme', NOW)
    await inTx(db, async (tx) => {
      await sql`drop table member_names`.execute(tx)
      await memberNames(tx)
    })
    expect([await found('mull'), await found('sara')]).toEqual([['Ana Müller'], ['Sara']])
  })
})
