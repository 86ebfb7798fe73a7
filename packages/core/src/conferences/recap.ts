import { atWall, type Day, type Instant } from '../time.ts'
import { dayAfter } from './when.ts'

/** Something that a moderator wants to keep of a meeting: words, a link, or both. */
export type Star = { id: string; text: string; href?: string; author?: string; at: Instant }

export const STAR_MAX = 300

/** The parts of a recap, each as lines that a person can edit. */
export const RECAP_PARTS = ['opening', 'starred', 'questions', 'sessions', 'numbers'] as const
export type RecapPart = (typeof RECAP_PARTS)[number]
export type Recap = Readonly<Record<RecapPart, string>>
/** So much of each part fits a card with the others. */
export const RECAP_MAX: Readonly<Record<RecapPart, number>> = {
  opening: 500,
  starred: 1000,
  questions: 800,
  sessions: 800,
  numbers: 300,
}

/** How many were there in what way, without a name. */
export type MeetingNumbers = {
  going: number
  asked: number
  released: number
  answered: number
  introductions: number
  met: number
}

/** What a recap is drafted from. */
export type RecapSources = {
  edition: string
  stars: readonly Pick<Star, 'text' | 'href' | 'author'>[]
  /** Released questions with their votes, the most wanted first. */
  questions: readonly { text: string; votes: number; answered: boolean }[]
  sessions: readonly string[]
  numbers: MeetingNumbers
}

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

/** As many whole lines as have room; the last one says how many were left out. */
function lines(all: readonly string[], room: number): string {
  const kept: string[] = []
  for (const [i, line] of all.entries()) {
    const rest = all.length - i
    const more = `and ${rest} more`
    if ([...kept, line].join('\n').length + (rest > 1 ? more.length + 12 : 0) > room) return [...kept, more].join('\n')
    kept.push(line)
  }
  return kept.join('\n')
}

/** A first text of a recap, from what was starred, asked, held and counted: for a person to edit. */
export function draftRecap({ edition, stars, questions, sessions, numbers }: RecapSources): Recap {
  const star = ({ text, href, author }: RecapSources['stars'][number]) =>
    [text, author ? `(${author})` : '', href ?? ''].filter(Boolean).join(' ')
  const counted = [
    ...(numbers.going > 0
      ? [`${plural(numbers.going, 'member', 'members')} of this community said they would go`]
      : []),
    ...(numbers.released > 0
      ? [
          `${plural(numbers.released, 'question', 'questions')} asked here${numbers.answered > 0 ? `, ${numbers.answered} answered` : ''}`,
        ]
      : []),
    ...(numbers.introductions > 0
      ? [
          `${plural(numbers.introductions, 'introduction', 'introductions')}${numbers.met > 0 ? `, ${numbers.met} of them met` : ''}`,
        ]
      : []),
  ]
  return {
    opening: `What is worth keeping of ${edition}:`,
    starred: lines(stars.map(star), RECAP_MAX.starred),
    questions: lines(
      questions.map(({ text, votes, answered }) => {
        const marks = [votes > 0 ? `${votes} wanted to know` : '', answered ? 'answered' : ''].filter(Boolean)
        return `${text}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`
      }),
      RECAP_MAX.questions,
    ),
    sessions: lines(sessions, RECAP_MAX.sessions),
    numbers: lines(counted, RECAP_MAX.numbers),
  }
}

/** When moderators are offered the recap of a meeting whose last day is `last`: the morning after it, for two weeks. */
export const recapWindow = (last: Day, zone: string): { opens: Instant; until: Instant } => ({
  opens: atWall(dayAfter(last, 1), '10:00', zone),
  until: atWall(dayAfter(last, 15), '10:00', zone),
})

/**
 * What moderators do about the end of a meeting, and everybody about the keepsake. `recap.star` takes words, a link, a question of ours, or
 * a message of somebody (`author`); these are typed or told by a bot, never carried by a button.
 */
export type RecapAction =
  | { do: 'recap'; edition?: string; name?: string }
  | { do: 'recap.star'; edition?: string; question?: string; text?: string; link?: string; author?: string }
  | { do: 'recap.unstar'; star: string }
  | { do: 'recap.form'; edition: string }
  | { do: 'recap.post'; edition: string }
  | { do: 'keepsake'; edition?: string; name?: string; from?: number }
