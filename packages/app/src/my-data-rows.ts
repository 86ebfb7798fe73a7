import type { Instant, MyData, MyReview } from '@cme-commons/core'
import {
  allConsoleSessions,
  asksOf,
  attendancesOf,
  broughtBy,
  chatOf,
  companyOf,
  type Delivery,
  deliveriesTo,
  documentsOf,
  draftsOf,
  followsOf,
  identitiesOf,
  linkedOf,
  meetingsOf,
  memberById,
  notesAbout,
  offersOf,
  progressOfMember,
  type Read,
  type ReviewTable,
  recapWorkOf,
  reviewsBy,
  reviewsOf,
  rolesOfMember,
  subscriptionsOf,
  suggestionsOf,
  tokensOfMember,
} from '@cme-commons/db'
import { followOf } from './conferences/rows.ts'
import { ratingOf } from './onboarding/documents.ts'
import { subscriptionOf } from './rows.ts'

/** Everything that is kept about a member, in whatever space; nothing when there is no such member. */
export async function collect(db: Read, id: string, now: Instant): Promise<MyData | undefined> {
  const member = await memberById(db, id)
  if (!member) return undefined
  const { name, track, region, zone, made_at } = member
  const identities = await identitiesOf(db, id)
  const each = async <T>(rows: (identity: (typeof identities)[number]) => Promise<readonly T[]>): Promise<T[]> => {
    const all: T[] = []
    for (const identity of identities) all.push(...(await rows(identity)))
    return all
  }
  return {
    shape: 'cme-commons/my-data/1',
    at: now,
    member: { id, name, track, region, zone, since: made_at },
    identities: identities.map(({ space, name, platform, user }) => ({ space, name, platform, user })),
    links: (await linkedOf(db, id)).map((row) => ({
      space: row.space,
      user: row.user_id,
      since: row.linked_at,
      home: row.home === 1,
      before: broughtBy(row),
    })),
    roles: (await rolesOfMember(db, id)).map(({ space, role, at, taken_at }) => ({
      space,
      role,
      at,
      takenAt: taken_at,
    })),
    digests: (await subscriptionsOf(db, id)).map((row) => {
      const { id, space, schedule, filter, paused, snoozedUntil } = subscriptionOf(row)
      return { id, space, schedule, filter, paused, snoozedUntil: snoozedUntil ?? null, since: row.made_at }
    }),
    onboarding: await onboardingOf(db, id),
    reminders: await remindersOf(db, id),
    documents: await written(db, id),
    reviewsByMe: (await reviewsBy(db, id)).map((row) => ({ space: row.space, ...reviewOf(row) })),
    suggestions: (await suggestionsOf(db, id)).map(({ id, space, href, title, why, state, at }) => ({
      id,
      space,
      href,
      title,
      why,
      state,
      at,
    })),
    conferences: (await followsOf(db, id)).map((row) => {
      const { kinds, days, minutes, answer, zone, quiet } = followOf(row)
      return {
        space: row.space,
        about: row.scope,
        answer: answer ?? null,
        kinds,
        days: days ?? null,
        minutes: minutes ?? null,
        zone,
        quiet: quiet ?? null,
        since: row.made_at,
      }
    }),
    meetings: await meetingsIn(db, id),
    drafts: [
      ...(await draftsOf(db, id)).map(({ space, kind, body, at }) => ({ space, kind, body, at })),
      ...(await offersOf(db, id)).map(({ space, url, at }) => ({ space, kind: 'source', body: url, at })),
    ],
    deliveries: (await each((identity) => deliveriesTo(db, identity))).map(sentOf),
    tokens: (await tokensOfMember(db, id)).map((row) => ({
      id: row.id,
      space: row.space,
      scopes: row.scopes.split(','),
      made: row.made_at,
      expires: row.expires_at,
      used: row.used_at,
      revoked: row.revoked_at,
    })),
    signedIn: (await each((identity) => allConsoleSessions(db, identity))).map(
      ({ space, browser, made_at, seen_at }) => ({ space, browser, since: made_at, seen: seen_at }),
    ),
    botNotes: (await each(({ platform, user }) => notesAbout(db, platform, user))).map(
      ({ platform, name, value, at }) => ({ platform, name, value, at }),
    ),
    chat: (await each((identity) => chatOf(db, identity))).map(({ at, kind, channel, said, card }) => ({
      at,
      kind,
      channel,
      said,
      title: card && (JSON.parse(card) as { title: string }).title,
    })),
  }
}

