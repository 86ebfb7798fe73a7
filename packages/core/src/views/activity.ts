import type { Block, Button, Card } from '../card.ts'
import type { ReviewRule, StatementTemplate } from '../knowledge/onboarding.ts'
import type { PressOf } from '../onboarding/actions.ts'
import type { MockActivity } from '../onboarding/activity.ts'
import { ACTIVITY_FIELDS, DISCLOSURE_OPTIONS } from '../onboarding/activity-fields.ts'
import { activityForms, formOfActivityField } from '../onboarding/activity-forms.ts'
import { type Credit, creditNumber, creditOf } from '../onboarding/credit.ts'
import { formatOf } from '../onboarding/formats.ts'
import { LEVELS } from '../onboarding/needs-fields.ts'
import type { Finding } from '../onboarding/review.ts'
import { creditName } from '../onboarding/statement-words.ts'
import { statementsOf } from '../onboarding/statements.ts'
import { cut, strong, type Text, t } from '../text.ts'
import { dayInWords } from './item.ts'
import { plainText } from './plain.ts'
import { findingLine, fitting, INFORMS } from './review.ts'

/** Stands first on every view and export of a mock activity. */
export const mockBanner: Block = {
  kind: 'text',
  text: t`${strong('MOCK ACTIVITY')}: an exercise in planning. It is not offered, and nobody can claim credit for it.`,
}

/** What an activity is worth, with the AMA's name for its credit drawn as it has to be. */
export const creditText = ({ unit, credits, how }: Credit): Text =>
  unit === 'ama'
    ? t`at most ${creditNumber(credits)} ${creditName(credits)} (${how})`
    : t`${credits} ECMEC${credits === 1 ? '' : 's'} (${how})`

/** The mock activity with its credit, its disclosure plan, and what still stands against it. */
export function activityCard(
  activity: MockActivity,
  findings: readonly Finding[],
  rules: readonly ReviewRule[],
  press: PressOf,
): Card {
  const forms = activityForms({}, {})
  const first = findings[0] && formOfActivityField(findings[0].field).id
  const lines = findings.map((one) =>
    findingLine(one, rules, ACTIVITY_FIELDS[one.field as keyof MockActivity] ?? one.field),
  )
  const { shown, rest } = fitting(lines, 1100, (line) => plainText(line).length + 3)
  return {
    title: `MOCK: ${cut(activity.title?.trim() || 'an activity without a title yet', 130)}`,
    blocks: [
      mockBanner,
      { kind: 'facts', facts: facts(activity) },
      ...(activity.objectives?.length
        ? [
            { kind: 'heading' as const, text: 'Objectives' },
            { kind: 'list' as const, items: activity.objectives.slice(0, 6).map((text) => t`${cut(text, 120)}`) },
          ]
        : []),
      ...(shown.length > 0
        ? [
            { kind: 'heading' as const, text: 'To mend' },
            {
              kind: 'list' as const,
              items: [...shown, ...(rest > 0 ? [t`and ${rest} more, which show as you go on`] : [])],
            },
          ]
        : [{ kind: 'text' as const, text: t`Nothing stands against it. Look at its statements, then hand it in.` }]),
    ],
    buttons: [
      ...forms.map(
        ({ id, title }): Button => ({
          label: id === first ? `Continue: ${title}` : title,
          ...(id === first ? { style: 'primary' as const } : {}),
          act: press({ do: 'activity.form', form: id }),
        }),
      ),
      {
        label: 'Statements',
        ...(first ? {} : { style: 'primary' as const }),
        act: press({ do: 'activity.statements' }),
      },
      { label: 'The needs assessment', act: press({ do: 'needs.show' }) },
    ].sort((a, b) => Number('style' in b) - Number('style' in a)),
    footer: INFORMS,
  }
}

function facts(activity: MockActivity): { name: string; value: Text }[] {
  const credit = creditOf(activity)
  const { audience, format, start, place, level, measure, baseline } = activity
  const when = [start && dayInWords(start), place && cut(place, 120)].filter(Boolean).join(', ')
  const told: [string, Text | string | undefined][] = [
    ['Audience', audience && cut(audience, 200)],
    ['Format', formatOf(format)?.name],
    ['When and where', when],
    ['Credit', credit && creditText(credit)],
    ['Outcome', LEVELS.find(({ value }) => value === level)?.label],
    ['Measure', measure && cut(measure, 200)],
    ['Baseline', baseline && cut(baseline, 160)],
    ['Disclosure', disclosurePlan(activity)],
  ]
  return told.map(([name, value]) => ({
    name,
    value: value ? (typeof value === 'string' ? [value] : value) : ['not yet'],
  }))
}

const PLAN = { lookback: 'asked for ', amount: '', judge: 'judged by ', mitigate: 'mitigated ', tell: 'learners told ' }

/** The answers of the disclosure plan in a row; nothing while none is given. */
function disclosurePlan(activity: MockActivity): string {
  const chosen = (Object.keys(PLAN) as (keyof typeof PLAN)[]).flatMap((field) => {
    const option = DISCLOSURE_OPTIONS[field].find(({ value }) => value === activity[field])
    return option ? [`${PLAN[field]}${option.label.charAt(0).toLowerCase()}${option.label.slice(1)}`] : []
  })
  return chosen.join('; ')
}

/** The statements as they would stand on the activity, each in its MOCK frame, or what is missing for them. */
export function statementsCard(activity: MockActivity, templates: readonly StatementTemplate[], press: PressOf): Card {
  const { statements, missing } = statementsOf(activity, templates)
  const back: Button = { label: 'The mock activity', act: press({ do: 'activity.show' }) }
  if (missing.length > 0) {
    const { id, title } = formOfActivityField(missing[0]!)
    const names = missing.map((field) => ACTIVITY_FIELDS[field]).join(', ')
    return {
      title: 'MOCK statements',
      blocks: [
        mockBanner,
        { kind: 'text', text: t`The statements are composed from what you plan. Missing for them: ${names}.` },
      ],
      buttons: [{ label: `Continue: ${title}`, style: 'primary', act: press({ do: 'activity.form', form: id }) }, back],
      footer: INFORMS,
    }
  }
  return {
    title: 'MOCK statements',
    blocks: [
      mockBanner,
      ...statements.flatMap(({ name, text, note }): Block[] => [
        { kind: 'heading', text: name },
        { kind: 'quote', text },
        { kind: 'text', text: t`${note}` },
      ]),
      { kind: 'text', text: t`The wording is required as it stands; only names, format and number are yours.` },
    ],
    buttons: [{ ...back, style: 'primary' }],
    footer: INFORMS,
  }
}
