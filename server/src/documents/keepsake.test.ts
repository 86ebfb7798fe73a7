import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { addStar, inTx, migrate, open } from '@cme-commons/db'
import { expect, onTestFinished, test } from 'vitest'
import { ask } from '../../../test/support/ask-try.ts'
import { calendarIn } from '../../../test/support/calendar-house.ts'
import { tryHouse } from '../../../test/support/try-house.ts'
import { tryRoutes } from '../try/routes.ts'

const CME = fileURLToPath(new URL('../../cme.js', import.meta.url))
const AT = '2026-11-23T08:00:00.000Z'

test('a keepsake is saved as Markdown from the chat and from the command line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cme-keepsake-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'cme.db')
  const db = await open(file)
  onTestFinished(() => db.close())
  await migrate(db, AT)
  await calendarIn(db, AT, [])
  const star = { edition: 'e1', space: 'try', question: null, href: null, author: null, starred_by: null, at: AT }
  await inTx(db, (tx) => addStar(tx, { ...star, text: 'The *slides* [here](javascript:x)' }))
  const cme = (edition: string) =>
    spawnSync(process.execPath, [CME, 'conferences', 'keepsake', edition], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, DATABASE_URL: file },
    })
  expect(cme('e1').stdout).toContain('# Keepsake: SACME 2027')
  expect(cme('e1').stdout).toContain('- The \\*slides\\* \\[here\\](javascript:x)')
  expect(cme('e9')).toMatchObject({ status: 1, stderr: expect.stringContaining('e1  SACME 2027') })
  const app = tryRoutes(await tryHouse(db))
  await ask(app, '/try/state')
  const saved = await ask(app, '/documents/keepsake/e1.md?as=sara')
  expect(saved.headers.get('content-disposition')).toBe('attachment; filename="keepsake-e1.md"')
  expect(saved.text).toContain('# Keepsake: SACME 2027')
  expect((await ask(app, '/documents/keepsake/e1?as=sara')).text).toContain('<h1>Keepsake: SACME 2027</h1>')
  for (const path of ['e9.md?as=sara', 'e1.md', 'e1.docx?as=sara'])
    expect((await ask(app, `/documents/keepsake/${path}`)).status).toBe(404)
  expect((await ask(app, '/documents/keepsake/e1?as=sara', { from: '192.168.1.20' })).status).toBe(403)
})
