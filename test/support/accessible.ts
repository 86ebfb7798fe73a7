import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Found = { violations: { id: string; nodes: { html: string; any: { message: string }[] }[] }[] }

/**
 * What axe finds wrong with the page as it stands (WCAG 2.2 A and AA, best practices), one line each with the elements. `within`
 * leaves out what is not inside: a long conversation takes seconds.
 */
export async function barriers(page: Page, within = 'html'): Promise<string[]> {
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(axe)
  return page.evaluate(async (within) => {
    const { axe } = globalThis as unknown as { axe: { run(context: string): Promise<Found> } }
    const { violations } = await axe.run(within)
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${html} ${any.map((one) => one.message).join('; ')}`),
    )
  }, within)
}
