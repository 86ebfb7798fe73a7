import {
  type Card,
  didYouMeetCard,
  type Effect,
  type IntroductionReason,
  introductionCard,
  type Knowledge,
  type ShownPerson,
  sharedWords,
  trackName,
} from '@cme-commons/core'
import { findEdition, introducedIn, introductionsAt, type Tx, userIn, type Willing } from '@cme-commons/db'
import { ownIntroduction } from './introductions.ts'
import { editionOf } from './rows.ts'

type Made = { card: Card } | { skip: string }

/**
 * An introduction, or "did you meet?", as it goes out: with what the others show at this moment. Who has left by then is not named, and
 * where nobody is left nothing is sent.
 */
export async function introductionMade(
  tx: Tx,
  { kind, edition: id, round, member }: Extract<Effect, { round: string }>,
  content: Knowledge,
): Promise<Made> {
  const edition = await findEdition(tx, id)
  if (edition?.status !== 'planned') return { skip: 'The meeting is off.' }
  const all = await introducedIn(tx, id, round)
  const own = all.find((row) => row.member === member)
  const willing = new Map((await introductionsAt(tx, id)).map((one) => [one.member, one]))
  const me = willing.get(member)
  if (!own || !me) return { skip: 'She left introductions.' }
  if (kind === 'did-you-meet' && own.answer !== null) return { skip: 'She has answered already.' }
  const others = all.flatMap((row) => {
    const one = row.party === own.party && row.member !== member ? willing.get(row.member) : undefined
    return one ? [one] : []
  })
  if (others.length === 0) return { skip: 'Whom she was to meet has left.' }
  const of = editionOf(edition)
  if (kind === 'did-you-meet')
    return {
      card: didYouMeetCard(
        of,
        round,
        others.map(({ name }) => name),
      ),
    }
  const shown: ShownPerson[] = []
  for (const one of others) shown.push(await personOf(tx, one, content))
  return { card: introductionCard(of, shown, reasonOf([me, ...others], content)) }
}

async function personOf(tx: Tx, row: Willing, content: Knowledge): Promise<ShownPerson> {
  const { name, interest, details, shows } = ownIntroduction(row)
  return {
    name,
    handle: (await userIn(tx, row.space, row.member)) ?? 'unknown',
    ...(row.track && shows.includes('track') ? { track: trackName(content, row.track) } : {}),
    ...(shows.includes('interest') ? { interest } : {}),
    ...(details && shows.includes('details') ? { details } : {}),
  }
}

/** Why these: tracks and words are named only where everybody shows them. */
function reasonOf(all: readonly Willing[], content: Knowledge): IntroductionReason {
  const tracks = new Set(all.map(({ track }) => track ?? ''))
  const different = tracks.size > 1 && !tracks.has('')
  const everybody = (what: 'track' | 'interest') => all.every((one) => ownIntroduction(one).shows.includes(what))
  const [first, ...rest] = all
  const shared = rest.reduce(
    (left, { interest }) => left.filter((word) => sharedWords(word, interest).length > 0),
    sharedWords(first!.interest, rest[0]!.interest),
  )
  return {
    different,
    ...(different && everybody('track') ? { tracks: [...tracks].map((id) => trackName(content, id)) } : {}),
    words: everybody('interest') ? shared : [],
    shared: shared.length,
  }
}
