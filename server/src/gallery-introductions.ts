import {
  askedCard,
  askForm,
  type Card,
  type ConferenceDate,
  declineQuestionForm,
  didYouMeetCard,
  disclosureCard,
  draftRecap,
  type Edition,
  editQuestionForm,
  type Form,
  HERE_SHOWN,
  hereCard,
  INTRODUCTION_SHOWS,
  introductionCard,
  type Knowledge,
  keepsakeCard,
  keepsakeFile,
  leftCard,
  type MeetingNumbers,
  type MeetingQuestion,
  meetCard,
  meetForm,
  metCard,
  noEditionCard,
  notHereCard,
  QUESTION_MAX,
  questionDecidedCard,
  questionNote,
  questionsCard,
  queuedQuestionCard,
  recapCard,
  recapDraftCard,
  recapForm,
  recapOfferCard,
  releasedCard,
  roundCard,
  type ShownPerson,
  type Star,
  starForm,
  starredCard,
  votedCard,
  whichEditionCard,
} from '@cme-commons/core'
import type { Shown } from './gallery-shown.ts'

const NOW = '2027-03-15T14:00:00.000Z'
const edition: Edition = {
  id: 'e1',
  conference: 'sacme',
  name: 'Sample meeting 2027',
  year: 2027,
  space: 'try',
  place: 'A city by a lake',
  href: 'https://www.example.org/meeting',
  zone: 'America/Chicago',
  status: 'planned',
}
const long = 'a question that somebody wrote at length because it has a story '.repeat(9).slice(0, QUESTION_MAX)
const asked = (id: string, text: string, rest: Partial<MeetingQuestion> = {}): MeetingQuestion => ({
  id,
  edition: 'e1',
  text,
  state: 'open',
  votes: 0,
  at: NOW,
  ...rest,
})
const questions = [
  asked('q1', 'Who counts the outcomes in a rural practice?'),
  asked('q2', 'Is there a recording?', { by: 'Ines', state: 'released', votes: 7 }),
  asked('q3', 'Can the slides be shared?', { state: 'answered', votes: 1 }),
  asked('q4', 'Come to our booth!', { by: 'A visitor', state: 'declined', reason: 'It is an advertisement.' }),
]
const stars: Star[] = [
  { id: 'star1', text: 'Slides of the opening', href: 'https://www.example.org/slides', author: 'Ines', at: NOW },
  { id: 'star2', text: 'Who counts the outcomes in a rural practice?', at: NOW },
]
const numbers: MeetingNumbers = { going: 12, asked: 4, released: 2, answered: 1, introductions: 5, met: 3 }
const date = (id: string, rest: Partial<ConferenceDate>): ConferenceDate => ({
  id,
  space: 'try',
  edition: 'e1',
  conference: 'sacme',
  kind: 'event',
  title: 'The meeting',
  when: { kind: 'day', day: '2027-03-14', to: '2027-03-17', zone: 'America/Chicago' },
  status: 'confirmed',
  source: 'https://www.example.org/meeting',
  checked: '2026-11-20',
  sequence: 0,
  changed: NOW,
  ...rest,
})
const dates = [
  date('cd1', {}),
  date('cd2', {
    kind: 'session',
    title: 'Opening: what a gap is',
    when: { kind: 'at', at: '2027-03-14T14:00:00.000Z', zone: 'America/Chicago' },
  }),
]
const ben: ShownPerson = {
  name: 'Ben',
  handle: 'ben',
  track: 'MedEd Technology Experts',
  interest: 'simulation for rural practice',
  details: 'Second row, with a blue folder',
}

