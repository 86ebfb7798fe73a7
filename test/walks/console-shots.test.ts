import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { browserTest, closeBrowser, visit } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { startProgram } from '../support/program.ts'
afterAll(closeBrowser)
browserTest('shots', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cme-shot-'))
  const port = await freePort()
  const program = await startProgram({ PORT: String(port), DATABASE_URL: `sqlite:${join(folder, 'x.db')}` }, { keep: true })
  onTestFinished(() => program.stop())
  const at = `http://localhost:${port}`
  const { page, errors } = await visit(`${at}/try?as=moderator`, { width: 1280, height: 860 })
  const call = (path: string, body: object) => page.request.post(`${at}/try/${path}`, { data: body, headers: { Origin: at } }).then((r) => r.json())
  const say = (as: string, text: string, channel?: string) => call('say', { as, text, ...(channel ? { channel } : {}) })
  await say('sara', '/cme digest start')
  await say('moderator', '/cme digest here', 'standards-news')
  await say('sara', '/cme path')
  await call('press', { as: 'sara', press: 'cme1:path.start' })
  for (const name of ['Ana', 'Ben', 'Chitra', 'Dana']) {
    const who = await call('people', { name, track: 'program' })
    await call('press', { as: who.id, press: 'cme1:path.start' })
    for (const step of ['communities', 'fundamentals'].slice(0, name < 'C' ? 2 : 1)) await call('press', { as: who.id, press: `cme1:step:${step}` })
  }
  await call('submit', { as: 'sara', form: 'suggest', answers: { href: 'https://society.example/rules', title: 'A society rewrites its rules', why: 'x' } })
  await call('clock', { by: 12 * 86400 })
  const told = await say('moderator', '/cme console')
  const href = told.reply.say.buttons[0].href
  console.log(href.slice(0, 50))
  await page.goto(href)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'What needs you first' }).waitFor()
  await page.screenshot({ path: '/tmp/cs/real.png' })
  const t = Date.now()
  for (const p of ['', '/suggestions', '/sources', '/items', '/digests', '/members', '/conferences', '/deliveries', '/settings', '/audit', '/sessions']) {
    const s = Date.now()
    const r = await page.goto(`${at}/console${p}`)
    console.log(p, r!.status(), Date.now() - s, (await r!.body()).length, r!.headers()['content-encoding'])
  }
  console.log(errors, program.said(), Date.now() - t)
}, 120_000)
