import type { Button, Card } from '../card.ts'
import type { ReviewRule } from '../knowledge/onboarding.ts'
import type { PressOf } from '../onboarding/actions.ts'
import type { NeedsAssessment } from '../onboarding/needs.ts'
import { fieldName } from '../onboarding/needs-fields.ts'
import { formOfField, NEEDS_STEPS } from '../onboarding/needs-forms.ts'
import { progressOf } from '../onboarding/needs-progress.ts'
import { blocking, type Finding } from '../onboarding/review.ts'
import { cut, em, strong, type Text, t } from '../text.ts'
import { marked } from './glossary.ts'
import { dayInWords } from './item.ts'
import { plainText } from './plain.ts'

/** What every view of a mock activity and of its needs assessment says at its foot. */
export const INFORMS: Text = t`This informs; it is no verdict. Your accreditor has the last word.`

/** As many items as fit into `room` characters, and how many are left. The first always fits. */
export function fitting<T>(items: readonly T[], room: number, size: (item: T) => number): { shown: T[]; rest: number } {
  const shown: T[] = []
  let used = 0
  for (const item of items) {
    used += size(item)
    if (used > room && shown.length > 0) break
    shown.push(item)
  }
  return { shown, rest: items.length - shown.length }
}

/** A finding in one line, for lists of what is missing: the field and what is wrong with it, the field once. */
export function findingLine({ rule, field }: Finding, rules: readonly ReviewRule[], name = fieldName(field)): Text {
  const wrong = cut(rules.find(({ id }) => id === rule)?.wrong ?? 'this needs another look.', 140)
  const capital = name.charAt(0).toUpperCase() + name.slice(1)
  if (!wrong.toLowerCase().startsWith(`${name} `)) return [strong(capital), `: ${wrong}`]
  return [strong(wrong.slice(0, name.length)), wrong.slice(name.length)]
}

/** Room that a page of findings may take beside its title, foot and buttons. */
const PAGE = 3200

/** Each finding with what is wrong, why it matters, how to mend it and where the rule comes from; `from` counts the findings before this page. */
export function findingsCard(
  doc: NeedsAssessment,
  findings: readonly Finding[],
  rules: readonly ReviewRule[],
  press: PressOf,
  from = 0,
): Card {
  if (findings.length === 0) return soundCard(doc, press)
  const start = Math.min(Math.max(0, Math.trunc(from) || 0), findings.length - 1)
  const told = findings.slice(start).map((finding) => ({ finding, text: findingText(finding, rules) }))
  const { shown, rest } = fitting(told.slice(0, 6), PAGE, ({ text }) => plainText(text).length)
  const left = rest + Math.max(0, told.length - 6)
  const forms = [...new Set(shown.map(({ finding }) => formOfField(finding.field)))]
  const stops = blocking(findings, rules).length
  return {
    title: findings.length === 1 ? 'One thing to mend' : `${findings.length} things to mend`,
    blocks: [
      {
        kind: 'text',
        text: inTheWay(stops, findings.length),
      },
      ...shown.map(({ text }) => ({ kind: 'text' as const, text })),
      ...(left > 0 ? [{ kind: 'text' as const, text: t`And ${left} more.` }] : []),
    ],
    buttons: [
      ...forms.map(
        (id, i): Button => ({
          label: `Mend: ${NEEDS_STEPS.find((step) => step.id === id)!.title}`,
          ...(i === 0 ? { style: 'primary' as const } : {}),
          act: press({ do: 'needs.form', form: id }),
        }),
      ),
      ...(left > 0 ? [{ label: `Next ${left}`, act: press({ do: 'needs.review', from: start + shown.length }) }] : []),
      { label: 'The needs assessment', act: press({ do: 'needs.show' }) },
    ],
    footer: INFORMS,
  }
}

function inTheWay(stops: number, all: number): Text {
  if (stops === 0) return t`The mock activity does not wait for ${all === 1 ? 'it' : 'them'}.`
  if (stops === all) return t`The mock activity waits for ${all === 1 ? 'it' : 'all of them'}.`
  return t`The mock activity waits for ${stops} of them.`
}

function findingText(finding: Finding, rules: readonly ReviewRule[]): Text {
  const rule = rules.find(({ id }) => id === finding.rule)
  const quote = finding.quote ? t`\nYou wrote: “${cut(finding.quote, 160)}”` : []
  const [field = ''] = findingLine(finding, [])
  if (!rule) return t`${findingLine(finding, rules)}${quote}`
  return t`${field}: ${marked(cut(rule.wrong, 400))}${quote}\nWhy: ${marked(cut(rule.why, 400))}\nMend it: ${marked(cut(rule.mend, 400))}\n${em(`Source: ${cut(rule.source, 300)}, checked ${dayInWords(rule.checked)}`)}`
}

function soundCard(doc: NeedsAssessment, press: PressOf): Card {
  const { missing } = progressOf(doc)
  return {
    title: 'Nothing stands against it',
    blocks: [
      {
        kind: 'text',
        text: t`Gap, cause, need, objectives, format and evaluation follow from each other, and what is claimed can be measured.`,
      },
      ...(missing.length > 0
        ? [
            {
              kind: 'text' as const,
              text: t`Still open, though nothing waits for it: ${missing.map((field) => fieldName(field)).join(', ')}.`,
            },
          ]
        : []),
    ],
    buttons: [
      { label: 'Draft the mock activity', style: 'primary', act: press({ do: 'activity.show' }) },
      { label: 'The needs assessment', act: press({ do: 'needs.show' }) },
    ],
    footer: INFORMS,
  }
}
