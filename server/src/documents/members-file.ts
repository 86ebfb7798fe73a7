import { exportMembers } from '@cme-commons/app'
import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import type { ApiHouse } from '../api/house.ts'
import { BYTE_ORDER_MARK, csvLine } from './csv.ts'

/** The members of a space as a table that spreadsheets open, sent as it is read. */
export function membersFile(c: Context, { db, content }: Pick<ApiHouse, 'db' | 'content'>, space: string): Response {
  c.header('Content-Disposition', 'attachment; filename="members.csv"')
  c.header('Content-Type', 'text/csv; charset=utf-8')
  return stream(c, async (out) => {
    await out.write(BYTE_ORDER_MARK)
    for await (const lines of exportMembers(db.read, space, content)) await out.write(lines.map(csvLine).join(''))
  })
}
