import {
  byVotes,
  draftRecap,
  type Edition,
  type Instant,
  keepsakeFile,
  type MeetingNumbers,
  type MeetingQuestion,
  type PlanningFile,
  type Recap,
  type Star,
  startsAt,
} from '@cme-commons/core'
import {
  answersFor,
  datesOfEdition,
  findEdition,
  introducedAt,
  questionsAt,
  type Read,
  recapOf,
  type StarTable,
  starsAt,
} from '@cme-commons/db'
import { meetingQuestionOf } from './questions-asked.ts'
import { dateOf, editionOf } from './rows.ts'

export const starOf = ({ id, text, href, author, at }: StarTable): Star => ({
  id,
  text,
  ...(href ? { href } : {}),
  ...(author ? { author } : {}),
  at,
})

/** What of a meeting is told to everybody: dates in order, stars, released questions by votes, and numbers without a name. */
export async function recapSources(db: Read, edition: Edition) {
  const dates = (await datesOfEdition(db, edition.id))
    .map(dateOf)
    .filter(({ status }) => status === 'confirmed' || status === 'tentative')
    .sort((a, b) => startsAt(a).localeCompare(startsAt(b)))
  const asked = (await questionsAt(db, edition.id)).map(meetingQuestionOf)
  const open = (one: MeetingQuestion) => one.state === 'released' || one.state === 'answered'
  const introduced = await introducedAt(db, edition.id)
  const parties = Map.groupBy(introduced, ({ round, party }) => `${round} ${party}`)
  const numbers: MeetingNumbers = {
    going: (await answersFor(db, edition.id)).going,
    asked: asked.length,
    released: asked.filter(open).length,
    answered: asked.filter(({ state }) => state === 'answered').length,
    introductions: parties.size,
    met: [...parties.values()].filter((party) => party.some(({ answer }) => answer === 'yes')).length,
  }
  const questions = byVotes(asked.filter(open)).sort((a, b) => b.votes - a.votes)
  return { dates, stars: (await starsAt(db, edition.id)).map(starOf), questions, numbers }
}

/** The recap as it was edited last, or a first draft of it; and since when it is posted. */
export async function recapNow(db: Read, edition: Edition): Promise<{ recap: Recap; posted?: Instant; kept: boolean }> {
  const row = await recapOf(db, edition.id)
  if (row)
    return { recap: JSON.parse(row.body) as Recap, kept: true, ...(row.posted_at ? { posted: row.posted_at } : {}) }
  const { dates, stars, questions, numbers } = await recapSources(db, edition)
  const recap = draftRecap({
    edition: edition.name,
    stars,
    questions: questions.map(({ text, votes, state }) => ({ text, votes, answered: state === 'answered' })),
    sessions: dates.filter(({ kind }) => kind === 'session').map(({ title }) => title),
    numbers,
  })
  return { recap, kept: false }
}

/** The keepsake of an edition as a document; with `space` only of one of that space. Nothing when there is no such edition. */
export async function keepsakeOf(db: Read, id: string, at: Instant, space?: string): Promise<PlanningFile | undefined> {
  const row = await findEdition(db, id)
  if (!row || (space !== undefined && row.space !== space)) return undefined
  const edition = editionOf(row)
  const { recap, posted } = await recapNow(db, edition)
  return keepsakeFile({ edition, at, ...(await recapSources(db, edition)), ...(posted ? { recap } : {}) })
}
