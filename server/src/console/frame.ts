import { html } from 'hono/html'
import type { Html } from '../html/html.ts'
import { document } from '../html/page.ts'
import { SECTIONS, type Section } from './sections.ts'
import type { Visitor } from './session.ts'

export type Shown = { title: string; body: Html; section?: Section }

const style = html`<link rel="stylesheet" href="/console/console.css">`

/** A page of the console for who is signed in: the menu of its parts, what is shown, and the way out. */
export const consolePage = (visitor: Visitor, { title, body, section }: Shown): Html =>
  document({
    title: `${title} – ${visitor.space.name} – CME Commons`,
    description: 'The moderators’ console of CME Commons',
    bodyClass: 'console',
    head: style,
    body: html`<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="brand" href="/console"><img src="/assets/mark.svg" alt="" width="26" height="26"><span>${visitor.space.name}</span></a>
<p class="who">${visitor.member.name ?? 'A moderator'}</p>
<form method="post" action="/console/out"><input type="hidden" name="csrf" value="${visitor.session.csrf}"><button class="button quiet">Sign out</button></form>
</header>
<nav class="menu" aria-label="Console"><ul>${SECTIONS.map(
      ([path, name]) =>
        html`<li><a href="${path}"${section === path ? html` aria-current="page"` : ''}>${name}</a></li>`,
    )}</ul></nav>
<main id="content">
<h1>${title}</h1>
${body}
<p class="zone">Times are those of ${visitor.zone}.</p>
</main>`,
  })

/** A page of the console for who is not signed in. */
export const doorPage = (title: string, body: Html): Html =>
  document({
    title: `${title} – CME Commons`,
    description: 'Sign in to the moderators’ console of CME Commons',
    bodyClass: 'console door',
    head: style,
    body: html`<main id="content" class="card"><p class="brand"><img src="/assets/mark.svg" alt="" width="28" height="28"><span>CME Commons</span></p>
<h1>${title}</h1>
${body}
</main>`,
  })
