import { html } from 'hono/html'
import type { Html } from '../html/html.ts'
import { publicPage } from './frame.ts'

const short = (title: string, say: string, more: Html = html``): Html =>
  publicPage({
    title,
    description: say,
    site: '',
    path: '',
    hidden: true,
    body: html`<header class="lead"><h1>${title}</h1>
<p>${say}</p></header>
${more}<p><a class="button" href="/">To the latest news</a></p>`,
  })

export const noDigestPage = (): Html =>
  short(
    'This digest is not here',
    'Its address may have been cut off when it was copied: open it again from the message it came with.',
  )

export const noItemPage = (): Html =>
  short('This item is not here', 'It may have left the archive, or its address was cut off when it was copied.')

export const noPage = (): Html => short('There is no page here', 'The address may be mistyped.')

/** `instance` is the name under which the log has what went wrong. */
export const failedPage = (say: string, instance: string): Html =>
  short('That did not work', say, html`<p><code>${instance}</code></p>\n`)
