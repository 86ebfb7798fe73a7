import type { Press } from './action.ts'
import type { Text } from './text.ts'
import type { Instant } from './time.ts'

/** What a person sees, on every surface: Slack, Discord, the try-out page, e-mail-like plain text. Renderers draw it; views make it. */
export type Card = {
  title: string
  blocks: readonly Block[]
  buttons?: readonly Button[]
  footer?: Text
  /** Where the whole can be read when a surface has to leave blocks out ("and N more"). */
  more?: Button
}

/**
 * `keep` is the order of sacrifice: a surface that is out of room drops the highest numbers first (0, the default, goes last). The
 * items of a `bare` list bring their own marks (✓, →), so that no bullet stands before them.
 */
export type Block = (
  | { kind: 'text'; text: Text }
  | { kind: 'heading'; text: string }
  | { kind: 'list'; items: readonly Text[]; ordered?: boolean; bare?: boolean }
  | { kind: 'facts'; facts: readonly { name: string; value: Text }[] }
  | { kind: 'quote'; text: Text; by?: string }
  | { kind: 'moment'; at: Instant; label: string }
  | { kind: 'progress'; done: number; total: number; label: string }
  | { kind: 'divider' }
) & { keep?: number }

/** A button performs an action, or opens an address. */
export type Button = { label: string; style?: 'primary' | 'danger' } & ({ act: Press } | { href: string })
