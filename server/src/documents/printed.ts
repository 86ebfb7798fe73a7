import type { PlanningFile } from '@cme-commons/core'
import { html } from 'hono/html'
import { cardHtml } from '../html/card.ts'
import type { Html } from '../html/html.ts'
import { page } from '../html/page.ts'

/** A planning file as a page to read or print. */
export const printedPage = ({ title, sections }: PlanningFile): Html =>
  page({
    title: `${title} – CME Commons`,
    description: 'MOCK: an exercise in planning. Nobody can claim credit for it.',
    head: html`<meta name="robots" content="noindex">`,
    body: html`<h1>${title}</h1>
${sections.map((section) => cardHtml({ title: section.title, blocks: section.blocks }))}`,
  })
