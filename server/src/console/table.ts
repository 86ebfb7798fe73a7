import { plainMoment } from '@cme-commons/core'
import { html } from 'hono/html'
import type { Html } from '../html/html.ts'

export type Cell = Html | string | number

/** A table with its name; on a phone each row stands by itself with the heads beside the cells. `empty` is said when there is no row. */
export const table = (
  name: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  empty: string,
): Html =>
  rows.length === 0
    ? html`<p class="empty">${empty}</p>`
    : html`<table class="rows"><caption class="only-heard">${name}</caption>
<thead><tr>${head.map((one) => html`<th scope="col">${one}</th>`)}</tr></thead>
<tbody>${rows.map(
        (row) =>
          html`<tr>${row.map((cell, i) =>
            i === 0
              ? html`<th scope="row">${cell}</th>`
              : html`<td data-head="${head[i] ?? ''}"><span>${cell}</span></td>`,
          )}</tr>`,
      )}</tbody></table>`

/** A form that looks for something: what was typed stands in the address, so that it can be kept. */
export const finder = (action: string, fields: Html): Html =>
  html`<form class="finder" method="get" action="${action}" role="search">${fields}<button class="button">Show</button></form>`

export const input = (name: string, label: string, value: string, placeholder = ''): Html =>
  html`<label><span>${label}</span><input name="${name}" value="${value}" placeholder="${placeholder}" autocomplete="off" maxlength="300"></label>`

export const select = (
  name: string,
  label: string,
  value: string,
  options: readonly (readonly [string, string])[],
): Html =>
  html`<label><span>${label}</span><select name="${name}">${options.map(
    ([one, words]) => html`<option value="${one}"${one === value ? html` selected` : ''}>${words}</option>`,
  )}</select></label>`

export const mark = (tone: 'good' | 'bad' | 'idle' | 'wait', words: string): Html =>
  html`<span class="mark is-${tone}">${words}</span>`

/** A moment in a table; the zone stands once, at the foot of the page. */
export const moment = (at: string, zone: string): Html =>
  html`<time datetime="${at}">${plainMoment(at, 'moment', zone).replace(` ${zone}`, '')}</time>`