async function meetingsIn(db: Read, member: string): Promise<MyData['meetings']> {
  const { introductions, introduced } = await meetingsOf(db, member)
  const { questions, votes } = await asksOf(db, member)
  const { stars, recaps } = await recapWorkOf(db, member)
  return {
    introductions: introductions.map(({ space, edition, name, interest, details, shows, at }) => ({
      space,
      edition,
      name,
      interest,
      details,
      shows: shows.split(',').filter(Boolean),
      since: at,
    })),
    introduced: introduced.map(({ space, edition, round, at, answer, answered_at }) => ({
      space,
      edition,
      round,
      at,
      answer,
      answeredAt: answered_at,
    })),
    here: (await attendancesOf(db, member)).map(({ space, edition, at }) => ({ space, edition, since: at })),
    questions: questions.map(({ id, space, edition, asked, named, state, reason, at }) => ({
      id,
      space,
      edition,
      text: asked,
      withName: named === 1,
      state,
      reason,
      at,
    })),
    votes: votes.map(({ space, question, at }) => ({ space, question, at })),
    starred: stars.map(({ space, edition, text, at }) => ({ space, edition, text, at })),
    recaps: recaps.map(({ space, edition, changed_at }) => ({ space, edition, at: changed_at })),
  }
}

async function onboardingOf(db: Read, member: string): Promise<MyData['onboarding']> {
  const { started, finished, steps, answers, marks } = await progressOfMember(db, member)
  return {
    started: started ?? null,
    finished: finished ?? null,
    steps: steps.map(({ step, begun_at, done_at, said, day, answers }) => ({
      step,
      begun: begun_at,
      done: done_at,
      said,
      day,
      answers,
    })),
    answers: answers.map(({ step, question, chosen, right, at }) => ({
      step,
      question,
      chosen,
      right: right === 1,
      at,
    })),
    samples: marks.map(({ sample, marked, at }) => ({ sample, marked: marked.split(','), at })),
  }
}

async function remindersOf(db: Read, member: string): Promise<MyData['reminders']> {
  const row = await companyOf(db, member)
  if (!row) return null
  const { since, welcomed_at, did_at, nudged_at, snoozed_until, stopped_at } = row
  return {
    since,
    welcomed: welcomed_at,
    answered: did_at,
    nudged: nudged_at,
    snoozedUntil: snoozed_until,
    stopped: stopped_at,
  }
}

async function written(db: Read, member: string): Promise<MyData['documents']> {
  const documents: MyData['documents'][number][] = []
  for (const { id, space, kind, state, body, made_at, changed_at, set_aside_at } of await documentsOf(db, member))
    documents.push({
      id,
      space,
      kind,
      state,
      made: made_at,
      changed: changed_at,
      setAside: set_aside_at,
      body: JSON.parse(body),
      reviews: (await reviewsOf(db, id)).map(reviewOf),
    })
  return documents
}

/** What a reviewer says is told when she has decided, not before. */
export function reviewOf(row: ReviewTable): MyReview {
  const { scores, comments } = row.decision ? ratingOf(row) : { scores: {}, comments: {} }
  return { id: row.id, at: row.submitted_at, decision: row.decision, decidedAt: row.decided_at, scores, comments }
}

const sentOf = ({ key, to, effect, state, due, settled }: Delivery): MyData['deliveries'][number] => ({
  key,
  space: to.space,
  what: effect.kind,
  title: effect.kind === 'message' ? effect.card.title : null,
  state,
  due,
  settled: settled ?? null,
})
