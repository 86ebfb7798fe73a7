import { MOCK_FOOT, type PlanningFile } from '@cme-commons/core'
import { html } from 'hono/html'
import { cardHtml } from '../html/card.ts'
import type { Html } from '../html/html.ts'
import { page } from '../html/page.ts'

/** A planning file as a page to read or print. */
export const printedPage = ({ title, sections, foot = MOCK_FOOT }: PlanningFile): Html =>
  page({
    title: `${title} – CME Commons`,
    description: foot,
    head: html`<meta name="robots" content="noindex">`,
    body: html`<h1>${title}</h1>
${sections.map((section) => cardHtml({ title: section.title, blocks: section.blocks }))}`,
  })
