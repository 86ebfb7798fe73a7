import { MINUTE, plus } from '@cme-commons/core'
import { deliveryOf, findSource } from '@cme-commons/db'
import { createReader } from '@cme-commons/feeds'
import type { Page } from 'playwright-core'
import { afterAll, expect, onTestFinished } from 'vitest'
import { barriers } from '../support/accessible.ts'
import { browserTest, closeBrowser, visit } from '../support/browser.ts'
import { openConsole } from '../support/console-house.ts'
import { lived } from '../support/console-life.ts'
import { feedOf, newsSite } from '../support/news-site.ts'

afterAll(closeBrowser)

/** A society's site on loopback: its page names a feed with one item that matters and one that does not. */
async function society() {
  const stories = [
    {
      id: '1',
      title: 'Joint Accreditation revises its criteria',
      link: 'https://society.example/1',
      at: '2026-12-04T10:00:00Z',
    },
    { id: '2', title: 'Our garden party', link: 'https://society.example/2', at: '2026-12-03T10:00:00Z' },
  ]
  const site = await newsSite((path) =>
    path === '/feed'
      ? { headers: { 'Content-Type': 'application/rss+xml' }, body: feedOf(stories) }
      : {
          headers: { 'Content-Type': 'text/html' },
          body: '<!doctype html><title>Society</title><link rel="alternate" type="application/rss+xml" href="/feed">',
        },
  )
  onTestFinished(() => site.close())
  const reader = createReader({ userAgent: 'test', allow: [new URL(site.url).host] })
  onTestFinished(() => reader.close())
  return { site, reader }
}

const sizes = [
  ['a desktop', { width: 1280, height: 900 }],
  ['a phone in the dark', { width: 390, height: 844, scheme: 'dark' as const }],
] as const

/** What is looked at on a phone as well: the rest is the same markup. */
const ON_A_PHONE = new Set(['the overview', 'a form', 'a delivery', 'Sources'])

for (const [screen, look] of sizes)
  browserTest(
    `a moderator’s day on ${screen}: she signs in, sees what is wrong, and puts it right`,
    async () => {
      const { site, reader } = await society()
      const world = await openConsole({ reader })
      const { db, house, tried, address } = world
      await lived(world)
      const { page, errors } = await visit(`${address}/try?as=moderator`, look)
      page.setDefaultTimeout(8_000)
      const seen = async (name: string) => {
        if (look.width > 1000 || ON_A_PHONE.has(name)) expect(await barriers(page), name).toEqual([])
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), name).toBe(true)
      }
      const menu = (name: string) =>
        page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name, exact: true }).click()
      const press = (name: string | RegExp) => pressed(page, name)

      await page.getByLabel('Message', { exact: true }).fill('/cme console')
      await page.keyboard.press('Enter')
      const href = await page
        .locator('.message')
        .last()
        .getByRole('link', { name: 'Open the console' })
        .getAttribute('href')
      await page.goto(address + href)
      await seen('the door')
      await press('Sign in')
      await page.getByRole('heading', { name: 'What needs you first' }).waitFor()
      for (const text of [
        'One delivery failed',
        'A failing site is failing',
        'One suggestion waits',
        '2 newcomers have stalled',
      ])
        await page.getByRole('link', { name: text }).waitFor()
      await seen('the overview')

      await page.getByRole('link', { name: 'A failing site is failing' }).click()
      await page.getByText('The server answers 503').waitFor()
      await page.getByLabel('Its new address').fill(site.url)
      await press('Look there')
      await page.getByRole('heading', { name: 'Made-up society' }).waitFor()
      expect(await page.getByRole('row', { name: /garden party/ }).textContent()).toContain('off topic')
      expect(await page.getByRole('row', { name: /Joint Accreditation/ }).textContent()).toContain('old news')
      await seen('a dry run')
      await press('Use this address')
      await page.getByText('It is read again within the next minutes.').waitFor()
      expect(await findSource(db.read, 'ill')).toMatchObject({ url: `${site.url}/feed`, failures: 0, enabled: 1 })

      await menu('Suggestions')
      await page.getByRole('link', { name: /^1\. A society rewrites/ }).click()
      await page.getByRole('link', { name: 'Edit and approve' }).click()
      await seen('a form')
      await page.getByLabel('Title').fill('')
      await press('Approve')
      await page.getByRole('alert').getByText('Write a title.').waitFor()
      await seen('a refused form')
      await page.getByLabel('Title').fill('A society rewrites its rules for disclosure')
      await page.getByLabel('Summary').fill('Relationships are disclosed for 24 months.')
      await press('Approve')
      await page.getByText('It comes with the next digests').waitFor()

      await menu('Items')
      await page.getByLabel('Words').fill('society')
      await press('Show')
      await page.getByRole('link', { name: 'A society rewrites its rules for disclosure' }).click()
      await press('Title and summary')
      await page.getByLabel('Summary').fill('Disclosure covers 24 months from next year on.')
      await page.locator('form.fields .primary').click()
      await page.getByText('Disclosure covers 24 months from next year on.').first().waitFor()
      await seen('an edited item')

      await menu('Digests')
      await page.getByLabel('Whose digest').selectOption('An applicant to EACCME')
      await press('Show')
      await page.getByText('organises European congresses').waitFor()
      await page.getByLabel('Whose digest').selectOption('Somebody who wants everything')
      await press('Show')
      await page.getByText('A society rewrites its rules for disclosure').waitFor()
      await seen('a preview')
      await press('Send now')
      await page.getByRole('heading', { name: 'It is on its way' }).waitFor()

      await menu('Conferences')
      await page.getByRole('link', { name: 'SACME Annual Meeting' }).click()
      await page.getByRole('link', { name: 'SACME 2027', exact: true }).click()
      await page.getByRole('link', { name: /^Change: / }).click()
      await page.getByRole('link', { name: 'Change it' }).click()
      await page.getByLabel('When').fill('2027-01-27')
      await press('Show what it does')
      await seen('what a move does')
      await press('Save')
      await page
        .getByText(/^Saved/)
        .first()
        .waitFor()
      await menu('Conferences')
      await page.getByText('27 Jan 2027').first().waitFor()

      await menu('Overview')
      await page.getByRole('link', { name: 'One delivery failed' }).click()
      await page.getByRole('link', { name: 'A message' }).first().click()
      await page.getByText('It did not arrive, and nobody tries again by itself.').waitFor()
      await page.getByText('She takes no direct messages').waitFor()
      await press('Send it again')
      await page.getByText('It is sent again now.').waitFor()
      await tried.moveClock(plus(house.now(), MINUTE))
      await page.getByRole('link', { name: 'Look again' }).click()
      await page.getByText('The platform took it.').waitFor()
      await seen('a delivery')
      expect((await deliveryOf(db.read, 'note/sara'))?.state).toBe('done')

      for (const name of ['Sources', 'Members', 'Settings', 'Audit', 'Signed in', 'Deliveries']) {
        await menu(name)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await seen(name)
      }
      await press('Sign out')
      await page.getByRole('heading', { name: 'Signed out' }).waitFor()
      await page.goto(`${address}/console`)
      await page.getByRole('heading', { name: 'Sign in from your chat' }).waitFor()
      expect(errors.filter((error) => !/401/.test(error))).toEqual([])
    },
    120_000,
  )

/** Presses a button, or follows what looks like one. */
async function pressed(page: Page, name: string | RegExp): Promise<void> {
  const exact = typeof name === 'string' ? { name, exact: true } : { name }
  await page.getByRole('button', exact).or(page.getByRole('link', exact)).first().click()
}
