import type { Button } from '@cme-commons/core'
import type { ActionsBlock, Button as Element } from '@slack/types'
import { actionOf } from './ids.ts'
import { plainObject } from './objects.ts'
import { linkTo } from './text.ts'

const PER_BLOCK = 25

/**
 * The button as Slack's element, or nothing where it could do nothing: an address that is not http(s) or longer than 3,000 characters,
 * an action that no id can carry.
 */
export function drawButton(button: Button, unique: (id: string) => string): Element | undefined {
  const ids = actionOf(button)
  const to = 'href' in button ? linkTo(button.href) : undefined
  if (!ids || ('href' in button && (!to || to.length > 3000))) return undefined
  return {
    type: 'button',
    text: plainObject(button.label, 75, 'Open'),
    action_id: unique(ids.action_id),
    ...(ids.value ? { value: ids.value } : {}),
    ...(to ? { url: to } : {}),
    ...(button.style ? { style: button.style } : {}),
  }
}

/** Buttons in rows, as they fit the width of the screen; a block takes 25. */
export function buttonRows(elements: readonly Element[]): ActionsBlock[] {
  const rows: ActionsBlock[] = []
  for (let i = 0; i < elements.length; i += PER_BLOCK)
    rows.push({ type: 'actions', elements: elements.slice(i, i + PER_BLOCK) })
  return rows
}
