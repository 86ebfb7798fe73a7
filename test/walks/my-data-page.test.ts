import { serve } from '@hono/node-server'
import { afterAll, expect, onTestFinished } from 'vitest'
import { tryRoutes } from '../../server/src/try/routes.ts'
import { barriers } from '../support/accessible.ts'
import { browserTest, closeBrowser, visit } from '../support/browser.ts'
import { freshSqlite } from '../support/databases.ts'
import { hands } from '../support/hands.ts'
import { tryHouse } from '../support/try-house.ts'

afterAll(closeBrowser)

browserTest(
  'a member sees, saves and erases what is kept about her, on a phone; a stray press erases nothing',
  async () => {
    const house = await tryHouse(await (await freshSqlite()).open())
    const server = await new Promise<ReturnType<typeof serve>>((listening) => {
      const made = serve({ fetch: tryRoutes(house).fetch, port: 0, hostname: '127.0.0.1' }, () => listening(made))
    })
    onTestFinished(() => {
      if ('closeAllConnections' in server) server.closeAllConnections()
      return new Promise<void>((closed) => server.close(() => closed()))
    })
    const bound = server.address()
    const address = `http://localhost:${typeof bound === 'object' && bound ? bound.port : ''}/try`
    const { page, errors } = await visit(address, { width: 390, height: 844 })
    const her = hands(page, 'phone')
    await page.getByRole('button', { name: /^Sara/ }).click()
    await page.getByText('Good to see you, Sara').waitFor()

    await her.say('/cme my-data', 'What is kept about you')
    await her.look('my-data')
    const save = page.locator('.message').last().getByRole('link', { name: 'Save as JSON' })
    expect(await save.getAttribute('href')).toBe('/my-data.json?as=sara')
    await her.press('Read all of it', 'What is kept about you')
    await her.look('my-data-read')
    await her.press('The overview', 'What is kept about you')
    await her.press('Erase all of it', 'Erase everything that is kept about you?')
    await her.look('erase')
    await her.press('Go on to erase it', 'Erase everything')
    await her.look('erase-form')
    await her.fill({ word: 'no' })
    expect(await her.sendWrong()).toMatchObject({ field: 'word', says: expect.stringContaining('Type ERASE') })
    await her.fill({ word: 'erase' })
    await page.locator('#form footer .primary').click()
    await page.getByText('Everything about you is erased').waitFor()
    await page.getByText('You are nobody here any more.').waitFor()
    expect(await barriers(page, '#messages')).toEqual([])
    expect(await page.getByLabel('Message', { exact: true }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Begin anew' }).click()
    await page.getByText('Who would you like to be?').waitFor()
    await page.getByRole('button', { name: /^Moderator/ }).waitFor()
    expect(await page.getByRole('button', { name: /^Sara/ }).count()).toBe(0)
    expect(errors).toEqual([])
  },
)
