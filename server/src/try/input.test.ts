import { expect, test } from 'vitest'
import { ask } from '../../../test/support/ask-try.ts'
import { freshSqlite } from '../../../test/support/databases.ts'
import { tryHouse } from '../../../test/support/try-house.ts'
import { tryRoutes } from './routes.ts'

test.each([
  ['people', {}, 422, 'Give the new member a name.'],
  ['people', { name: ' ' }, 422, 'Give the new member a name.'],
  ['people', { name: 'x'.repeat(61) }, 422, 'A name has at most 60 characters.'],
  [
    'people',
    { name: 'Ines', zone: 'Mars/Olympus' },
    422,
    'That time zone is not known: use a name such as America/Chicago or Europe/Brussels.',
  ],
  [
    'people',
    { name: 'Ines', track: 'surgery' },
    422,
    'That track is not known: use one of accreditation, program, edtech, academic.',
  ],
  ['say', { text: 'help' }, 422, 'Say who you are: "as" is the id of a member, for example "sara".'],
  [
    'say',
    { as: 'nobody', text: 'help' },
    404,
    'There is no member "nobody": GET /try/state lists the members, POST /try/people makes one.',
  ],
  ['say', { as: 'sara', text: '' }, 422, 'Type something first.'],
  [
    'say',
    { as: 'sara', text: 'x', channel: 'moderators' },
    404,
    'Sara sees no channel "moderators": use one of standards-news.',
  ],
  [
    'press',
    { as: 'sara', press: 'cme1:erase.everything' },
    422,
    'That button is not one of ours: send the "act" of a button that you got.',
  ],
  [
    'submit',
    { as: 'sara', form: 'f', answers: 'no' },
    422,
    '"answers" holds a text, or a list of texts, for each field name.',
  ],
  ['clock', { to: 'tomorrow' }, 422, '"to" is a point in time such as 2026-11-30T13:00:00Z.'],
  ['clock', { by: -5 }, 422, '"by" is a number of seconds above 0.'],
  [
    'clock',
    { to: '2026-11-01T00:00:00Z' },
    422,
    'The clock moves forward only: choose a later time, or go back to real time with {"reset": true}.',
  ],
  ['clock', { by: 1e12 }, 422, 'That is too far: the clock goes at most a year in one move.'],
])('POST /try/%s %j is refused with one sentence', async (path, body, status, detail) => {
  const app = tryRoutes(await tryHouse(await (await freshSqlite()).open()))
  const refused = await ask(app, `/try/${path}`, { body })
  expect(refused.headers.get('content-type')).toBe('application/problem+json')
  expect(refused.json).toMatchObject({ status, detail })
})

test('what is not JSON, too large, or not there is said plainly', async () => {
  const app = tryRoutes(await tryHouse(await (await freshSqlite()).open()))
  expect((await ask(app, '/try/say', { raw: '{"as": ' })).json.status).toBe(400)
  expect(
    (
      await ask(app, '/try/say', {
        body: { as: 'sara', text: 'x'.repeat(200_000) },
        headers: { 'content-length': '200100' },
      })
    ).json.status,
  ).toBe(413)
  expect((await ask(app, '/try/nothing')).json.status).toBe(404)
  expect((await ask(app, '/try/upcoming?until=never')).json.status).toBe(422)
  expect((await ask(app, '/try/upcoming?until=2036-01-01T00:00:00Z')).json.status).toBe(422)
  expect((await ask(app, '/try/inbox?as=sara&after=x')).json.status).toBe(422)
  expect((await ask(app, '/try/inbox')).json.detail).toContain('as=sara')
})
