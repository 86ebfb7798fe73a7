import { html } from 'hono/html'
import { answerHtml } from '../ask.ts'
import { actButtons } from '../card.ts'
import { goingChart } from './charts.ts'
import type { PageMaker } from './index.ts'

/** The conferences of the field and their dates, with everything that moderators can do about them. */
export const conferencesPage: PageMaker = async (house, visitor, query) => {
  const from = Number(query.get('from')) || 0
  return {
    title: 'Conferences',
    section: '/console/conferences',
    body: html`<p>Who follows a conference is reminded of its dates, and told when one moves. What a change will do is shown before it is saved.</p>
${actButtons(visitor, [
  { label: 'Add a conference', style: 'primary', act: { do: 'plan.form', form: 'conference' } },
  { label: 'Dates from a table', act: { do: 'plan.form', form: 'import' } },
  { label: 'Channels', act: { do: 'channels' } },
  { label: 'Dates read in the news', act: { do: 'found' } },
  { label: 'When people are reminded', act: { do: 'plan.reminders' } },
  { label: 'Who changed what', act: { do: 'plan.log' } },
  { label: 'Calendars', act: { do: 'calendar' } },
])}
<div class="columns"><section aria-label="Dates ahead">${answerHtml(visitor, await house.perform(visitor.actor, { do: 'dates.all' }))}</section>
<section aria-label="Conferences">${answerHtml(visitor, await house.perform(visitor.actor, { do: 'conferences', ...(from > 0 ? { from } : {}) }))}</section></div>
${await goingChart(house, visitor)}`,
  }
}
