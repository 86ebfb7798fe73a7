import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readFile } from './file.ts'

const folder = mkdtempSync(join(tmpdir(), 'feeds-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

test('a document is read from disk', async () => {
  writeFileSync(at('feed.xml'), '<rss/>')
  expect(await readFile(at('feed.xml'))).toEqual({ bytes: Buffer.from('<rss/>') })
  writeFileSync(at('empty.xml'), '')
  expect(await readFile(at('empty.xml'))).toEqual({ bytes: Buffer.alloc(0) })
})

test('two gigabytes are refused by their size, unread', async () => {
  writeFileSync(at('huge.xml'), '')
  truncateSync(at('huge.xml'), 2 ** 31)
  expect(await readFile(at('huge.xml'))).toMatchObject({
    trouble: { kind: 'too-large', say: expect.stringMatching(/has 2048 MB; the most that is read is 15 MB\.$/) },
  })
})

test('what is no plain file is told as what it is', async () => {
  execFileSync('mkfifo', [at('pipe')])
  const say = async (path: string) => {
    const found = await readFile(path)
    return 'trouble' in found ? found.trouble.say : 'read'
  }
  expect(await say(at('none.xml'))).toMatch(/^There is no file .*; check the path\.$/)
  expect(await say(folder)).toMatch(/is a folder; name a file\.$/)
  expect(await say(at('pipe'))).toMatch(/is not a plain file; name a feed document\.$/)
  expect(await say('/dev/zero')).toMatch(/is not a plain file; name a feed document\.$/)
  expect(await say(at('feed.xml/x'))).toMatch(/^There is no file/)
})
