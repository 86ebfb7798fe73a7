import { expect, test } from 'vitest'
import { serve } from '../../test/serve.ts'
import { calendarAddress, fetchCalendar } from './fetch.ts'

const TEXT =
  'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Abstracts\r\nDTSTART:20270115\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
const zone = 'America/Chicago'

test('a calendar at an address is read under the guard of feeds, and not read again while it is the same', async () => {
  await using server = await serve((request, response) => {
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end()
    else response.writeHead(200, { 'content-type': 'text/calendar', etag: '"1"' }).end(TEXT)
  })
  const options = { userAgent: 'CME Commons test', allow: [`127.0.0.1:${server.port}`] }
  const first = await fetchCalendar(server.url(), { zone }, options)
  expect(first).toMatchObject({ kind: 'calendar', calendar: { dates: [{ uid: 'a', when: { day: '2027-01-15' } }] } })
  const { validators } = first as { validators: object }
  expect(await fetchCalendar(server.url(), { zone, validators }, options)).toMatchObject({ kind: 'unchanged' })
  expect(await fetchCalendar(server.url(), { zone }, { userAgent: 'CME Commons test' })).toMatchObject({
    kind: 'trouble',
    trouble: { kind: 'private-address' },
  })
})

test('a page where the calendar should be is refused with its line', async () => {
  await using server = await serve((_, response) =>
    response.writeHead(200).end('<!doctype html><title>Sign in</title>'),
  )
  const options = { userAgent: 'CME Commons test', allow: [`127.0.0.1:${server.port}`] }
  expect(await fetchCalendar(server.url(), { zone }, options)).toMatchObject({
    kind: 'problems',
    problems: [{ line: 1 }],
  })
})

test('webcal is how programs write https', () => {
  expect(calendarAddress('webcal://example.org/a.ics')).toBe('https://example.org/a.ics')
})
