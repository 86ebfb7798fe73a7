import { readSearch, UNEDITED } from '@cme-commons/core'
import {
  type Db,
  type Edited,
  forgetEditsOf,
  indexItems,
  inTx,
  migrate,
  putEdit,
  putSpace,
  type SearchQuery,
  searchItems,
} from '@cme-commons/db'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { apiHouse, NOW, store } from '../support/api-house.ts'
import { describeEachDatabase } from '../support/databases.ts'

const LINE = { at: NOW, changed_by: null, said: 'test', what: 'summary', why: null, before: UNEDITED }

/** PostgreSQL's labels as they were before 0026. */
const LABELS_AS_BEFORE = `update item_words set words = ts_delete(words, array(select word from unnest(tsvector_to_array(words)) word
  where word like '/%')) || array_to_tsvector(array(select substr(word, 2) from unnest(tsvector_to_array(words)) word where word like '/%'))`

describeEachDatabase((fresh) => {
  const started = async () => {
    const db = await (await fresh()).open()
    await apiHouse(db)
    for (const id of ['ours', 'theirs'])
      await inTx(db, (tx) =>
        putSpace(tx, { id, platform: 'try', name: id, zone: 'UTC', moderators: null, made_at: NOW }),
      )
    await store(db, [
      { title: 'A call for comment', text: 'On educational needs and outcomes.', topic: 'criteria-policy' },
      { title: 'Mitigation of relationships', text: 'Relevant financial relationships are mitigated.', region: 'eu' },
      { title: 'Tickets', text: 'Our policies on trains.', topic: 'off-topic' },
    ])
    return db
  }
  const edit = (db: Db, item: string, change: Partial<NonNullable<Edited['edit']>>, space = 'ours') =>
    inTx(db, (tx) => putEdit(tx, { ...UNEDITED, space, item, ...change }, LINE))
  const finder =
    (db: Db, space?: string, rest: Partial<SearchQuery> = {}) =>
    (said: string): Promise<number[]> => {
      const { terms, order } = readSearch(said)
      return searchItems(db.read, { terms, order, limit: 20, ...(space ? { space } : {}), ...rest })
    }
  const said = { title: 'Disclose it all earlier', summary: 'New policies: tell what you are paid.\nBefore you teach.' }

  test('an edited item is found by the words of the source and of its moderators, in their space alone', async () => {
    const db = await started()
    await edit(db, 'i2', said)
    const ours = finder(db, 'ours')
    const theirs = [finder(db), finder(db, 'theirs')]
    const found = ['disclose', 'Policy', 'mitigation', 'disclose mitigation', '"disclose it all"', '"you are paid"']
    for (const words of [...found, 'polic*', 'po*', '"disclose it al"*', 'disclose -call', 'disclose region:eu'])
      expect([words, await ours(words)]).toEqual([words, [2]])
    for (const words of [
      '"all disclose"',
      '"earlier new"',
      '"relationships disclose"',
      '"mitigated new"',
      'disclose call',
    ])
      expect([words, await ours(words)]).toEqual([words, []])
    expect(await ours('call -disclose')).toEqual([1])
    expect(await ours('mitigation -disclose')).toEqual([])
    expect(await ours('mitigation -polic*')).toEqual([])
    for (const find of theirs) {
      for (const words of ['disclose', '"disclose it all"', 'polic*', 'mitigation disclose', 'ours', 'said'])
        expect([words, await find(words)]).toEqual([words, []])
      expect(await find('mitigation -disclose')).toEqual([2])
    }
    expect(await finder(db, 'ours', { topics: ['criteria-policy'] })('disclose')).toEqual([])
    expect(await finder(db, 'ours', { topics: ['standards-integrity'] })('disclose')).toEqual([2])
  })

  test('two spaces say it each in its own words', async () => {
    const db = await started()
    await edit(db, 'i2', said)
    await edit(db, 'i2', { title: 'Who pays whom', topic: 'criteria-policy' }, 'theirs')
    expect([await finder(db, 'ours')('pay*'), await finder(db, 'theirs')('pay*')]).toEqual([[], [2]])
    expect([await finder(db, 'ours')('"who pays whom"'), await finder(db, 'ours')('"pays whom"')]).toEqual([[], []])
    expect(await finder(db, 'theirs', { topics: ['criteria-policy'] })('"pays whom"')).toEqual([2])
    expect(await finder(db)('pay*')).toEqual([])
  })

  test('by relevance, what moderators say in a title comes before what is said at length', async () => {
    const db = await started()
    await store(db, [{ title: 'Rules', text: `Much about many things, ${'word '.repeat(200)} and disclosure.` }])
    await edit(db, 'i1', { title: 'Disclosure' })
    expect(await finder(db, 'ours')('disclosure')).toEqual([4, 1])
    expect(await finder(db, 'ours')('disclosure by:relevance')).toEqual([1, 4])
    expect(await finder(db, 'ours')('disclosure -mitigation by:relevance')).toEqual([1, 4])
    expect(await finder(db)('disclosure by:relevance')).toEqual([4])
  })

  test('hidden, merged, put back or forgotten, it is not found by these words any more', async () => {
    const db = await started()
    const ours = finder(db, 'ours')
    for (const change of [{ hidden: 1 }, { shown_in: 'i1' }, { title: null, summary: null }]) {
      await edit(db, 'i2', said)
      expect(await ours('disclose')).toEqual([2])
      await edit(db, 'i2', { ...said, ...change })
      expect(await ours('disclose')).toEqual([])
    }
    await edit(db, 'i2', said)
    await inTx(db, (tx) => forgetEditsOf(tx, 'ours'))
    await edit(db, 'i1', { region: 'eu' })
    expect([await ours('disclose'), await ours('mitigation')]).toEqual([[], [2]])
  })

  test('words of moderators bring no off-topic item; with a topic of theirs they do', async () => {
    const db = await started()
    await edit(db, 'i3', said)
    expect(await finder(db, 'ours')('disclose')).toEqual([])
    await edit(db, 'i3', { ...said, topic: 'criteria-policy' })
    expect(await finder(db, 'ours')('disclose')).toEqual([3])
    expect(await finder(db, 'theirs')('disclose')).toEqual([])
  })

  test('whatever they write, and whatever is looked for, is words and nothing else', async () => {
    const db = await started()
    const strange = `:6f757273/x ' " \\ ${'x'.repeat(300)} ${'\u{20000}'.repeat(150)} a'b gehe\u19b0wort 🙂 $1 ? (NOT) & | !`
    await edit(db, 'i2', { title: strange.slice(0, 200), summary: strange })
    for (const words of ["a'b", 'not', 'gehe\u19b0wort', 'gehe\u19b0*', `${'x'.repeat(300)}`, '\u{20000}'.repeat(150)])
      expect([words, await finder(db, 'ours')(words)]).toEqual([words, [2]])
    for (const words of [
      ':6f757273/x',
      ':*',
      'wort',
      '6f*',
      'in/*',
      ':6f757273/dis*',
      'y'.repeat(5_000),
      `${'\u{20000}'.repeat(3_000)}*`,
    ])
      await expect(finder(db)(words), words).resolves.toEqual([])
  })

  test('a beginning that is one of a label, too, finds words alone', async () => {
    const db = await started()
    await edit(db, 'i2', { ...said, region: 'us' })
    for (const find of [finder(db), finder(db, 'ours')]) {
      for (const words of ['topi*', 'region*', 'track*', 'edi*', 'off*', 'body*'])
        expect([words, await find(words)]).toEqual([words, []])
      expect(await find('mitigation -regi*')).toEqual([2])
    }
    expect([await finder(db)('on*'), await finder(db)('"needs an"*')]).toEqual([[1], [1]])
  })

  test('an upgrade makes what moderators wrote before findable', async () => {
    const db = await (await fresh()).open()
    await apiHouse(db)
    await inTx(db, (tx) =>
      putSpace(tx, { id: 'ours', platform: 'try', name: 'Ours', zone: 'UTC', moderators: null, made_at: NOW }),
    )
    await store(db, [{ title: 'One' }, { title: 'Two' }])
    await edit(db, 'i2', { ...said, topic: 'criteria-policy' })
    await inTx(db, async (tx) => {
      await indexItems(tx, await tx.selectFrom('items').selectAll().where('id', '=', 'i2').execute())
      if (db.dialect === 'postgres') await sql.raw(LABELS_AS_BEFORE).execute(tx)
      await sql`delete from migrations where name = '0026-words-of-moderators'`.execute(tx)
    })
    expect(await finder(db, 'ours')('disclose')).toEqual([])
    expect(await migrate(db, NOW)).toEqual(['0026-words-of-moderators'])
    expect(await finder(db, 'ours')('disclose')).toEqual([2])
    expect(await finder(db, 'ours', { topics: ['criteria-policy'] })('disclose')).toEqual([2])
    expect(await finder(db)('disclose')).toEqual([])
    expect([await finder(db)('topi*'), await finder(db)('one -regi*')]).toEqual([[], [1]])
  })
})
