/**
 * What the moderators of a space can do. A funnel is that of a pathway, by its id or its track; `state` is `open` for who is under way
 * with a step and `done` for who did it. `from` counts the members of a list from 0.
 */
export type ModeratorAction =
  | { do: 'funnel'; pathway?: string }
  | { do: 'funnel.step'; step: string; state?: string; from?: number }
  | { do: 'stalled'; from?: number }
  | { do: 'roles'; from?: number }
  | { do: 'roles.find'; name?: string }
  | { do: 'roles.member'; member: string }
  | { do: 'roles.give'; member: string; role: string }
  | { do: 'roles.take'; member: string; role: string }
