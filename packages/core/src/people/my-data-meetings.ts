import { type Text, t, when } from '../text.ts'
import type { MyMeetings } from './my-data.ts'

/** What she did at meetings as lists to read, each kind under a title of its own. */
export const meetingLists = (meetings: MyMeetings): [title: string, items: Text[]][] => [
  [
    'You want to meet people',
    meetings.introductions.map(
      ({ edition, name, interest, details, shows, since }) =>
        t`${edition}, as ${name}: ${interest}${details ? `; ${details}` : ''}. Shown besides your name: ${shows.join(', ') || 'nothing'}, since ${when(since, 'day')}`,
    ),
  ],
  [
    'You were introduced',
    meetings.introduced.map(
      ({ edition, round, at, answer }) => t`${edition} (${round}), ${when(at, 'day')}${answer ? `: ${answer}` : ''}`,
    ),
  ],
  [
    'You are shown as being there',
    meetings.here.map(({ edition, since }) => t`${edition}, since ${when(since, 'day')}`),
  ],
  [
    'Questions you asked',
    meetings.questions.map(
      ({ edition, text, withName, state, reason, at }) =>
        t`${edition}, ${when(at, 'day')}, ${withName ? 'with' : 'without'} your name, ${state}: ${text}${reason ? ` (${reason})` : ''}`,
    ),
  ],
  [
    'Questions you would like answered too',
    meetings.votes.map(({ question, at }) => t`${question}, ${when(at, 'day')}`),
  ],
  ['Starred by you', meetings.starred.map(({ edition, text, at }) => t`${edition}, ${when(at, 'day')}: ${text}`)],
  ['Recaps you edited last', meetings.recaps.map(({ edition, at }) => t`${edition}, ${when(at, 'day')}`)],
]
