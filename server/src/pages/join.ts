import { html } from 'hono/html'
import type { ApiHouse, Platform } from '../api/house.ts'
import type { Html } from '../html/html.ts'

/** How to come in, on each platform that is connected; nothing where none is. */
export function joinHtml({ slack, discord }: NonNullable<ApiHouse['join']>): Html {
  if (!slack && !discord) return html``
  return html`<section class="paper" aria-labelledby="join"><h2 id="join">Join</h2>
${slack ? platform('Slack', slack) : ''}${discord ? platform('Discord', discord) : ''}
<p class="soft">There, <code>/cme start</code> asks for your track and brings news and dates at a time of your choosing.</p></section>`
}

function platform(name: string, { href, install }: Platform): Html {
  return html`<p><strong>On ${name}</strong>: ${
    href
      ? html`<a href="${href}" rel="noreferrer">come in by the community’s invitation</a>.`
      : 'ask the moderators of the community for an invitation.'
  }${install ? html` <a href="/slack/install">Add it to another workspace</a>.` : ''}</p>`
}
