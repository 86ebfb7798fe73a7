import { afterAll, expect } from 'vitest'
import { actorOf, somebody } from '../../server/src/try/space.ts'
import { browserTest, closeBrowser, visit } from '../support/browser.ts'
import { saveOf } from '../support/conference-world.ts'
import { openTryPage } from '../support/try-page.ts'

afterAll(closeBrowser)

browserTest('a moderator opens a conference channel in two presses, and watches it until it closes', async () => {
  const { house, address } = await openTryPage()
  await fetch(`${address}/state`)
  const mo = actorOf((await somebody(house.db.read, 'moderator'))!)
  const enter = async (form: string, answers: Record<string, string>) =>
    house.perform(mo, saveOf(await house.perform(mo, { do: 'form.submit', form, answers })))
  const about = { zone: 'America/Chicago', place: 'A city', href: 'https://example.org/sacme' }
  await enter('plan.edition:sacme', { name: 'SACME 2026', ...about, days: '2026-11-30 to 2026-12-01' })
  const session = { title: 'Opening', when: '2026-11-30 09:00 to 10:00', status: 'confirmed', source: 'programme' }
  await enter('plan.session:e1', { ...session, place: 'Hall A' })

  const { page, errors } = await visit(`${address}?as=moderator`)
  await page.getByLabel('Message', { exact: true }).fill('/cme conferences SACME')
  await page.keyboard.press('Enter')
  const last = page.locator('.is-reply').last()
  await last.getByRole('button', { name: 'SACME 2026' }).click()
  await last.getByRole('button', { name: 'Its own channel' }).click()
  await last.getByText('A channel #sacme-2026 is made.').waitFor()
  await last.getByRole('button', { name: 'Open', exact: true }).click()
  await last.getByText('It is being opened.').waitFor()
  await page.getByRole('button', { name: '+1 hour' }).click()
  await page
    .getByRole('button', { name: /sacme-2026/ })
    .first()
    .click()
  const messages = page.locator('#messages')
  await messages.getByRole('heading', { name: 'SACME 2026: schedule' }).waitFor()
  expect(await messages.getByText('Pinned', { exact: true }).count()).toBe(2)

  await house.moveClock('2026-12-01T15:00:00.000Z')
  await messages.getByRole('heading', { name: 'SACME 2026 today: day 2 of 2' }).waitFor()
  await house.moveClock('2027-01-02T15:00:00.000Z')
  await messages.getByRole('heading', { name: 'This channel is closed' }).waitFor()
  await page.reload()
  await page
    .getByRole('button', { name: /sacme-2026/ })
    .first()
    .click()
  expect(await page.getByLabel('Message', { exact: true }).isDisabled()).toBe(true)
  expect(errors).toEqual([])
})
