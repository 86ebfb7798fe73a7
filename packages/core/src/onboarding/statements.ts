import type { StatementTemplate } from '../knowledge/onboarding.ts'
import { cut, strong, type Text } from '../text.ts'
import { dayInWords } from '../views/item.ts'
import type { ActivityField, Arrangement, MockActivity } from './activity.ts'
import { creditNumber, creditOf, minutesByDay } from './credit.ts'
import { formatOf } from './formats.ts'
import { type StatementId, worded } from './statement-words.ts'

/**
 * One statement of a mock activity. `text` stands in its MOCK frame; `note` is what to know about it, and whose wording it is. Each
 * stands alone and is not merged with another.
 */
export type Statement = {
  kind: 'accreditation' | 'credit' | 'team' | 'conversion'
  name: string
  text: Text
  note: string
}

/** The statements of an activity, or the fields that have to be filled before they can be composed. */
export type Statements = { statements: readonly Statement[]; missing: readonly ActivityField[] }

const PARTNER: readonly (Arrangement | undefined)[] = ['joint', 'state-joint', 'ja-joint']
const STATE: readonly (Arrangement | undefined)[] = ['state-direct', 'state-joint']
const TEAM: readonly (Arrangement | undefined)[] = ['ja-direct', 'ja-joint']

/** Whether an arrangement has a partner, a state accreditor, or plans for the team. */
export const asksPartner = (arrangement: Arrangement | undefined): boolean => PARTNER.includes(arrangement)
export const asksAccreditor = (arrangement: Arrangement | undefined): boolean => STATE.includes(arrangement)
export const plansForTeam = (arrangement: Arrangement | undefined): boolean => TEAM.includes(arrangement)

/** A name that somebody wrote, as one line of plain characters; the renderers escape it. */
const named = (name: string | undefined): string => cut((name ?? '').replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim(), 120)

/** A statement never leaves without the words that it is an exercise, at both its ends. */
const mock = (text: Text): Text => [strong('[MOCK, an exercise]'), ' ', ...text, ' ', strong('[end of MOCK]')]

/** The accreditation and credit statements of a mock activity, from the required templates. */
export function statementsOf(activity: MockActivity, templates: readonly StatementTemplate[]): Statements {
  const missing = missingFor(activity)
  if (missing.length > 0) return { statements: [], missing }
  const compose = composer(activity, templates)
  return {
    statements: activity.arrangement === 'eaccme' ? european(compose) : american(activity, compose),
    missing: [],
  }
}

type Compose = (id: StatementId, kind: Statement['kind']) => Statement

/** Composes one statement of the activity. A template that the content lacks is a bug: the loader refuses such content. */
const composer =
  (activity: MockActivity, templates: readonly StatementTemplate[]): Compose =>
  (id, kind) => {
    const template = templates.find((one) => one.id === id)
    if (!template) throw new Error(`no wording for the statement ${id}`)
    const text = mock(worded(template, namesOf(activity, template)))
    const { name, note, owner, checked } = template
    const wording = `Wording: ${owner}, checked ${dayInWords(checked)}.`
    return { kind, name, text, note: note ? `${note} ${wording}` : wording }
  }

function namesOf(activity: MockActivity, { formats }: StatementTemplate): Record<string, string> {
  const { credits, unit } = creditOf(activity)!
  return {
    provider: named(activity.provider),
    partner: named(activity.partner),
    accreditor: named(activity.accreditor),
    format: formats?.[activity.format!] ?? '',
    credits: unit === 'ama' ? creditNumber(credits) : String(credits),
    event: named(activity.title),
    place: named(activity.place),
    days: activity.start ? daysOf(activity) : '',
  }
}

function missingFor(activity: MockActivity): ActivityField[] {
  const { arrangement, format, title, place, start } = activity
  const wanted: (ActivityField | false)[] = [
    !arrangement && 'arrangement',
    (!format || (arrangement !== undefined && !sameSystem(activity))) && 'format',
    arrangement !== 'eaccme' && !named(activity.provider) && 'provider',
    asksPartner(arrangement) && !named(activity.partner) && 'partner',
    asksAccreditor(arrangement) && !named(activity.accreditor) && 'accreditor',
    arrangement === 'eaccme' && !named(title) && 'title',
    arrangement === 'eaccme' && !named(place) && 'place',
    arrangement === 'eaccme' && !start && 'start',
    !!format && !creditOf(activity)?.credits && (formatOf(format)?.counts === 'minutes' ? 'schedule' : 'quantity'),
  ]
  return wanted.filter((field) => field !== false)
}

/** Whether the format is one of the system under which the activity runs. */
const sameSystem = ({ arrangement, format }: MockActivity): boolean =>
  (formatOf(format)?.system === 'eaccme') === (arrangement === 'eaccme')

function american(activity: MockActivity, compose: Compose): Statement[] {
  const arrangement = activity.arrangement as Exclude<Arrangement, 'eaccme'>
  return [
    compose(arrangement, 'accreditation'),
    compose('designation', 'credit'),
    ...(activity.team && plansForTeam(arrangement) ? [compose('ipce', 'team')] : []),
  ]
}

const european = (compose: Compose): Statement[] => [
  compose('eaccme', 'accreditation'),
  compose('ama-conversion', 'conversion'),
]

/** `14/05/2027–15/05/2027`: the first day and the last of the schedule. */
function daysOf({ start, schedule = [] }: MockActivity): string {
  const last = Math.max(1, ...minutesByDay(schedule).map(({ day }) => day))
  const from = start!
  const to = new Date(Date.parse(`${from}T00:00:00Z`) + (last - 1) * 86_400_000).toISOString().slice(0, 10)
  const written = (day: string) => day.split('-').reverse().join('/')
  return from === to ? written(from) : `${written(from)}–${written(to)}`
}
