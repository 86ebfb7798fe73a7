import { expect, test } from 'vitest'
import { apiHouse, store } from '../../../test/support/api-house.ts'
import { describeEachDatabase } from '../../../test/support/databases.ts'
import { apiRoutes } from './routes.ts'
import { newsPage, problemDocument } from './schemas.ts'

describeEachDatabase((fresh) => {
  const started = async () => {
    const house = await apiHouse(await (await fresh()).open())
    const app = apiRoutes(house)
    const page = async (query: string) => newsPage.parse(await (await app.request(`/v1/news${query}`)).json())
    const titles = async (query: string) => (await page(query)).items.map((item) => item.title)
    return { app, db: house.db, titles }
  }

  test('news is searched for words, phrases and beginnings, with all filters', async () => {
    const { db, titles } = await started()
    await store(db, [
      { title: 'Mitigation', text: 'Of financial relationships.', topic: 'standards-integrity', region: 'us' },
      {
        title: 'Europe',
        text: 'The financial year, and relationships: mitigation.',
        topic: 'eaccme-europe',
        region: 'eu',
      },
      { title: 'Off', text: 'Mitigation of floods.', topic: 'off-topic' },
    ])
    expect(await titles('?q=mitigation')).toEqual(['Europe', 'Mitigation'])
    expect(await titles('?q=mitigation&order=relevance')).toEqual(['Mitigation', 'Europe'])
    expect(await titles('?q=%22financial+relationships%22')).toEqual(['Mitigation'])
    expect(await titles('?q=mitig*+-year')).toEqual(['Mitigation'])
    expect(await titles('?q=mitig*&region=eu&since=2026-01-01')).toEqual(['Europe'])
    expect(await titles('?q=floods')).toEqual([])
  })

  test.each(['newest', 'relevance'])(
    'a walk by cursor through the %s meets each item once, also while new ones arrive',
    async (order) => {
      const { db, app } = await started()
      const before = await store(
        db,
        Array.from({ length: 45 }, (_, i) => ({
          title: i % 3 ? `rule ${i}` : `comment ${i}`,
          text: 'A call for comment.',
        })),
      )
      const met: string[] = []
      for (let next: string | undefined = `/v1/news?q=comment&limit=7&order=${order}`; next; ) {
        const answer: Response = await app.request(next)
        met.push(...newsPage.parse(await answer.json()).items.map((item) => item.id))
        next = /^<(.*)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
        await store(db, [{ title: 'A comment that just arrived' }])
      }
      expect(met.toSorted()).toEqual(before.toSorted())
      if (order === 'newest') expect(met).toEqual(before.toReversed())
      else expect(met.slice(0, 15).toSorted()).toEqual(before.filter((_, i) => i % 3 === 0).toSorted())
    },
  )

  test('a search without words, with filters among the words or with a cursor of another order is told what to do', async () => {
    const { db, app } = await started()
    await store(db, [{}, {}])
    const next = newsPage.parse(await (await app.request('/v1/news?limit=1')).json()).next
    for (const query of [
      '?q=',
      '?q=-only',
      '?q=topic:x+y',
      `?q=${'x'.repeat(201)}`,
      '?order=best',
      `?q=rule&order=relevance&cursor=${next}`,
    ]) {
      const answer = await app.request(`/v1/news${query}`)
      expect(answer.status, query).toBe(422)
      expect(problemDocument.parse(await answer.json()).errors, query).toHaveLength(1)
    }
  })
})
