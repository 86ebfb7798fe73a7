import type { Card } from './card.ts'
import type { Form } from './form.ts'

/** Why something was not done: a value that tests and edges can tell apart, never a sentence. */
export type Reason =
  | 'unknown-command'
  | 'unknown-name'
  | 'bad-answer'
  | 'gone'
  | 'moderators-only'
  | 'nothing-yet'
  | 'needs-first'
  | 'not-complete'
  | 'handed-in'
  | 'own-work'
  | 'locked'
  | 'already-there'
  | 'too-many'
  | 'last-moderator'

/**
 * The answer to one action. `private` is for the person who asked alone; `update` replaces the message whose button was pressed.
 * A refusal says what to do, and for a form which field is wrong.
 */
export type Reply =
  | { say: Card; private?: boolean; update?: boolean }
  | { ask: Form }
  | { refuse: Reason; say: Card; fields?: Readonly<Record<string, string>> }

/** Discord cannot answer a modal with a modal, so a submitted form is never answered by another form. */
export type FormReply = Exclude<Reply, { ask: Form }>
