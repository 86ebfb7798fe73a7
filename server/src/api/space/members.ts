import { documentsPage, type MemberRow, memberOfSpace, membersPage } from '@cme-commons/db'
import { z } from '@hono/zod-openapi'
import { viewOf } from '../caller.ts'
import { documentJson } from '../documents.ts'
import type { ApiHouse } from '../house.ts'
import { documentSummary } from '../member-schemas.ts'
import { isId } from '../news.ts'
import { type Operation, ok, reading } from '../operation.ts'
import { paged, pageOf, pageParameters } from '../paging.ts'
import { refused, told } from '../told.ts'
import { spaceMember } from './schemas.ts'

const memberJson = ({ made_at, started_at, moved_at, finished_at, done, ...row }: MemberRow) => ({
  ...row,
  seen: made_at,
  started: started_at,
  moved: moved_at,
  finished: finished_at,
  done: Number(done),
})

const KINDS = {
  needs: {
    path: '/v1/needs-assessments',
    name: 'needsAssessments',
    operationId: 'listNeedsAssessments',
    what: 'Needs assessments',
  },
  activity: { path: '/v1/activities', name: 'activities', operationId: 'listActivities', what: 'Mock activities' },
} as const

const documentsQuery = z.strictObject({
  state: z
    .enum(['draft', 'ready', 'submitted', 'returned', 'approved'])
    .optional()
    .openapi({ param: { name: 'state', in: 'query', description: 'In this state.' }, example: 'draft' }),
  ...pageParameters,
})

/** The members of a space and what they write. */
export function memberReads(house: ApiHouse): Operation[] {
  const tag = 'members'
  const documents = (kind: keyof typeof KINDS): Operation => {
    const { path, name, operationId, what } = KINDS[kind]
    return reading(house, {
      ...{ path, operationId, tag },
      summary: `${what}, the latest first`,
      description:
        'A member’s own; with `moderate`, instead those begun in the community. `/v1/documents/{id}` has the text.',
      access: 'reach',
      answers: { 200: ok(pageOf(name, documentSummary), 'One page.') },
      query: documentsQuery,
      async handle({ c, caller, db, query: { limit, cursor, state } }) {
        const { member = '', space } = caller!
        const rows = await documentsPage(db, {
          ...{ kind, limit: limit + 1 },
          of: caller!.may('moderate') ? { space } : { member },
          ...(state === undefined ? {} : { state }),
          ...(cursor === undefined ? {} : { after: cursor }),
        })
        return paged(c, name, rows, limit, ({ made_at, id }) => [made_at, id], documentJson)
      },
    })
  }
  return [
    reading(house, {
      path: '/v1/members',
      operationId: 'listMembers',
      tag,
      summary: 'The members of a community and where they stand, by id',
      access: 'moderator',
      answers: { 200: ok(pageOf('members', spaceMember), 'One page.') },
      query: z.strictObject(pageParameters),
      async handle({ c, caller, db, query: { limit, cursor } }) {
        const rows = await membersPage(db, caller!.space, { limit: limit + 1, ...(cursor ? { after: cursor } : {}) })
        return paged(c, 'members', rows, limit, ({ id }) => [id], memberJson)
      },
    }),
    reading(house, {
      path: '/v1/members/{id}',
      operationId: 'getMember',
      tag,
      summary: 'One member',
      access: 'reach',
      params: { id: 'm1' },
      answers: { 200: ok(spaceMember, 'The member.') },
      async handle({ caller, db, id }) {
        const view = isId(id) ? await viewOf(house, caller!, id) : undefined
        const row = view && (await memberOfSpace(db, caller!.space, id))
        return row ? told(memberJson(row)) : refused(404, 'This token reaches no such member.')
      },
    }),
    documents('needs'),
    documents('activity'),
  ]
}
