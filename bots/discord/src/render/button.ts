import { type Button, cut, encodeAction, LIMITS } from '@cme-commons/core'
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10'
import { oneLine } from './clean.ts'
import { safeUrl } from './link.ts'

const MOST_LABEL = 80
const A_ROW = 5

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>

/** Whether Discord can draw a button: an address that is not http(s), or too long for one, has to be a link in the text instead. */
export const drawable = (button: Button): boolean =>
  'act' in button || (safeUrl(button.href)?.length ?? Infinity) <= LIMITS.button.href

/**
 * Buttons in rows of five. Two that do the same have ids that differ in `#1`, `#2` behind the action; `plainId` takes that off again.
 * What an id has no room for is drawn as a button that cannot be pressed.
 */
export function drawButtons(buttons: readonly Button[], taken = new Set<string>()): Row[] {
  const drawn = buttons.map((button) => drawButton(button, taken))
  return Array.from({ length: Math.ceil(drawn.length / A_ROW) }, (_, i) => ({
    type: ComponentType.ActionRow,
    components: drawn.slice(i * A_ROW, (i + 1) * A_ROW),
  }))
}

/** One button whose id is none of `taken`, and is added to them. */
export function drawButton(button: Button, taken: Set<string>): APIButtonComponent {
  const label = cut(oneLine(button.label), MOST_LABEL) || 'Open'
  const type = ComponentType.Button as const
  if ('href' in button) return { type, style: ButtonStyle.Link, label, url: new URL(safeUrl(button.href)!).href }
  const style =
    button.style === 'primary'
      ? ButtonStyle.Primary
      : button.style === 'danger'
        ? ButtonStyle.Danger
        : ButtonStyle.Secondary
  const id = encodeAction(button.act)
  const free = freeId(id, taken)
  if (free.length <= LIMITS.button.id) return { type, style, label, custom_id: add(free, taken) }
  return { type, style, label, custom_id: add(freeId('cme1:-', taken), taken), disabled: true }
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  let free = id
  for (let n = 1; taken.has(free); n++) free = `${id}#${n}`
  return free
}

const add = (id: string, taken: Set<string>): string => {
  taken.add(id)
  return id
}

/** The id of a pressed button as the action encodes it, without what told it from another of the same. */
export const plainId = (customId: string): string => customId.replace(/#\d+$/, '')
