import type { Card, Form } from '@cme-commons/core'

/** One view of the product, under the name by which it is found again: a card or a form. */
export type Shown = { view: string; card: Card; form?: undefined } | { view: string; card?: undefined; form: Form }
