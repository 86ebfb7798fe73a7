import { JURISDICTIONS, type Jurisdiction, type Knowledge, marked, type Term, termsBy } from '@cme-commons/core'
import { html } from 'hono/html'
import { matching } from '../api/glossary.ts'
import type { Html } from '../html/html.ts'
import { textHtml } from '../html/text.ts'
import { publicPage } from './frame.ts'
import { provenance } from './parts.ts'

const MOST_Q = 100

/**
 * The glossary: one letter of it, one jurisdiction, or what a search finds. Without any of these the first letter there is, so that the
 * page stays small.
 */
export function glossaryPage(content: Knowledge, site: string, query: string): Html {
  const asked = new URLSearchParams(query)
  const { glossary } = content
  const q = (asked.get('q') ?? '').trim().slice(0, MOST_Q)
  const jurisdiction = Object.keys(JURISDICTIONS).find((id) => id === asked.get('jurisdiction')) as
    | Jurisdiction
    | undefined
  const inside = jurisdiction ? glossary.filter((term) => term.jurisdiction === jurisdiction) : glossary
  const letters = [...new Set(inside.map(initial))].sort()
  const said = (asked.get('letter') ?? '').toUpperCase()
  const letter = letters.includes(said) ? said : q ? undefined : letters[0]
  const found = q ? matching(inside, q) : inside.filter((term) => initial(term) === letter)
  const terms = q ? found : [...found].sort((a, b) => a.letters.localeCompare(b.letters, 'en'))
  const most = q ? MOST_FOUND : terms.length
  const where = jurisdiction ? ` in ${JURISDICTIONS[jurisdiction]}` : ''
  const heading = q
    ? `${terms.length === 1 ? 'One term' : `${terms.length} terms`} for “${q}”${where}`
    : `${letter ?? ''}${where}`
  const own = new URLSearchParams({
    ...(jurisdiction ? { jurisdiction } : {}),
    ...(asked.has('letter') && letter ? { letter } : {}),
  })
  return publicPage({
    title: q || jurisdiction || asked.has('letter') ? `Glossary: ${heading}` : 'Glossary',
    description: `${glossary.length} acronyms and terms of continuing medical education, each with where it is used and what it is mixed up with.`,
    site,
    path: `/glossary${own.size > 0 ? `?${own}` : ''}`,
    room: '/glossary',
    hidden: q !== '',
    body: html`<header class="lead"><h1>Glossary</h1>
<p>${glossary.length} acronyms and terms, each with where it is used. The same letters may mean different things on both sides of an ocean.</p></header>
<form class="filters" method="get" action="/glossary" role="search" aria-label="The glossary">
<div class="field is-long"><label for="q">Letters or words</label><input id="q" name="q" type="search" maxlength="${MOST_Q}" value="${q}" autocomplete="off"></div>
<div class="field"><label for="jurisdiction">Used in</label><select id="jurisdiction" name="jurisdiction"><option value="">Everywhere</option>${Object.entries(
      JURISDICTIONS,
    ).map(
      ([id, name]) => html`<option value="${id}"${id === jurisdiction ? html` selected` : ''}>${name}</option>`,
    )}</select></div>
<div class="field is-press"><button class="button primary" type="submit">Look up</button></div></form>
<nav class="letters" aria-label="By letter"><ul>${letters.map((one) => {
      const to = new URLSearchParams({ letter: one, ...(jurisdiction ? { jurisdiction } : {}) })
      return html`<li><a href="/glossary?${to}"${one === letter ? html` aria-current="true"` : ''}>${one}</a></li>`
    })}</ul></nav>
<section aria-labelledby="terms"><h2 id="terms"><bdi>${heading}</bdi></h2>
${terms.length > 0 ? html`<div class="terms">${terms.slice(0, most).map((term) => termHtml(term, glossary))}</div>${terms.length > most ? html`<p class="soft">And ${terms.length - most} more: write more of the name.</p>` : ''}` : html`<p class="none">None of the ${glossary.length} terms has it. In the chat, <code>/cme what</code> also finds what is nearly the same.</p>`}</section>`,
  })
}

/** Of what a search finds the first; a letter is shown whole. */
const MOST_FOUND = 30

const initial = ({ letters }: Term): string => {
  const first = letters.normalize('NFD').slice(0, 1).toUpperCase()
  return /[A-Z]/.test(first) ? first : '#'
}

function termHtml(term: Term, glossary: readonly Term[]): Html {
  const see = termsBy(glossary, term.see ?? [])
  return html`<article class="paper term" id="${term.id}"><h3>${textHtml(marked(term.letters), 'UTC')}</h3>
<p class="tag">${JURISDICTIONS[term.jurisdiction]}</p>
${term.name.toLowerCase() === term.letters.toLowerCase() ? '' : html`<p><strong>${textHtml(marked(term.name), 'UTC')}</strong></p>`}
<p>${textHtml(marked(term.says), 'UTC')}</p>
${term.not ? html`<p><span class="soft">Easily mixed up:</span> ${textHtml(marked(term.not), 'UTC')}</p>` : ''}
${see.length > 0 ? html`<p><span class="soft">See also:</span> ${see.map((other, i) => html`${i > 0 ? ', ' : ''}<a href="/glossary?letter=${initial(other)}#${other.id}">${other.letters}</a>`)}</p>` : ''}
${provenance(term)}</article>`
}
