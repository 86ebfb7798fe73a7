import type { Card } from '@cme-commons/core'
import { afterAll, expect } from 'vitest'
import { tryDeliver } from '../../server/src/try/deliver.ts'
import { barriers } from '../support/accessible.ts'
import { browserTest, closeBrowser, visit } from '../support/browser.ts'
import { START } from '../support/try-house.ts'
import { openTryPage } from '../support/try-page.ts'

afterAll(closeBrowser)

browserTest(
  'Sara is three presses from a digest; she asks why, and mends a form that was filled in wrongly',
  async () => {
    const { address } = await openTryPage()
    const { page, errors } = await visit(address)
    await page.getByRole('button', { name: /^Sara/ }).click()
    await page.getByRole('button', { name: 'Start my digest' }).click()
    await page.getByRole('button', { name: 'To the next digest' }).click()

    const digest = page.locator('.is-delivered')
    await digest.getByText('CME standards news, 30 November 2026').waitFor()
    await page.locator('#sent').getByText('1 message was sent').waitFor()
    expect(await page.locator('#now').textContent()).toBe('Mon 30 Nov, 08:00')
    await digest.getByRole('button', { name: 'Why did I get this?' }).click()
    await page.locator('.is-reply').getByText('This digest comes every Monday at 08:00').waitFor()

    await page.getByLabel('Message', { exact: true }).fill('/cme digest when')
    await page.keyboard.press('Enter')
    const form = page.getByRole('dialog', { name: 'When it comes' })
    const time = form.getByLabel('At what time')
    await time.fill('25:99')
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByText('Write a time of day as in 08:00').waitFor()
    expect(await time.getAttribute('aria-invalid')).toBe('true')
    expect(await time.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true)
    expect(
      await time.evaluate(
        (field) =>
          field.ownerDocument.getElementById(field.getAttribute('aria-describedby')!.split(' ').at(-1)!)!.textContent,
      ),
    ).toMatch(/^Write a time/)
    await time.fill('07:30')
    await form.getByRole('button', { name: 'Save' }).click()
    await page.locator('.is-reply').last().getByText('every Monday at 07:30').waitFor()
    expect(await form.isVisible()).toBe(false)

    await page.reload()
    await page.locator('.is-delivered').getByText('CME standards news, 30 November 2026').waitFor()
    expect(errors).toEqual([])
  },
)

browserTest('a newcomer joins and writes with the keyboard alone; commands complete', async () => {
  const { address } = await openTryPage()
  const { page, errors } = await visit(address, { zone: 'Europe/Brussels' })
  await page.getByRole('button', { name: /^Somebody new/ }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('Ines <img src=x onerror=alert(1)>')
  expect(await page.getByLabel('Time zone').inputValue()).toBe('Europe/Brussels')
  await page.keyboard.press('Enter')
  await page.getByText('Welcome to the CME community, Ines <img src=x onerror=alert(1)>').waitFor()

  await page.keyboard.type('/cme dig')
  expect(await page.getByRole('option').count()).toBe(1)
  await page.keyboard.press('Tab')
  expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('/cme digest ')
  await page.keyboard.press('ArrowDown')
  expect(await page.getByLabel('Message', { exact: true }).getAttribute('aria-activedescendant')).toBe('offer-0')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.locator('.is-reply').getByText('every Monday at 08:00 (Europe/Brussels)').waitFor()
  expect(await page.getByRole('listbox').isVisible()).toBe(false)
  expect(errors).toEqual([])
})

browserTest('what arrives in another channel shows as unread, and two people see the same channel', async () => {
  const { address } = await openTryPage()
  const sara = (await visit(`${address}?as=sara`)).page
  await sara.getByText('Good to see you, Sara').waitFor()
  const moderator = (await visit(`${address}?as=moderator&in=standards-news`)).page
  await moderator.getByLabel('Message', { exact: true }).fill('Good morning')
  await moderator.keyboard.press('Enter')
  await sara.getByRole('button', { name: 'standards-news 1 unread' }).click()
  await sara.locator('.message').getByText('Good morning').waitFor()
  await sara.getByLabel('Message', { exact: true }).fill('/cme help')
  await sara.keyboard.press('Enter')
  await sara.getByText('Only visible to you').waitFor()
  await moderator.locator('.message').getByText('/cme help').waitFor()
  expect(await moderator.getByText('Only visible to you').count()).toBe(0)
})

const HOSTILE = `</h3><script>document.title='owned'</script><img src=x onerror="document.title='owned'"> <!channel> @everyone`

browserTest('a hostile card is drawn as text, and its addresses are not followed', async () => {
  const { house, address } = await openTryPage()
  const { page, errors } = await visit(`${address}?as=sara`)
  await page.getByText('Good to see you, Sara').waitFor()
  const text = [HOSTILE, { strong: HOSTILE }, { link: 'press me', href: 'javascript:document.title="owned"' }]
  const card: Card = {
    title: HOSTILE,
    blocks: [
      { kind: 'text', text },
      { kind: 'heading', text: HOSTILE },
      { kind: 'list', items: [text] },
      { kind: 'facts', facts: [{ name: HOSTILE, value: text }] },
      { kind: 'quote', text, by: HOSTILE },
      { kind: 'moment', at: START, label: HOSTILE },
      { kind: 'progress', done: 1, total: 3, label: HOSTILE },
      { kind: 'divider' },
    ],
    buttons: [
      { label: HOSTILE, act: { do: 'help' } },
      { label: 'Read', href: 'https://example.org/"><script>' },
    ],
    footer: text,
  }
  await tryDeliver(house.db)({
    id: 'p1',
    key: 'hostile',
    to: { space: 'try', user: 'sara' },
    card,
    attempt: 1,
    doubt: false,
    now: START,
  })
  const drawn = page.locator('[data-id="hostile"] .card')
  await drawn.waitFor()
  expect(await drawn.locator('script, img, iframe, [onerror], a:not([href^="https://example.org/"])').count()).toBe(0)
  expect(await drawn.locator('h3').textContent()).toBe(HOSTILE)
  await drawn.locator('button').click()
  await page.getByText('What you can ask for').waitFor()
  expect(await page.title()).toBe('Try CME Commons')
  expect(errors).toEqual([])
})

browserTest('nothing bars the way, light and dark, wide and on a phone', async () => {
  const { address } = await openTryPage()
  for (const look of [{}, { scheme: 'dark' as const }, { width: 390, height: 844 }]) {
    const { page } = await visit(address, look)
    await page.getByText('Who would you like to be?').waitFor()
    expect(await barriers(page)).toEqual([])
    await page.getByRole('button', { name: /^Moderator/ }).click()
    await page.locator('.message .card').first().waitFor()
    await page.getByLabel('Message', { exact: true }).fill('/cme digest start')
    await page.keyboard.press('Enter')
    await page.locator('.is-reply').last().getByText('every Monday').waitFor()
    expect(await barriers(page)).toEqual([])
    await page.getByRole('button', { name: 'Change what is in it' }).last().click()
    await page.getByRole('dialog', { name: 'What is in it' }).waitFor()
    expect(await barriers(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  }
})
