import type { Actor, Answers, Edge } from '@cme-commons/core'

/** What was typed into a form that was refused, and what was wrong with it by field. */
export type Typed = { answers: Answers; wrong: Readonly<Record<string, string>> }

/** Discord forgets what was typed into a form: the last one that was refused is kept for a person, until the next. */
export function makeTyped(edge: Edge) {
  const nameOf = ({ space, user }: Actor) => `typed/${space}/${user}`
  return {
    keep: (actor: Actor, form: string, typed: Typed) =>
      edge.remember(nameOf(actor), JSON.stringify({ form, ...typed }), { space: actor.space, user: actor.user }),
    async of(actor: Actor, form: string): Promise<Typed | undefined> {
      const kept = await edge.recall(nameOf(actor))
      const typed = kept === undefined ? undefined : (JSON.parse(kept) as Typed & { form: string })
      return typed?.form === form ? typed : undefined
    },
  }
}
