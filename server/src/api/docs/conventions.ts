import { html } from 'hono/html'
import type { Html } from '../../html/html.ts'

/** What holds for every operation. */
export const conventions = (site: string): Html => html`<section class="card" aria-labelledby="conventions">
<h2 id="conventions">What holds everywhere</h2>
<dl>
<dt>Tokens</dt>
<dd>The news, the knowledge and open calendars need none. The rest needs <code>Authorization: Bearer cme_…</code>; the operator makes
tokens with <code>cme token add</code>. A token is of one community, and of one member where it is somebody’s own. Its scope is
<code>read</code>, <code>progress</code> (the member’s own data), <code>moderate</code> (that community) or <code>admin</code>; each opens what
those before it open.</dd>
<dt>Errors</dt>
<dd>Problem documents (RFC 9457). <code>errors</code> has a <code>pointer</code> to each field that is wrong, <code>#/query/limit</code> or
<code>#/when/day</code>, and what to do about it.</dd>
<dt>Pages</dt>
<dd>Lists take <code>limit</code> (1 to 100) and tell <code>next</code>; the <code>Link</code> header with <code>rel="next"</code> is the
address of the next page.</dd>
<dt>Keeping answers</dt>
<dd>Each answer has a strong <code>ETag</code>: send it as <code>If-None-Match</code> and hear <code>304</code> while nothing changed. What
everybody may read, a cache may keep for a minute; what came for a token, none.</dd>
<dt>Changing</dt>
<dd><code>PATCH</code> and <code>DELETE</code> need <code>If-Match</code> with the <code>ETag</code> of what was read, or <code>*</code>:
without it <code>428</code>, and <code>412</code> when somebody was faster.</dd>
<dt>Doing things once</dt>
<dd>A <code>POST</code> with an <code>Idempotency-Key</code> is done once: sent again within 24 hours it gets the same answer, with
<code>Idempotency-Replayed: true</code>. The key with another body is refused (<code>422</code>). What was refused may be sent again,
corrected.</dd>
<dt>How often</dt>
<dd><code>RateLimit-Policy</code> and <code>RateLimit</code> say how many requests a minute there are and how many are left; beyond them
<code>429</code> with <code>Retry-After</code>, in seconds.</dd>
<dt>Times</dt>
<dd>UTC as in <code>2026-11-23T08:00:00.000Z</code> (RFC 3339), days as in <code>2026-11-23</code>.</dd>
<dt>From a browser</dt>
<dd>Scripts of other sites may read the API where the operator named their site. A widget needs none of it: see <a
href="${site}/embed">Put it on your site</a>.</dd>
</dl>
</section>`
