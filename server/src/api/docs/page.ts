import { html } from 'hono/html'
import type { Html } from '../../html/html.ts'
import { page } from '../../html/page.ts'
import { conventions } from './conventions.ts'
import { type Described, type Document, exampleOf, type Parameter, resolved, type Shape, typeOf } from './shapes.ts'

/** The documentation as pages to read, made of the document itself: no script, and nothing of anybody else's. */
export const docsPage = (document: Document, site: string): Html =>
  framed(
    'The API of CME Commons',
    html`<h1>The API of CME Commons</h1>
<p>${document.info.description}</p>
<p><a href="/v1/openapi.json">The OpenAPI document</a> (3.1) has all of this for programs.</p>
<nav class="docs-index" aria-label="Operations">${document.tags.map(({ name }) => index(document, name))}</nav>
${conventions(site)}`,
  )

/** The operations of one tag; nothing where there is no such tag. */
export function docsOf(document: Document, site: string, name: string): Html | undefined {
  const tag = document.tags.find((one) => one.name === name)
  const all = under(document, name)
  if (!tag || all.length === 0) return undefined
  return framed(
    `API: ${name}`,
    html`<p><a href="/v1/docs">The API of CME Commons</a></p>
<h1>API: ${name}</h1>
<p>${tag.description}</p>
${all.map((one) => operation(document, one, site))}`,
  )
}

const framed = (title: string, body: Html): Html =>
  page({
    title,
    description: 'News, conferences and dates for programs: every operation with an example.',
    head: html`<link rel="stylesheet" href="/v1/docs.css">`,
    body,
  })

type Listed = { method: string; path: string; one: Described }

const under = (document: Document, tag: string): Listed[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, one]) => one.tags.includes(tag))
      .map(([method, one]) => ({ method, path, one })),
  )

function index(document: Document, tag: string): Html {
  const all = under(document, tag)
  return all.length === 0
    ? html``
    : html`<h2><a href="/v1/docs/${tag}">${tag}</a></h2><ul>${all.map(({ method, path, one }) => html`<li><a href="/v1/docs/${tag}#${one.operationId}"><code>${method.toUpperCase()} ${path}</code></a></li>`)}</ul>`
}

function operation(document: Document, { method, path, one }: Listed, site: string): Html {
  const body = one.requestBody?.content['application/json']?.schema
  return html`<article class="card docs-operation" id="${one.operationId}">
<h2>${one.summary}</h2>
<p class="docs-address"><code><b>${method.toUpperCase()}</b> ${path}</code></p>
${one.description ? html`<p>${words(one.description)}</p>` : ''}
<p class="docs-who"><b>Who may:</b> ${words(one['x-access-says'])}</p>
${parameters(one.parameters ?? [])}
${body ? fields(document, 'The body', body) : ''}
<h3>Example</h3>
<pre tabindex="0"><code>${curl(document, { method, path, one }, site)}</code></pre>
${answers(document, one)}
</article>`
}

function parameters(all: readonly Parameter[]): Html {
  if (all.length === 0) return html``
  return html`<h3>Parameters</h3><dl>${all.map(
    ({ name, in: place, required, description, schema }) =>
      html`<dt><code>${name}</code> <span>${place}${required ? ', needed' : ''}: ${typeOf(schema)}</span></dt><dd>${words(description ?? schema.description ?? '')}</dd>`,
  )}</dl>`
}

function fields(document: Document, title: string, shape: Shape): Html {
  const { properties, required = [] } = resolved(document, shape)
  if (!properties) return html``
  return html`<details><summary>${title}</summary><dl>${Object.entries(properties).map(
    ([name, part]) =>
      html`<dt><code>${name}</code> <span>${typeOf(part)}${required.includes(name) ? '' : ', may be left out'}</span></dt><dd>${words(part.description ?? '')}</dd>`,
  )}</dl></details>`
}

function answers(document: Document, { responses }: Described): Html {
  const all = Object.entries(responses)
  const good = all.find(([status]) => status.startsWith('2'))
  const content = Object.entries(good?.[1].content ?? {})[0]
  const example = content && exampleOf(document, content[1].schema)
  return html`${
    example === undefined
      ? ''
      : html`<details><summary>What comes back</summary><pre tabindex="0"><code>${typeof example === 'string' ? example : JSON.stringify(example, null, 2)}</code></pre></details>`
  }
${content ? fields(document, 'Its fields', content[1].schema) : ''}
<details><summary>All answers</summary><dl>${all.map(([status, { description }]) => html`<dt><code>${status}</code></dt><dd>${words(description)}</dd>`)}</dl></details>`
}

/** The request of the examples as a command, which a test makes as well. */
function curl(document: Document, { method, path, one }: Listed, site: string): string {
  const all = one.parameters ?? []
  const example = ({ example, schema }: Parameter) => String(example ?? schema.example ?? '')
  const address = path.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(example(all.find((it) => it.name === name)!)),
  )
  const asked = all.filter((it) => it.in === 'query' && it.required)
  const search = asked.length > 0 ? `?${new URLSearchParams(asked.map((it) => [it.name, example(it)]))}` : ''
  const body = one.requestBody?.content['application/json']?.schema
  const lines = [
    `curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}'${site}${address}${search}'`,
    ...(one['x-access'] === 'anyone' || one['x-access'] === 'wider' ? [] : [`-H 'Authorization: Bearer cme_…'`]),
    ...all.filter((it) => it.in === 'header').map((it) => `-H '${it.name}: ${example(it)}'`),
    ...(body
      ? [
          `-H 'Content-Type: application/json'`,
          `-d '${JSON.stringify(exampleOf(document, body)).replaceAll("'", "'\\''")}'`,
        ]
      : []),
  ]
  return lines.join(' \\\n  ')
}

/** A description, with what stands in backticks as code. */
const words = (said: string): Html =>
  html`${said.split('`').map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part))}`
