import { html } from 'hono/html'
import type { Html } from '../html/html.ts'

/**
 * A table whose rows become blocks on a phone, each cell under its own heading. The roles stand in the markup because browsers forget
 * them when cells are laid out as blocks.
 */
export const listTable = (about: string, heads: readonly string[], rows: readonly (readonly Html[])[]): Html =>
  html`<table class="list-table" role="table" aria-label="${about}">
<thead role="rowgroup"><tr role="row">${heads.map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(
    ([first, ...cells]) =>
      html`<tr role="row"><th scope="row" role="rowheader">${first}</th>${cells.map(
        (cell, i) => html`<td role="cell" data-head="${heads[i + 1] ?? ''}">${cell}</td>`,
      )}</tr>`,
  )}</tbody>
</table>`
