import { expect, test } from 'vitest'
import { apiHouse } from '../../../test/support/api-house.ts'
import { freshSqlite } from '../../../test/support/databases.ts'
import { pathway, pathwayList } from './pathway-schemas.ts'
import { apiRoutes } from './routes.ts'
import { problemDocument } from './schemas.ts'

test('the pathways are told with the newcomer’s first, each step with what it takes and where that is from', async () => {
  const app = apiRoutes(await apiHouse(await (await freshSqlite()).open()))
  const { pathways } = pathwayList.parse(await (await app.request('/v1/pathways')).json())
  expect(pathways.map(({ track }) => track)).toEqual([null, 'academic', 'accreditation', 'edtech', 'program'])
  const one = pathway.parse(await (await app.request('/v1/pathways/newcomer')).json())
  expect(one.steps.find(({ id }) => id === 'mock-activity')).toMatchObject({
    proof: 'activity-draft',
    after: ['needs-assessment', 'sample-activities'],
  })
  const none = await app.request('/v1/pathways/surgery')
  expect([none.status, problemDocument.parse(await none.json()).detail]).toEqual([
    404,
    'No pathway has this id: GET /v1/pathways lists them.',
  ])
})
