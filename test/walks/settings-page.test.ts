import { serve } from '@hono/node-server'
import { afterAll, expect, onTestFinished } from 'vitest'
import { tryRoutes } from '../../server/src/try/routes.ts'
import { barriers } from '../support/accessible.ts'
import { browserTest, closeBrowser, visit } from '../support/browser.ts'
import { freshSqlite } from '../support/databases.ts'
import { tryHouse } from '../support/try-house.ts'

afterAll(closeBrowser)

/** The try-out page on a port of its own, on a Monday at 10:00 in New York. */
async function open() {
  const house = await tryHouse(await (await freshSqlite()).open())
  const server = await new Promise<ReturnType<typeof serve>>((listening) => {
    const made = serve({ fetch: tryRoutes(house).fetch, port: 0, hostname: '127.0.0.1' }, () => listening(made))
  })
  onTestFinished(() => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    return new Promise<void>((closed) => server.close(() => closed()))
  })
  const bound = server.address()
  return `http://localhost:${typeof bound === 'object' && bound ? bound.port : ''}/try`
}

browserTest('a moderator sets the space up in chat: she sees what it does, saves, and starts its digest', async () => {
  const { page, errors } = await visit(`${await open()}?as=moderator`)
  const say = async (text: string) => {
    await page.getByLabel('Message', { exact: true }).fill(text)
    await page.keyboard.press('Enter')
  }
  const last = page.locator('.is-reply').last()
  await say('/cme setup')
  await last.getByRole('button', { name: 'Channels', exact: true }).click()
  const form = page.getByRole('dialog', { name: 'Channels' })
  expect(await form.getByLabel('Notices for moderators').inputValue()).toBe('moderators')
  await form.getByLabel('News').selectOption('standards-news')
  expect(await barriers(page)).toEqual([])
  await form.getByRole('button', { name: 'Show what it does' }).click()
  await last.getByText('#standards-news becomes the place for news').waitFor()
  await last.getByRole('button', { name: 'Save' }).click()
  await last.getByText('Saved.').waitFor()
  await last.getByRole('button', { name: 'Start the digest for news' }).click()
  await last.getByText('The channel for news gets a digest from now on.').waitFor()
  expect(await barriers(page)).toEqual([])

  await say('/cme setup')
  await last.getByRole('button', { name: 'Time zone', exact: true }).click()
  const zone = page.getByRole('dialog', { name: 'Time zone' })
  await zone.getByLabel('Time zone of this community').fill('Europe/Brusels')
  await zone.getByRole('button', { name: 'Show what it does' }).click()
  await zone.getByText('did you mean Europe/Brussels?').waitFor()
  await zone.getByLabel('Time zone of this community').fill('Europe/Brussels')
  await zone.getByRole('button', { name: 'Show what it does' }).click()
  await last.getByText('Times are told in Europe/Brussels').waitFor()
  expect(errors).toEqual([])
})

browserTest('Sara suggests a page; a moderator edits and approves it; she hears and finds it in the news', async () => {
  const address = await open()
  const sara = await visit(`${address}?as=sara`)
  await sara.page.getByText('Good to see you, Sara').waitFor()
  await sara.page.getByLabel('Message', { exact: true }).fill('/cme suggest https://society.example/rules')
  await sara.page.keyboard.press('Enter')
  const form = sara.page.getByRole('dialog', { name: 'Suggest for the digest' })
  expect(await form.getByLabel('Link').inputValue()).toBe('https://society.example/rules')
  await form.getByLabel('Link').fill('http://192.168.0.1/rules')
  await form.getByLabel('Title').fill('ACCME revises the Standards for Integrity and Independence')
  await form.getByLabel('Why it matters to colleagues').fill('Our disclosure form changes.')
  await form.getByRole('button', { name: 'Suggest' }).click()
  await form.getByText('Nobody outside that network can open this address').waitFor()
  await form.getByLabel('Link').fill('https://society.example/rules')
  await form.getByRole('button', { name: 'Suggest' }).click()
  await sara.page.locator('.is-reply').last().getByText('The moderators decide').waitFor()

  const { page, errors } = await visit(`${address}?as=moderator`)
  const last = page.locator('.is-reply').last()
  await page.getByLabel('Message', { exact: true }).fill('/cme suggestions')
  await page.keyboard.press('Enter')
  await last.getByRole('button', { name: /^1\. ACCME revises/ }).click()
  await last.getByRole('button', { name: 'Edit and approve' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit and approve' })
  await edit.getByLabel('Summary').fill('Relationships are disclosed for 24 months.')
  await edit.getByRole('button', { name: 'Approve' }).click()
  await last.getByText('It comes with the next digests').waitFor()
  expect(await barriers(page)).toEqual([])

  await sara.page
    .getByRole('button', { name: /next digest|\+1 hour/ })
    .first()
    .click()
  const note = sara.page.locator('.is-delivered', { hasText: 'Your suggestion was approved' })
  await note.getByRole('button', { name: 'Show it' }).click()
  await sara.page.locator('.is-reply').last().getByText('Relationships are disclosed for 24 months.').waitFor()
  expect([...errors, ...sara.errors]).toEqual([])
})