/** People at a meeting: introductions, who is there, questions, the reminder of disclosure, recap and keepsake. */
export function introductionViews(content: Knowledge): Shown[] {
  const card = (view: string, card: Card): Shown => ({ view, card })
  const form = (form: Form): Shown => ({ view: `form/${form.id.split(':')[0]}`, form })
  const own = {
    name: 'Sara',
    interest: 'outcomes in rural practice',
    details: 'At poster 7',
    shows: INTRODUCTION_SHOWS,
  }
  const why = {
    tracks: ['Program Developers', 'MedEd Technology Experts'],
    different: true,
    words: ['rural', 'practice'],
    shared: 2,
  }
  const recap = draftRecap({
    edition: edition.name,
    stars,
    questions: [{ text: 'Is there a recording?', votes: 7, answered: false }],
    sessions: ['Opening: what a gap is'],
    numbers,
  })
  const [first, second] = questions
  const counts = { people: 9, introduced: 8, answered: 5, met: 3 }
  const names = Array.from({ length: HERE_SHOWN + 3 }, (_, i) => `Member ${i + 1}`)
  const file = keepsakeFile({ edition, at: NOW, dates, recap, stars, questions: questions.slice(1, 3), numbers })
  return [
    card('meet', meetCard({ edition, next: '2027-02-28T16:00:00.000Z' })),
    card('meet/in', meetCard({ edition, own, next: '2027-02-28T16:00:00.000Z' })),
    card('meet/moderator', meetCard({ edition, own: { ...own, shows: [] }, counts })),
    card('meet/introduction', introductionCard(edition, [ben], why)),
    card(
      'meet/introduction-trio',
      introductionCard(edition, [{ name: 'Ana', handle: 'U0ANA' }, ben], { different: true, words: [], shared: 1 }),
    ),
    card('meet/introduction-plain', introductionCard(edition, [ben], { different: false, words: [], shared: 0 })),
    card('meet/did-you-meet', didYouMeetCard(edition, 'two-weeks-before', ['Ben'])),
    card('meet/yes', metCard(edition, 'yes', false)),
    card('meet/not-yet', metCard(edition, 'not-yet', false)),
    card('meet/other', metCard(edition, 'other', false)),
    card('meet/other-found', metCard(edition, 'other', true)),
    card('meet/left', leftCard(edition)),
    card('meet/round', roundCard(edition, 8, 1)),
    card('meet/round-nobody', roundCard(edition, 0, 1)),
    card(
      'meet/which',
      whichEditionCard([edition, { id: 'e2', name: 'Another meeting 2027' }], (id) => ({ do: 'meet', edition: id })),
    ),
    card('meet/none', noEditionCard(false)),
    card('meet/none-moderator', noEditionCard(true)),
    card('here', hereCard(edition, 3, undefined)),
    card(
      'here/shown',
      hereCard(edition, 3, [{ track: 'Program Developers', names: ['Ana', 'Ben'] }, { names: ['Cleo'] }]),
    ),
    card('here/many', hereCard(edition, names.length, [{ track: 'Program Developers', names }])),
    card('here/first', hereCard(edition, 0, [])),
    card('here/left', notHereCard(edition)),
    card('questions/asked', askedCard(edition, first!)),
    card('questions/note', questionNote(edition, second!)),
    card('questions', questionsCard(edition, questions, 0, new Set([second!.id]))),
    card('questions/none', questionsCard(edition, [], 0)),
    card(
      'questions/long',
      questionsCard(
        edition,
        Array.from({ length: 14 }, (_, i) => asked(`q${i}`, long)),
        0,
      ),
    ),
    card('questions/one', queuedQuestionCard(edition, first!, { starred: false, channel: true })),
    card('questions/one-no-channel', queuedQuestionCard(edition, first!, { starred: false, channel: false })),
    card('questions/one-released', queuedQuestionCard(edition, second!, { starred: true, channel: true })),
    card('questions/one-declined', queuedQuestionCard(edition, questions[3]!, { starred: false, channel: true })),
    card('questions/released', releasedCard(edition, second!)),
    card('questions/answered', releasedCard(edition, questions[2]!)),
    card('questions/told', questionDecidedCard(edition, second!)),
    card('questions/told-declined', questionDecidedCard(edition, questions[3]!)),
    card('questions/voted', votedCard(second!, true)),
    card('questions/voted-before', votedCard(second!, false)),
    card('disclose', disclosureCard(content.conferences.disclosure, true)),
    card('recap/offer', recapOfferCard(edition, numbers, 2)),
    card('recap/draft', recapDraftCard(edition, recap, { channel: true, stars })),
    card('recap/draft-no-channel', recapDraftCard(edition, recap, { channel: false, stars: [] })),
    card('recap/posted', recapDraftCard(edition, recap, { channel: true, stars: [], posted: NOW })),
    card('recap', recapCard(edition, recap)),
    card('recap/starred', starredCard(edition, stars[0]!.text)),
    card('keepsake', keepsakeCard(edition, file, 0)),
    form(meetForm(edition, 'Sara', own)),
    form(askForm([edition], 'Is there a recording?')),
    form(editQuestionForm(first!)),
    form(declineQuestionForm(first!)),
    form(starForm([edition], { text: stars[0]!.text })),
    form(recapForm(edition, recap)),
  ]
}
