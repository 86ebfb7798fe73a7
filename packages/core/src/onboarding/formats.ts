import type { Option } from '../form.ts'

export type FormatId =
  | 'ama-live'
  | 'ama-enduring'
  | 'ama-journal'
  | 'ama-test-item'
  | 'ama-manuscript'
  | 'ama-pi'
  | 'ama-point-of-care'
  | 'ama-teaching'
  | 'ama-other'
  | 'eaccme-live'
  | 'eaccme-webpack'
  | 'eaccme-elearning'
  | 'eaccme-blended'

/**
 * A learning format. `counts` says what credit is counted in: minutes of the schedule, or so many of something. How the credit
 * designation statement names it stands with the statement, in the content.
 */
export type Format = {
  id: FormatId
  system: 'ama' | 'eaccme'
  name: string
  hint: string
  counts: 'minutes' | 'articles' | 'activities' | 'reviews' | 'stages' | 'cycles'
}

const format = (id: FormatId, name: string, hint: string, counts: Format['counts'] = 'minutes') => ({
  id,
  system: id.startsWith('ama') ? ('ama' as const) : ('eaccme' as const),
  name,
  hint,
  counts,
})

/** The AMA's learning formats, and the kinds of events and materials that EACCME looks at. */
export const FORMATS: readonly Format[] = [
  format('ama-live', 'Live activity', 'In person or virtual, series included'),
  format('ama-enduring', 'Enduring material', 'Print or online, used at any time for up to 3 years'),
  format('ama-journal', 'Journal-based CME', '1 credit an article', 'articles'),
  format('ama-test-item', 'Test-item writing', '10 credits an activity', 'activities'),
  format('ama-manuscript', 'Manuscript review', 'Up to 3 credits a review', 'reviews'),
  format('ama-pi', 'Performance improvement (PI CME)', '5 credits a stage, 20 for all three', 'stages'),
  format('ama-point-of-care', 'Internet point-of-care learning', '0.5 credit a learning cycle', 'cycles'),
  format('ama-teaching', 'Learning from teaching', '2 credits an hour presented'),
  format('ama-other', 'Other activity', 'Any other format, such as blended learning'),
  format('eaccme-live', 'Live educational event (EACCME)', 'Congress, course or single live webinar'),
  format('eaccme-webpack', 'Webinar package (EACCME)', 'Two or more live webinars within 12 months'),
  format('eaccme-elearning', 'E-learning material (EACCME)', 'Module, platform, library or app'),
  format('eaccme-blended', 'Blended learning (EACCME)', 'Live and e-learning parts together'),
]

export const formatOf = (id: string | undefined): Format | undefined => FORMATS.find((one) => one.id === id)

export const formatOptions: readonly Option[] = FORMATS.map(({ id, name, hint }) => ({ value: id, label: name, hint }))
