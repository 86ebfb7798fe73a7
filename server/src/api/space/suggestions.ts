import type { Ctx } from '@cme-commons/app'
import { readLink } from '@cme-commons/core'
import { openSuggestion, type Read, type SuggestionTable, suggestionById, suggestionsPage } from '@cme-commons/db'
import { z } from '@hono/zod-openapi'
import { actingFor, press } from '../acting.ts'
import type { Caller } from '../caller.ts'
import type { ApiHouse } from '../house.ts'
import { isId } from '../news.ts'
import { type Operation, ok, reading, type Written, writing } from '../operation.ts'
import { paged, pageOf, pageParameters } from '../paging.ts'
import { isRefused, refused, type Told, told } from '../told.ts'
import { approval, declining, newSuggestion, suggestion } from './schemas.ts'

const suggestionJson = ({ id, member, href, title, why, at, state, decided_at, reason, item }: SuggestionTable) => ({
  ...{ id, member, href, title, why, at, state, reason, item },
  decided: decided_at,
})

/** A suggestion that the caller may see: of her space as a moderator, else her own. */
async function find(db: Read, caller: Caller, id: string): Promise<SuggestionTable | undefined> {
  const row = isId(id) ? await suggestionById(db, id) : undefined
  if (row?.space !== caller.space) return undefined
  return caller.may('moderate') || row.member === caller.member ? row : undefined
}

const NOTHING = refused(404, 'This token reaches no such suggestion: GET /v1/suggestions lists them.')
const query = z.strictObject({
  state: z
    .enum(['open', 'approved', 'declined'])
    .optional()
    .openapi({ param: { name: 'state', in: 'query', description: 'In this state.' }, example: 'open' }),
  ...pageParameters,
})
const tag = 'community'
const params = { id: 'sug1' }

/** Pages that members suggest for the digest, and what moderators make of them. */
export function suggestionOperations(house: ApiHouse): Operation[] {
  const decide = async (
    { tx, caller, id }: Written<unknown>,
    act: (ctx: Ctx, row: SuggestionTable) => Promise<object>,
  ): Promise<Told> => {
    const row = await find(tx, caller, id)
    if (!row) return NOTHING
    if (row.state !== 'open') return refused(409, `This suggestion was ${row.state} already.`)
    const ctx = await actingFor(house, caller, tx)
    if (isRefused(ctx)) return ctx
    const done = await act(ctx, row)
    return isRefused(done) ? done : told(suggestionJson((await find(tx, caller, id))!))
  }
  return [
    reading(house, {
      path: '/v1/suggestions',
      operationId: 'listSuggestions',
      summary: 'Pages that were suggested for the digest, the latest first',
      description: 'A member’s own; with `moderate`, all of the community.',
      access: 'reach',
      answers: { 200: ok(pageOf('suggestions', suggestion), 'One page.') },
      ...{ tag, query },
      async handle({ c, caller, db, query: { limit, cursor, state } }) {
        const { space, member = '' } = caller!
        const whose = caller!.may('moderate') ? { space } : { space, member }
        const asked = { ...whose, limit: limit + 1, ...(state ? { state } : {}), ...(cursor ? { after: cursor } : {}) }
        return paged(
          c,
          'suggestions',
          await suggestionsPage(db, asked),
          limit,
          ({ at, id }) => [at, id],
          suggestionJson,
        )
      },
    }),
    reading(house, {
      path: '/v1/suggestions/{id}',
      operationId: 'getSuggestion',
      summary: 'One suggestion',
      access: 'reach',
      answers: { 200: ok(suggestion, 'The suggestion.') },
      ...{ tag, params },
      async handle({ caller, db, id }) {
        const row = await find(db, caller!, id)
        return row ? told(suggestionJson(row)) : NOTHING
      },
    }),
    writing(house, {
      method: 'post',
      path: '/v1/suggestions',
      operationId: 'addSuggestion',
      summary: 'Suggest a page for the digest',
      access: 'own',
      answers: { 201: ok(suggestion, 'It waits for the moderators; `Location` is where it is from now on.') },
      body: newSuggestion,
      tag,
      async handle({ tx, caller, body }) {
        const ctx = await actingFor(house, caller, tx)
        if (isRefused(ctx)) return ctx
        const done = await press(ctx, { do: 'form.submit', form: 'suggest', answers: body })
        if (isRefused(done)) return done
        const page = readLink(body.href)
        const row = 'link' in page ? await openSuggestion(tx, caller.space, page.link) : undefined
        if (!row) throw new Error('a suggestion that was taken is not there')
        return { status: 201, json: suggestionJson(row), headers: { Location: `/v1/suggestions/${row.id}` } }
      },
    }),
    writing(house, {
      method: 'post',
      path: '/v1/suggestions/{id}/approve',
      operationId: 'approveSuggestion',
      summary: 'Take a suggestion into the news of this community',
      description: 'As it is, or with a title, a summary and a topic of the moderator’s. Whoever suggested it is told.',
      access: 'signed',
      answers: { 200: ok(suggestion, 'As it is now.') },
      body: approval,
      ...{ tag, params },
      handle: (asked) =>
        decide(asked, (ctx, row) => {
          const { title = row.title, summary = '', topic = 'auto' } = asked.body
          if (Object.keys(asked.body).length === 0) return press(ctx, { do: 'suggestions.approve', suggestion: row.id })
          return press(ctx, {
            do: 'form.submit',
            form: `suggestions.edit:${row.id}`,
            answers: { title, summary, topic },
          })
        }),
    }),
    writing(house, {
      method: 'post',
      path: '/v1/suggestions/{id}/decline',
      operationId: 'declineSuggestion',
      summary: 'Decline a suggestion, with a line for whoever made it',
      access: 'signed',
      answers: { 200: ok(suggestion, 'As it is now.') },
      body: declining,
      tag,
      params: { id: 'sug2' },
      handle: (asked) =>
        decide(asked, (ctx, row) =>
          press(ctx, { do: 'form.submit', form: `suggestions.decline:${row.id}`, answers: asked.body }),
        ),
    }),
  ]
}
