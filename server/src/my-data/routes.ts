import { myData } from '@cme-commons/app'
import { myDataFile } from '@cme-commons/core'
import { findMember } from '@cme-commons/db'
import { Hono } from 'hono'
import { markdownOf } from '../documents/markdown.ts'
import { problem } from '../problem.ts'
import { loopbackOnly } from '../try/guard.ts'
import type { TryHouse } from '../try/house.ts'
import { TRY_SPACE } from '../try/space.ts'

/**
 * Everything that is kept about a member of the try-out space, to save: `/my-data.json` and `/my-data.md`. `?as=` says who asks, and only
 * this machine is answered.
 */
export function myDataRoutes({ db, content, now }: Pick<TryHouse, 'db' | 'content' | 'now'>): Hono {
  const app = new Hono()
  app.get('/:name{my-data\\.(?:json|md)}', loopbackOnly, async (c) => {
    const ending = c.req.param('name').slice('my-data.'.length)
    const member = await findMember(db.read, TRY_SPACE, c.req.query('as') ?? '')
    const data = member && (await myData(db.read, member.id, now()))
    if (!data) return problem(c, 404, 'Nothing is kept about you here: open this with its button in the chat.')
    c.header('Cache-Control', 'private, no-store')
    c.header('Content-Disposition', `attachment; filename="my-data.${ending}"`)
    if (ending === 'json') return c.body(JSON.stringify(data, null, 2), 200, { 'Content-Type': 'application/json' })
    return c.body(markdownOf(myDataFile(data, content)), 200, { 'Content-Type': 'text/markdown; charset=utf-8' })
  })
  return app
}
