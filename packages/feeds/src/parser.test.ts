import { afterAll, expect, test } from 'vitest'
import { oneItem, rss } from '../test/serve.ts'
import { createParser } from './parser.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const parser = createParser({ parseMs: 2000, parseMb: 200 })
const impatient = createParser({ parseMs: 1, parseMb: 200 })
afterAll(() => Promise.all([parser.close(), impatient.close()]))

test('documents that come at once are parsed one after another, each for its own caller', async () => {
  const reads = Array.from({ length: 50 }, (_, i) =>
    parser.parse(bytes(i % 5 === 0 ? 'no feed' : rss(`<item><title>n${i}</title></item>`)), {}, 10),
  )
  const found = (await Promise.all(reads)).map((read) =>
    'trouble' in read ? read.trouble.kind : read.feed.items[0]?.title,
  )
  expect(found).toEqual(found.map((_, i) => (i % 5 === 0 ? 'not-a-feed' : `n${i}`)))
})

test('a document that takes too long is stopped, and the next one is parsed', async () => {
  const long = rss(`<item><description>${'&lt;p&gt;x'.repeat(300_000)}</description></item>`.repeat(3))
  const [first, second] = await Promise.all([
    impatient.parse(bytes(long), {}, 10),
    impatient.parse(bytes('{'.repeat(10)), {}, 10),
  ])
  expect(first).toEqual({
    trouble: {
      kind: 'parser-stopped',
      say: 'Parsing took longer than 0.001 seconds and was stopped; use a smaller feed.',
    },
  })
  expect(second).toHaveProperty('trouble')
})

test('a document that takes too much memory ends the thread, not the program', async () => {
  const tight = createParser({ parseMs: 20_000, parseMb: 16 })
  const read = await tight.parse(
    bytes(rss(`<item><title>t</title><description>${'ж &lt;p&gt;'.repeat(20_000)}</description></item>`.repeat(60))),
    {},
    5000,
  )
  expect(read).toMatchObject({ trouble: { kind: 'parser-stopped' } })
  expect(await tight.parse(bytes(oneItem), {}, 10)).toMatchObject({ feed: { items: [{ title: 'Standards updated' }] } })
  await tight.close()
})

test('closing ends what is under way', async () => {
  const closing = createParser({ parseMs: 2000, parseMb: 200 })
  const reads = [closing.parse(bytes(oneItem), {}, 10), closing.parse(bytes(oneItem), {}, 10)]
  await closing.close()
  for (const read of await Promise.all(reads)) expect(read).toMatchObject({ trouble: { kind: 'parser-stopped' } })
  expect(await closing.parse(bytes(oneItem), {}, 10)).toMatchObject({ trouble: { kind: 'parser-stopped' } })
})
