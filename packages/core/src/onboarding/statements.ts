import { cut, join, strong, type Text } from '../text.ts'
import { dayInWords } from '../views/item.ts'
import type { ActivityField, Arrangement, MockActivity } from './activity.ts'
import { creditNumber, creditOf, minutesByDay } from './credit.ts'
import { formatOf } from './formats.ts'
import { AMA_CLAUSE, STATEMENT_TEMPLATES } from './statement-words.ts'

/**
 * One statement of a mock activity. `text` stands in its MOCK frame; `note` is what to know about it. Each statement stands alone and
 * is not merged with another.
 */
export type Statement = {
  kind: 'accreditation' | 'credit' | 'team' | 'conversion'
  name: string
  text: Text
  note?: string
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
export function statementsOf(activity: MockActivity): Statements {
  const missing = missingFor(activity)
  if (missing.length > 0) return { statements: [], missing }
  return { statements: activity.arrangement === 'eaccme' ? european(activity) : american(activity), missing: [] }
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

function american(activity: MockActivity): Statement[] {
  const format = formatOf(activity.format)!
  const provider = named(activity.provider)
  const statements: Statement[] = [
    { kind: 'accreditation', name: 'Accreditation statement', ...accreditation(activity) },
  ]
  const number = creditNumber(creditOf(activity)!.credits)
  statements.push({
    kind: 'credit',
    name: 'Credit designation statement',
    text: mock(STATEMENT_TEMPLATES.designation(provider, format.wording, number)),
    note: 'Designated before the activity, never afterwards; physicians alone claim it.',
  })
  if (activity.team && plansForTeam(activity.arrangement))
    statements.push({ kind: 'team', name: 'Team credit statement', text: mock(STATEMENT_TEMPLATES.ipce(number)) })
  return statements
}

function accreditation(activity: MockActivity): { text: Text; note?: string } {
  const [provider, partner, accreditor] = [activity.provider, activity.partner, activity.accreditor].map(named) as [
    string,
    string,
    string,
  ]
  switch (activity.arrangement) {
    case 'joint':
      return {
        text: mock(STATEMENT_TEMPLATES.joint(provider, partner)),
        note: 'The partner is never an ineligible company.',
      }
    case 'state-direct':
      return { text: mock(STATEMENT_TEMPLATES.direct(provider, accreditor)) }
    case 'state-joint':
      return { text: mock(STATEMENT_TEMPLATES.joint(provider, partner, accreditor)) }
    case 'ja-direct':
      return { text: mock(STATEMENT_TEMPLATES.ja(provider)), note: 'It stands alone, apart from any credit statement.' }
    case 'ja-joint':
      return {
        text: mock(join([STATEMENT_TEMPLATES.jaPlanned(provider, partner), STATEMENT_TEMPLATES.ja(provider)], '')),
        note: 'It stands alone, apart from any credit statement.',
      }
    case 'co-provided':
      return {
        text: mock(STATEMENT_TEMPLATES.direct(provider)),
        note: 'Of two accredited providers the one that takes responsibility is named.',
      }
    default:
      return { text: mock(STATEMENT_TEMPLATES.direct(provider)) }
  }
}

function european(activity: MockActivity): Statement[] {
  const credit = creditOf(activity)!
  const text = STATEMENT_TEMPLATES.eaccme(
    named(activity.title),
    named(activity.place),
    daysOf(activity),
    String(credit.credits),
  )
  return [
    {
      kind: 'accreditation',
      name: 'EACCME statement',
      text: mock(text),
      note: 'Only after EACCME has granted it. Until then one sentence is permitted: that an application has been made.',
    },
    {
      kind: 'conversion',
      name: 'Clause on conversion to AMA credit',
      text: mock(STATEMENT_TEMPLATES.amaClause()),
      note: `${AMA_CLAUSE.says} (Checked on ${dayInWords(AMA_CLAUSE.checked)}.)`,
    },
  ]
}

/** `14/05/2027–15/05/2027`: the first day and the last of the schedule. */
function daysOf({ start, schedule = [] }: MockActivity): string {
  const last = Math.max(1, ...minutesByDay(schedule).map(({ day }) => day))
  const from = start!
  const to = new Date(Date.parse(`${from}T00:00:00Z`) + (last - 1) * 86_400_000).toISOString().slice(0, 10)
  const written = (day: string) => day.split('-').reverse().join('/')
  return from === to ? written(from) : `${written(from)}–${written(to)}`
}
