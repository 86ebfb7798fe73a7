import type { Answers, Form } from '../form.ts'
import type { TrackQuestion } from '../knowledge/onboarding.ts'

export const FINDER_FORM = 'path.find'

/** The short questions that find a newcomer's track, in one form. An option's value is its place. */
export const finderForm = (finder: readonly TrackQuestion[]): Form => ({
  id: FINDER_FORM,
  title: 'Find my track',
  submit: 'Find it',
  fields: finder.map(({ id, ask, options }) => ({
    kind: 'one',
    name: id,
    label: ask,
    options: options.map(({ text }, i) => ({ value: String(i), label: text })),
  })),
})

/**
 * The tracks that the answers speak for most; several when they weigh the same. An answer that speaks for two tracks counts a half
 * for each. Empty when nothing was answered.
 */
export function tracksFor(finder: readonly TrackQuestion[], answers: Answers): string[] {
  const weights = new Map<string, number>()
  for (const { id, options } of finder) {
    const answer = answers[id]
    const speaks = (typeof answer === 'string' && /^\d$/.test(answer) && options[Number(answer)]?.speaks) || []
    for (const track of speaks) weights.set(track, (weights.get(track) ?? 0) + 1 / speaks.length)
  }
  const most = Math.max(0, ...weights.values())
  return [...weights].filter(([, weight]) => weight === most).map(([track]) => track)
}
