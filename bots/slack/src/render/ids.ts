import { type Button, decodeAction, encodeAction, type Press } from '@cme-commons/core'

/** Makes the ids of one message or view unique: the second `x` is `x#2`. */
export function uniqueIds(): (id: string) => string {
  const seen = new Map<string, number>()
  return (id) => {
    const count = (seen.get(id) ?? 0) + 1
    seen.set(id, count)
    return count === 1 ? id : `${id}#${count}`
  }
}

/** An id as it was before it was made unique. Our own ids hold no `#`: it is encoded. */
export const plainId = (id: string): string => id.replace(/#\d+$/, '')

const LONGEST = 240
/** The id of a button whose action is too long for an id: its value carries it. */
const CARRIED = 'cme1:carried'
/** The id of a button that opens an address: Slack tells of the press all the same, and there is nothing to do. */
export const LINK_ID = 'link:open'

/** What a button's element carries of its action: at most 255 characters of id, at most 2,000 of value. */
export function actionOf(button: Button): { action_id: string; value?: string } | undefined {
  if (!('act' in button)) return { action_id: LINK_ID }
  const id = encodeAction(button.act)
  if (id.length <= LONGEST) return { action_id: id }
  return id.length <= 2000 ? { action_id: CARRIED, value: id } : undefined
}

/** The action of a pressed element, or nothing when it is not one of ours. */
export function pressOf({ action_id, value }: { action_id?: string; value?: string }): Press | undefined {
  const id = plainId(action_id ?? '')
  return decodeAction(id === CARRIED ? (value ?? '') : id)
}
