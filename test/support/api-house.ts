import { syncSources } from '@cme-commons/app'
import { addItems, addLinks, type Db, type ItemTable, inTx } from '@cme-commons/db'
import { createPoster } from '@cme-commons/feeds'
import type { ApiHouse } from '../../server/src/api/house.ts'
import { makeSeal } from '../../server/src/bots/seal.ts'
import { knowledge } from './world.ts'

/** Monday, 23 November 2026. */
export const NOW = '2026-11-23T08:00:00.000Z'

/** A house for the API and the pages; `logged` has what it logged. */
export async function apiHouse(db: Db, rest: Partial<ApiHouse> = {}): Promise<ApiHouse & { logged: object[] }> {
  await inTx(db, (tx) => syncSources(tx, knowledge, NOW))
  const logged: object[] = []
  return {
    db,
    content: knowledge,
    now: () => NOW,
    site: 'https://cme.example.org',
    tryOut: false,
    atWork: () => true,
    log: { error: (data) => logged.push(data) },
    act: (work) => inTx(db, work),
    webhooks: {
      seal: makeSeal('a secret of at least 32 characters'),
      poster: createPoster(),
      own: 'https://cme.example.org',
    },
    logged,
    ...rest,
  }
}

/** Stores items, each seen at the given sources (ACCME's when none is said); answers their ids. */
export const store = (
  db: Db,
  items: readonly (Partial<ItemTable> & { from?: readonly string[] })[],
): Promise<string[]> =>
  inTx(db, async (tx) => {
    const rows = await addItems(
      tx,
      items.map(({ from: _, ...item }) => ({ ...plain, ...item })),
    )
    const links = rows.flatMap((row, i) =>
      (items[i]!.from ?? ['accme-news']).map((source) => ({ item: row.id, source, href: row.link })),
    )
    await addLinks(tx, links)
    return rows.map(({ id }) => id)
  })

const plain: Omit<ItemTable, 'id' | 'seq'> = {
  title: 'ACCME explains a rule of the Standards for Integrity and Independence',
  text: 'Relevant financial relationships are mitigated before the role starts.',
  link: 'https://example.org/news/rule',
  published: '2026-11-20T14:00:00.000Z',
  seen: '2026-11-20T15:00:00.000Z',
  old: 0,
  sample: 0,
  topic: 'standards-integrity',
  body: 'accme',
  region: 'us',
  tracks: ',accreditation,program,',
  action: 0,
  action_date: null,
  why: JSON.stringify([{ label: 'topic', value: 'standards-integrity', cue: 'integrity', where: 'title' }]),
  space: null,
}
