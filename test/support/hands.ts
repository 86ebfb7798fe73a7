/// <reference lib="dom" />
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Answers } from '@cme-commons/core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { barriers } from './accessible.ts'

/** What a member does on the try-out page, in her words; each waits until the page shows it. */
export type Hands = ReturnType<typeof hands>

/**
 * Hands for one page. `look(name)` sees that nothing bars the way and nothing is wider than the screen, and where `SHOTS` names a
 * folder keeps a picture of it there.
 */
export function hands(page: Page, screen: string) {
  const last = () => page.locator('.message').last()
  const form = () => page.locator('#form')
  const title = () => last().locator('.card-title')
  let shot = 0

  /** Does something that calls the bot, and waits for its answer to be drawn. */
  async function answered(work: () => Promise<unknown>, name: string) {
    const answer = page.waitForResponse((got) => /\/try\/(say|press|submit)$/.test(got.url()))
    await work()
    await answer
    await page.locator('dialog[open] h2, .message:last-child .card-title').filter({ hasText: name }).first().waitFor()
  }
  return {
    page,
    title: async () => (await title().textContent()) ?? '',
    card: async () => (await last().locator('.card').textContent()) ?? '',
    /** Says something and waits for a card of this title. */
    async say(text: string, then: string) {
      await page.getByLabel('Message', { exact: true }).fill(text)
      await answered(() => page.keyboard.press('Enter'), then)
    },
    /** Presses a button of the last message and waits for a card, or a form, of this title. */
    async press(label: string, then: string) {
      await answered(() => last().getByRole('button', { name: label, exact: true }).click(), then)
    },
    async fill(answers: Answers) {
      for (const [name, answer] of Object.entries(answers)) {
        const field = form().locator(`[name="${name}"]`)
        const kind = await field.first().evaluate((one) => one.tagName.toLowerCase() + (one.getAttribute('type') ?? ''))
        if (kind === 'select') await field.selectOption(String(answer))
        else if (kind === 'inputcheckbox' || kind === 'inputradio') {
          for (const value of [answer].flat().filter((one) => one !== ''))
            await form().locator(`[name="${name}"][value="${value}"]`).check()
        } else await field.fill(String(answer))
      }
    },
    /** Sends the form that is open and waits for what comes of it. */
    async send(then: string) {
      await answered(() => form().locator('footer .primary').click(), then)
      await form().waitFor({ state: 'hidden' })
    },
    /** Sends a form that is refused, and answers the field that has the focus and what stands there. */
    async sendWrong(): Promise<{ field: string; says: string; seen: boolean }> {
      await form().locator('footer .primary').click()
      await form().locator('.trouble:not([hidden])').waitFor()
      return form().evaluate((dialog) => {
        const field = dialog.ownerDocument.activeElement!
        const error = dialog.ownerDocument.getElementById(field.getAttribute('aria-describedby')!.split(' ').at(-1)!)!
        const foot = dialog.querySelector('footer')!.getBoundingClientRect().top
        const { top, bottom } = error.getBoundingClientRect()
        return {
          field: field.getAttribute('name') ?? '',
          says: error.textContent ?? '',
          seen: top > dialog.getBoundingClientRect().top && bottom <= foot,
        }
      })
    },
    async look(name: string) {
      expect(await barriers(page, 'dialog[open], .message:last-child, .door:not([hidden])'), name).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), name).toBe(true)
      const folder = process.env.SHOTS
      if (!folder) return
      mkdirSync(folder, { recursive: true })
      const file = `${screen}-${String(++shot).padStart(2, '0')}-${name.replaceAll(/\W+/g, '-').toLowerCase()}.png`
      await page.screenshot({ path: join(folder, file), animations: 'disabled' })
    },
  }
}
