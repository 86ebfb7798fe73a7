import { myData, type Progress, progressOf } from '@cme-commons/app'
import { myDataFile } from '@cme-commons/core'
import { documentsOf } from '@cme-commons/db'
import type { Context } from 'hono'
import { markdownOf } from '../documents/markdown.ts'
import { dataHeaders, problem } from '../problem.ts'
import { answerOf, jsonAnswer, send } from './answer.ts'
import { beyondScope, type Caller, callerOf, privateHeaders, viewOf } from './caller.ts'
import { documentJson } from './documents.ts'
import type { ApiHouse } from './house.ts'
import { FORMS, preferred } from './negotiate.ts'
import { isId } from './news.ts'

const MARKDOWN = `${FORMS.md}; charset=utf-8`
const nobody = (c: Context): Response =>
  problem(
    c,
    404,
    'This token reaches no such member: a member’s token reaches herself, a moderator’s the members of its space.',
  )
const noMe = (c: Context): Response =>
  problem(c, 404, 'This token is nobody’s own: ask for /v1/members/{id}, with the id of a member.')

export const privateJson = (c: Context, value: object): Response | Promise<Response> =>
  send(c, jsonAnswer(value, privateHeaders))

/** Answers for the member of the path, or of the token where there is none, if the caller may see her. */
function forMember(
  house: ApiHouse,
  then: (c: Context, member: string, within: string | undefined) => Promise<Response>,
) {
  return async (c: Context): Promise<Response> => {
    const caller = await callerOf(c, house)
    if (caller instanceof Response) return caller
    if (!caller.may('progress')) return beyondScope(c, 'progress')
    const said = c.req.param('id') ?? caller.member
    if (said === undefined) return noMe(c)
    const view = isId(said) ? await viewOf(house, caller, said) : undefined
    return view ? then(c, said, view.within) : nobody(c)
  }
}

/** `GET /v1/me`: what a token is good for. */
export const oneAccess = (house: ApiHouse) => async (c: Context) => {
  const caller = await callerOf(c, house)
  return caller instanceof Response ? caller : privateJson(c, accessJson(caller))
}

export const accessJson = ({ space, member, token }: Pick<Caller, 'space' | 'member' | 'token'>) => ({
  token: token.id,
  space,
  member: member ?? null,
  scopes: token.scopes.split(','),
  expires: token.expires_at,
})

/** `GET /v1/me/progress` and `GET /v1/members/{id}/progress` */
export const oneProgress = (house: ApiHouse) =>
  forMember(house, async (c, member, within) => {
    const found = await progressOf(house.db.read, house.content, member, house.now(), within)
    return found ? privateJson(c, progressJson(member, found, within === undefined)) : nobody(c)
  })

/** What she wrote about a step is told to herself alone. */
export const progressJson = (
  member: string,
  { track, started, finished, path, milestones, rows }: Progress,
  own: boolean,
) => ({
  member,
  track: track ?? null,
  started: started ?? null,
  finished: finished ?? null,
  next: path.next?.id ?? null,
  minutesLeft: path.minutes,
  pathways: path.parts.map(({ pathway, done, total, steps }) => ({
    id: pathway.id,
    name: pathway.name,
    done,
    total,
    steps: steps.map(({ step, state, waitsFor }) => {
      const row = rows.find((one) => one.step === step.id)
      return {
        id: step.id,
        name: step.name,
        state,
        waitsFor: waitsFor.map(({ id }) => id),
        begun: row?.begun_at ?? null,
        done: row?.done_at ?? null,
        said: own ? (row?.said ?? null) : null,
        day: row?.day ?? null,
      }
    }),
  })),
  milestones: milestones.map(({ milestone, done, total, reached }) => ({
    id: milestone.id,
    name: milestone.name,
    done,
    total,
    reached,
  })),
})

/** `GET /v1/me/documents` and `GET /v1/members/{id}/documents` */
export const listDocuments = (house: ApiHouse) =>
  forMember(house, async (c, member, within) => {
    const rows = await documentsOf(house.db.read, member)
    const seen = rows.filter(({ space }) => within === undefined || space === within)
    return privateJson(c, { documents: seen.map(documentJson) })
  })

/** `GET /v1/me/data`: everything that is kept about the member of the token, as JSON or to read. */
export const oneData = (house: ApiHouse) =>
  forMember(house, async (c, member) => {
    const data = await myData(house.db.read, member, house.now())
    if (!data) return nobody(c)
    const form = preferred(c, ['json', 'md'])
    if (form === 'json') return privateJson(c, data)
    if (!form) return problem(c, 406, 'This is told as application/json or text/markdown: ask for one of them.')
    return send(
      c,
      answerOf(markdownOf(myDataFile(data, house.content)), MARKDOWN, { ...dataHeaders, ...privateHeaders }),
    )
  })
