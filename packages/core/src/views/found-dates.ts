import type { Button, Card } from '../card.ts'
import type { ConferenceDate, DateKind, Edition } from '../conferences/conference.ts'
import { dateForm } from '../conferences/forms.ts'
import { calendarDay, KIND_NAMES } from '../conferences/words.ts'
import type { Form } from '../form.ts'
import type { DateSense } from '../news/item.ts'
import { cut, link, strong, type Text, t } from '../text.ts'
import type { Day } from '../time.ts'

/** A day that an item names, as its queue and its card need it. `id` is `i7.2027-03-15`. */
export type FoundDay = {
  id: string
  item: string
  title: string
  link?: string
  day: Day
  sense: DateSense
  sentence: string
}

/** What kind of date a day found in the news is, as far as its words say. */
const kindOfSense = (sense: DateSense): DateKind => (sense === 'comments' ? 'comment' : 'other')

const SENSES: Record<DateSense, string> = {
  comments: 'Comments close',
  due: 'Something is due',
  from: 'In force from then on',
  after: 'Changes after that day',
}

/** Days in one card of the queue. */
export const FOUND_ON_CARD = 8

/** The days found in the news on which nobody here has decided, the soonest first. */
export function foundDatesCard(days: readonly FoundDay[], { from, more }: { from: number; more: boolean }): Card {
  return {
    title: 'Dates found in the news',
    blocks:
      days.length > 0
        ? [
            {
              kind: 'list',
              ordered: true,
              items: days.map(
                ({ day, sense, title }): Text =>
                  t`${strong(calendarDay(day))}: ${SENSES[sense].toLowerCase()}. ${cut(title, 120)}`,
              ),
            },
            {
              kind: 'text',
              text: t`Nothing is entered by itself: look at the sentence, then take it into the calendar or leave it.`,
            },
          ]
        : [
            {
              kind: 'text',
              text: t`${from > 0 ? 'That was all.' : 'No date waits. What news calls for by a day, and from when something holds, shows here.'}`,
            },
          ],
    buttons: [
      ...days.map(
        ({ id, title, day }, i): Button => ({
          label: `${i + 1}. ${day} ${cut(title, 40)}`,
          ...(i === 0 ? { style: 'primary' as const } : {}),
          act: { do: 'found.open', found: id },
        }),
      ),
      ...(more ? [{ label: 'More', act: { do: 'found' as const, from: from + FOUND_ON_CARD } }] : []),
      { label: 'All dates here', act: { do: 'dates.all' } },
    ],
  }
}

/** One of them with the sentence it was read from; `done` once it was decided. */
export const foundDateCard = (found: FoundDay, done?: 'taken' | 'dropped', said?: Text): Card => ({
  title: cut(`${calendarDay(found.day)}: ${SENSES[found.sense].toLowerCase()}`, 150),
  blocks: [
    ...(said ? [{ kind: 'text' as const, text: said }] : []),
    { kind: 'quote', text: t`${cut(found.sentence, 500)}`, by: cut(found.title, 100) },
    ...(found.link ? [{ kind: 'text' as const, text: t`${link(cut(found.link, 200), found.link)}` }] : []),
    {
      kind: 'text',
      text:
        done === 'taken'
          ? t`${strong('Taken')} into the calendar.`
          : done === 'dropped'
            ? t`${strong('Left out.')} It is not suggested again.`
            : t`It would be entered as ${strong(KIND_NAMES[kindOfSense(found.sense)])}, told and not confirmed. You see the form first.`,
    },
  ],
  buttons: [
    ...(done
      ? []
      : [
          { label: 'Take it', style: 'primary' as const, act: { do: 'found.take' as const, found: found.id } },
          { label: 'Not this one', act: { do: 'found.drop' as const, found: found.id } },
        ]),
    { label: 'The item', act: { do: 'news.item', item: found.item } },
    { label: 'All that wait', act: { do: 'found' } },
  ],
})

/** Asks to which edition a day belongs; `calls` is the list of calls and deadlines that belong to none. */
export const foundWhereCard = (found: FoundDay, editions: readonly Pick<Edition, 'id' | 'name'>[]): Card => ({
  title: cut(`Where does ${calendarDay(found.day)} belong?`, 150),
  blocks: [
    { kind: 'quote', text: t`${cut(found.sentence, 500)}`, by: cut(found.title, 100) },
    {
      kind: 'text',
      text: t`A call for comment or a deadline of no conference goes to ${strong('Calls and deadlines')}, which members follow like a conference.`,
    },
  ],
  buttons: [
    { label: 'Calls and deadlines', style: 'primary', act: { do: 'found.take', found: found.id, edition: CALLS } },
    ...editions.slice(0, 10).map(
      ({ id, name }): Button => ({
        label: cut(name, 75),
        act: { do: 'found.take', found: found.id, edition: id },
      }),
    ),
    { label: 'Back', act: { do: 'found.open', found: found.id } },
  ],
})

/** Stands for the list of calls and deadlines in the place of an edition's id. */
export const CALLS = 'calls'

/** The form of a date, filled in with what was found. */
export function foundForm(found: FoundDay, edition: Pick<Edition, 'id' | 'name' | 'zone'>): Form {
  const said: ConferenceDate = {
    id: '',
    conference: '',
    kind: kindOfSense(found.sense),
    title: cut(found.title, 120),
    when: { kind: 'day', day: found.day, zone: edition.zone },
    status: 'tentative',
    source: found.link ?? '',
    checked: found.day,
    sequence: 0,
    changed: '',
  }
  return { ...dateForm(edition, false, said), id: `found:${found.id}:${edition.id}` }
}
