import { readSearch } from '@cme-commons/core'
import { type Db, inTx, putSpace, type SearchQuery, searchItems } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { apiHouse, store } from '../support/api-house.ts'
import { describeEachDatabase } from '../support/databases.ts'

describeEachDatabase((fresh) => {
  const started = async () => {
    const db = await (await fresh()).open()
    await apiHouse(db)
    await store(db, [
      { title: 'ACCME opens a call for comment', text: 'On educational needs and outcomes.', topic: 'criteria-policy' },
      { title: 'Mitigation of relationships', text: 'Relevant financial relationships are mitigated.', region: 'eu' },
      {
        title: 'EACCME® raises fees for paediatric e-learning',
        text: 'The financial plan. Relationships with societies stay.',
        body: 'uems',
        topic: 'eaccme-europe',
        region: 'eu',
        tracks: ',accreditation,',
        published: '2026-10-05T10:00:00.000Z',
      },
      { title: 'Cystoid macular edema', text: 'A call for comment on retinas.', topic: 'off-topic' },
    ])
    return db
  }
  const finder =
    (db: Db, rest: Partial<SearchQuery> = {}) =>
    async (said: string): Promise<number[]> => {
      const { terms, order } = readSearch(said)
      return searchItems(db.read, { terms, order, limit: 20, ...rest })
    }

  test('words, phrases, beginnings and what is left out', async () => {
    const find = finder(await started())
    expect(await find('financial relationship')).toEqual([3, 2])
    expect(await find('"financial relationships"')).toEqual([2])
    expect(await find('"relationships financial"')).toEqual([])
    expect(await find('financial -society')).toEqual([2])
    expect(await find('mitig*')).toEqual([2])
    expect(await find('"relevant financial rel"*')).toEqual([2])
    expect(await find('pediatric')).toEqual([3])
    expect(await find('eaccme')).toEqual([3])
    expect(await find('accme')).toEqual([1])
    expect(await find('retinas')).toEqual([])
    expect(await find('topic')).toEqual([])
    expect(await find('')).toEqual([])
  })

  test('what is typed is never a question to the database', async () => {
    const find = finder(await started())
    for (const said of [
      "'",
      '"',
      '\\',
      "a'b",
      'x:*',
      ')(',
      '{title}:accme',
      'accme:A',
      '!',
      'a & | b',
      '\u0000',
      '🙂',
      '%',
    ])
      await expect(find(said), said).resolves.toBeInstanceOf(Array)
  })

  test('labels narrow: of one kind any, of all kinds each', async () => {
    const db = await started()
    const find = (rest: Partial<SearchQuery>) => finder(db, rest)('relationships')
    expect(await find({ regions: ['eu'] })).toEqual([3, 2])
    expect(await find({ regions: ['us'] })).toEqual([])
    expect(await find({ topics: ['eaccme-europe', 'standards-integrity'] })).toEqual([3, 2])
    expect(await find({ topics: ['eaccme'] })).toEqual([])
    expect(await find({ bodies: ['uems'], regions: ['eu'] })).toEqual([3])
    expect(await find({ tracks: ['program'] })).toEqual([2])
    expect(await find({ since: '2026-10-05T10:00:00.000Z' })).toEqual([3, 2])
    expect(await find({ since: '2026-10-05T10:00:00.001Z' })).toEqual([2])
    expect(await find({ since: '2026-12-01T00:00:00.000Z' })).toEqual([])
    expect(await find({ since: '2025-12-01T00:00:00.000Z', regions: ['eu', 'us'] })).toEqual([3, 2])
  })

  test('by relevance, what says it in the title comes first; pages go on where the last one ended', async () => {
    const db = await started()
    await store(db, [{ title: 'Rules', text: `Much about many things, ${'word '.repeat(200)} and mitigation.` }])
    expect(await finder(db)('mitigation')).toEqual([5, 2])
    expect(await finder(db)('mitigation by:relevance')).toEqual([2, 5])
    expect(await finder(db, { from: 1, limit: 1 })('mitigation by:relevance')).toEqual([5])
    expect(await finder(db, { upto: 4 })('mitigation by:relevance')).toEqual([2])
    expect(await finder(db, { limit: 1 })('mitigation')).toEqual([5])
    expect(await finder(db, { before: 5 })('mitigation')).toEqual([2])
  })

  test('what a space has for itself is found there alone', async () => {
    const db = await started()
    const made = { platform: 'try', zone: 'UTC', moderators: null, made_at: '2026-11-01T00:00:00.000Z', left_at: null }
    await inTx(db, (tx) => putSpace(tx, { id: 'ours', name: 'Ours', ...made }))
    await store(db, [{ title: 'Our own webinar on mitigation', space: 'ours' }])
    expect(await finder(db)('webinar')).toEqual([])
    expect(await finder(db, { space: 'theirs' })('webinar')).toEqual([])
    expect(await finder(db, { space: 'ours' })('webinar')).toEqual([5])
  })

  test('an item that is gone is not found', async () => {
    const db = await started()
    await inTx(db, async (tx) => {
      await tx.deleteFrom('item_links').where('item', '=', 'i2').execute()
      await tx.deleteFrom('items').where('id', '=', 'i2').execute()
    })
    expect(await finder(db)('mitigation')).toEqual([])
  })
})
