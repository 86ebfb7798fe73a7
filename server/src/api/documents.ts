import { fileOf, reviewOf } from '@cme-commons/app'
import { type DocumentTable, documentById, reviewsOf } from '@cme-commons/db'
import type { Context } from 'hono'
import { markdownOf } from '../documents/markdown.ts'
import { printedPage } from '../documents/printed.ts'
import { pageHeaders } from '../html/page.ts'
import { dataHeaders, problem } from '../problem.ts'
import { answerOf, jsonAnswer, send } from './answer.ts'
import { beyondScope, callerOf, privateHeaders, viewOf } from './caller.ts'
import type { ApiHouse } from './house.ts'
import { FORMS, type Form, preferred } from './negotiate.ts'

/** A document as lists tell it; the shape is `documentSummary` of the schemas. */
export const documentJson = ({ id, member, space, kind, state, made_at, changed_at }: DocumentTable) => ({
  id,
  member,
  space,
  kind,
  state,
  made: made_at,
  changed: changed_at,
})

/** `GET /v1/documents/{id}`: as JSON, Markdown, Word document or a page to print, by the ending of the address or by `Accept`. */
export const oneDocument = (house: ApiHouse) => async (c: Context) => {
  const caller = await callerOf(c, house)
  if (caller instanceof Response) return caller
  if (!caller.may('progress')) return beyondScope(c, 'progress')
  const [, id, ending] = /^([a-z0-9]{1,40})(?:\.(json|md|docx|html))?$/.exec(c.req.param('id') ?? '') ?? []
  const row = id === undefined ? undefined : await documentById(house.db.read, id)
  const view = row && (await viewOf(house, caller, row.member))
  if (!row || !view || (view.within !== undefined && view.within !== row.space))
    return problem(c, 404, 'This token reaches no such document: GET /v1/me/documents lists a member’s own.')
  const form = (ending as Form | undefined) ?? preferred(c, ['json', 'html', 'md', 'docx'])
  if (!form) return problem(c, 406, `A document is told as ${Object.values(FORMS).join(', ')}: ask for one of them.`)
  return sent(c, house, row, form)
}

async function sent(c: Context, { db, content }: ApiHouse, row: DocumentTable, form: Form): Promise<Response> {
  const headers = { ...dataHeaders, ...privateHeaders }
  if (form === 'json') {
    const reviews = (await reviewsOf(db.read, row.id)).map(reviewOf)
    return send(c, jsonAnswer({ ...documentJson(row), body: JSON.parse(row.body), reviews }, privateHeaders))
  }
  const file = await fileOf(db.read, row, content.onboarding)
  if (form === 'html')
    return send(
      c,
      answerOf(String(await printedPage(file)), 'text/html; charset=utf-8', { ...pageHeaders, ...privateHeaders }),
    )
  const named = { ...headers, 'Content-Disposition': `attachment; filename="mock-${row.id}.${form}"` }
  if (form === 'md') return send(c, answerOf(markdownOf(file), `${FORMS.md}; charset=utf-8`, named))
  // The library that writes Word documents is loaded by the first who wants one.
  const { wordOf } = await import('../documents/word.ts')
  return c.body(await wordOf(file), 200, { ...named, 'Content-Type': FORMS.docx })
}
