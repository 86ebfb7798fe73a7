import { itemOf, keptDigest } from '@cme-commons/app'
import { listItems } from '@cme-commons/db'
import { Hono } from 'hono'
import type { ApiHouse } from '../api/house.ts'
import { keepAnswers } from '../api/kept.ts'
import { isId } from '../api/news.ts'
import { hidden, pageAnswer, pageNow } from './answer.ts'
import { digestPage } from './digest.ts'
import { homePage } from './home.ts'
import { noDigestPage } from './missing.ts'

const LATEST = 5

/** The pages that are read: `/` and `/digests/{id}`. */
export function pageRoutes({ db, content, tryOut }: ApiHouse): Hono {
  const kept = keepAnswers(db.version)
  return new Hono()
    .get('/', (c) =>
      kept(c, async () => {
        const latest = await listItems(db.read, { limit: LATEST })
        return pageAnswer(homePage(latest.map(itemOf), content, tryOut))
      }),
    )
    .get('/digests/:id', (c) =>
      kept(c, async () => {
        const id = c.req.param('id')
        const found = isId(id) ? await keptDigest(db.read, id) : undefined
        return found ? pageAnswer(await digestPage(found, content), hidden) : pageNow(c, 404, noDigestPage())
      }),
    )
}
