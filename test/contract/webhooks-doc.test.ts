import { readFileSync } from 'node:fs'
import { WEBHOOK_EVENTS } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { newWebhookSecret, signedHeaders } from '../../server/src/webhooks/sign.ts'

const DOC = readFileSync(new URL('../../docs/webhooks.md', import.meta.url), 'utf8')
const AT = new Date('2026-11-23T08:00:00.000Z')
const BODY = '{"type":"ping","timestamp":"2026-11-23T08:00:00.000Z","data":{"space":"T1","webhook":"wh1"}}'

type IsOurs = (secret: string, headers: Record<string, string>, body: string, now?: number) => boolean

/** The example of the page as a reader would run it. */
async function example(): Promise<IsOurs> {
  const [, code] = /```js\n([\s\S]*?)```/.exec(DOC) ?? []
  return (await import(`data:text/javascript,${encodeURIComponent(code!)}`)).isOurs
}

test('the page’s example takes what we sign, with the new secret and the old, and nothing else', async () => {
  const isOurs = await example()
  const [secret, old, other] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()]
  const headers = signedHeaders('msg_1', AT, BODY, [secret, old])
  const now = AT.getTime()
  for (const one of [secret, old]) expect(isOurs(one, headers, BODY, now)).toBe(true)
  expect(isOurs(other, headers, BODY, now)).toBe(false)
  expect(isOurs(secret, headers, BODY.replace('T1', 'T2'), now)).toBe(false)
  expect(isOurs(secret, { ...headers, 'webhook-id': 'msg_2' }, BODY, now)).toBe(false)
  for (const late of [-301_000, 301_000]) expect(isOurs(secret, headers, BODY, now + late)).toBe(false)
  for (const said of ['', 'v1', 'v1,', 'v1a,x', headers['webhook-signature']!.replaceAll('v1,', 'v2,')])
    expect(isOurs(secret, { ...headers, 'webhook-signature': said }, BODY, now)).toBe(false)
  expect(isOurs(secret, {}, BODY, now)).toBe(false)
})

test('the page names every event, and its example of one has the shape that is sent', () => {
  for (const event of WEBHOOK_EVENTS) expect(DOC).toContain(`| \`${event}\``)
  expect(JSON.parse(/^\{"type".*\}$/m.exec(DOC)![0])).toMatchObject({
    type: 'item.added',
    data: { space: 'T1', item: 'i1042' },
  })
  expect(/^webhook-timestamp: (\d+)$/m.exec(DOC)![1]).toBe(String(AT.getTime() / 1000))
})
