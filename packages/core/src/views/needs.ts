import type { Button, Card } from '../card.ts'
import type { ReviewRule } from '../knowledge/onboarding.ts'
import type { OnboardingAction, PressOf } from '../onboarding/actions.ts'
import type { NeedsAssessment } from '../onboarding/needs.ts'
import { fieldName } from '../onboarding/needs-fields.ts'
import { formOfField, NEEDS_STEPS } from '../onboarding/needs-forms.ts'
import { nextForm, progressOf } from '../onboarding/needs-progress.ts'
import { blocking, type Finding } from '../onboarding/review.ts'
import { cut, strong, type Text, t } from '../text.ts'
import { plainText } from './plain.ts'
import { findingLine, fitting, INFORMS } from './review.ts'

/** The needs assessment as far as it goes: what is there, what is missing form by form, and the button to the next form. */
export function needsCard(
  doc: NeedsAssessment,
  findings: readonly Finding[],
  rules: readonly ReviewRule[],
  press: PressOf,
): Card {
  const progress = progressOf(doc)
  const next = nextForm(doc)
  const ready = blocking(findings, rules).length === 0
  const gap = doc.gap?.trim()
  const objectives = doc.objectives?.length ?? 0
  return {
    title: 'Your needs assessment',
    blocks: [
      { kind: 'progress', done: progress.done, total: progress.total, label: 'Fields filled' },
      { kind: 'list', items: progress.forms.filter(({ total }) => total > 0).map(stepLine) },
      ...(gap ? [{ kind: 'quote' as const, text: t`${cut(gap, 400)}`, by: 'the gap as you state it', keep: 1 }] : []),
      { kind: 'text', text: stateOf(progress.done, findings.length, ready) },
    ],
    buttons: [
      ...(next
        ? [
            {
              label: `Continue: ${next.title}`,
              style: 'primary' as const,
              act: press({ do: 'needs.form', form: next.id }),
            },
          ]
        : []),
      ...(ready ? [button(press, 'Draft the mock activity', { do: 'activity.show' }, !next)] : []),
      ...(progress.done > 0 ? [button(press, 'Review it', { do: 'needs.review' }, !next && !ready)] : []),
      ...NEEDS_STEPS.filter(({ id, slots }) => id !== next?.id && (slots?.[0] ?? 0) <= objectives).map(
        ({ id, title }) => button(press, title, { do: 'needs.form', form: id }),
      ),
    ],
    footer: INFORMS,
  }
}

const button = (press: PressOf, label: string, action: OnboardingAction, primary = false): Button => ({
  label,
  ...(primary ? { style: 'primary' as const } : {}),
  act: press(action),
})

const stepLine = ({ title, done, missing }: ReturnType<typeof progressOf>['forms'][number]): Text => {
  if (missing.length === 0) return t`${strong(title)}: done`
  const open = missing.map((field) => fieldName(field)).join(', ')
  return t`${strong(title)}: ${done > 0 ? 'still missing ' : 'missing '}${open}`
}

function stateOf(done: number, findings: number, ready: boolean): Text {
  if (done === 0)
    return t`It begins with what your learners do now, and with a figure that shows it. What you leave empty waits for you.`
  if (findings === 0) return t`Nothing stands against it. The mock activity may be drafted.`
  const found = findings === 1 ? 'One thing' : `${findings} things`
  return ready
    ? t`${found} could be better; the mock activity may be drafted all the same.`
    : t`${found} to mend before the mock activity. What you leave empty waits for you.`
}

/** Room for the list of what is missing. */
const ROOM = 2600

/** Why the mock activity has to wait: exactly what is missing, why that matters, and the button to it. `findings` are those that block. */
export function needsFirstCard(findings: readonly Finding[], rules: readonly ReviewRule[], press: PressOf): Card {
  const lines = findings.map((finding) => findingLine(finding, rules))
  const { shown, rest } = fitting(lines, ROOM, (line) => plainText(line).length + 3)
  const first = formOfField(findings[0]?.field ?? 'learners')
  const title = NEEDS_STEPS.find(({ id }) => id === first)!.title
  return {
    title: 'First the needs assessment',
    blocks: [
      {
        kind: 'text',
        text: t`A mock activity is planned on a gap. Without the gap, its cause and a baseline nobody can tell later whether it changed anything. ${findings.length === 1 ? 'One thing stands' : `${findings.length} things stand`} in the way:`,
      },
      { kind: 'list', items: shown },
      ...(rest > 0 ? [{ kind: 'text' as const, text: t`And ${rest} more, in the review.` }] : []),
    ],
    buttons: [
      button(press, `Continue: ${title}`, { do: 'needs.form', form: first }, true),
      button(press, 'Why, and how to mend it', { do: 'needs.review' }),
      button(press, 'The needs assessment', { do: 'needs.show' }),
    ],
    footer: INFORMS,
  }
}
