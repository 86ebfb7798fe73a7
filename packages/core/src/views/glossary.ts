import type { Block, Button, Card } from '../card.ts'
import type { Explained } from '../knowledge/explain.ts'
import { termsBy } from '../knowledge/glossary.ts'
import { JURISDICTIONS, type Jurisdiction, type Term } from '../knowledge/onboarding.ts'
import { LIMITS } from '../limits.ts'
import { code, cut, em, join, link, type Span, strong, type Text, t } from '../text.ts'
import { dayInWords } from './item.ts'
import { plainText } from './plain.ts'

const ROOM = LIMITS.card.text - 800
const help: Button = { label: 'All commands', act: { do: 'help' } }

/** One term with all that is known of it, or, when letters mean several things, each of them in short with a button to the whole. */
export function termCard(terms: readonly Term[], glossary: readonly Term[]): Card {
  const [term, ...others] = terms
  if (!term) return glossaryCard(glossary)
  if (others.length > 0) return severalCard(terms)
  const see = termsBy(glossary, term.see ?? [])
  return {
    title: headOf(term),
    blocks: [
      { kind: 'text', text: marked(term.says) },
      {
        kind: 'facts',
        facts: [
          { name: 'Used in', value: t`${whereOf(term)}` },
          ...(term.not ? [{ name: 'Easily mixed up', value: marked(term.not) }] : []),
          ...(see.length > 0
            ? [
                {
                  name: 'See also',
                  value: join(
                    see.map(({ letters }) => marked(letters)),
                    ', ',
                  ),
                },
              ]
            : []),
          { name: 'Source', value: sourceOf(term) },
        ],
      },
    ],
    buttons: see.map((other) => buttonTo([other], glossary)),
  }
}

function severalCard(terms: readonly Term[]): Card {
  const one = new Set(terms.map((term) => term.letters)).size === 1
  const shown = terms.slice(0, LIMITS.card.buttons)
  const rest = terms.slice(LIMITS.card.buttons)
  return {
    title: one ? `${terms[0]!.letters} means ${terms.length} different things` : `${terms.length} terms have this name`,
    blocks: [
      { kind: 'list', items: shown.map((term) => t`${strong(headOf(term))}${inShort(term)}`) },
      ...(rest.length > 0
        ? [
            andMore(
              rest.map(({ letters }) => letters),
              'or write more of the name',
            ),
          ]
        : []),
    ],
    buttons: shown.map((term) => ({
      label: cut(one ? term.name : withMark(term.letters), LIMITS.button.label),
      act: { do: 'what', term: term.id },
    })),
  }
}

/** The letters found in a pasted text, in the order in which they stand there; what has no room is named and has a button. */
export function explainCard(found: readonly Explained[], glossary: readonly Term[]): Card {
  if (found.length === 0) return nothingCard(glossary)
  const facts = found.map(({ terms }) => ({
    name: withMark(terms[0]!.letters),
    value: join(
      terms.map((term): Text => [...marked(term.name), ...inShort(term)]),
      ' Or: ',
    ),
  }))
  let size = 0
  const fit = facts.findIndex(({ name, value }) => {
    size += name.length + plainText(value).length
    return size > ROOM
  })
  const shown = fit < 0 ? facts : facts.slice(0, Math.max(1, fit))
  const rest = found.slice(shown.length)
  return {
    title: found.length === 1 ? 'One term explained' : `${found.length} terms explained`,
    blocks: [
      { kind: 'facts', facts: shown },
      ...(rest.length > 0
        ? [
            andMore(
              rest.map(({ terms }) => terms[0]!.letters),
              'or paste a shorter piece',
            ),
          ]
        : []),
    ],
    buttons: [...rest, ...found].slice(0, LIMITS.card.buttons).map(({ terms }) => buttonTo(terms, glossary)),
    footer: t`${em('Each button shows what a term is not, and where we have it from.')}`,
  }
}

const nothingCard = (glossary: readonly Term[]): Card => ({
  title: 'Nothing to explain here',
  blocks: [
    {
      kind: 'text',
      text: t`None of our ${glossary.length} terms stands in this text. Capitals count, because many letters are words as well: write them as the field does, ECMEC or ACEhp. For one term, in any spelling, there is ${code('/cme what')}.`,
    },
  ],
  buttons: [help],
})

/** The answer to a term that is not in the glossary, with what may have been meant. */
export function unknownTermCard(said: string, near: readonly Term[], glossary: readonly Term[]): Card {
  const asked = cut(said.replace(/\s+/g, ' ').trim(), 60)
  return {
    title: 'That is not in the glossary',
    blocks: [
      {
        kind: 'text',
        text:
          near.length > 0
            ? t`“${asked}” is not, but ${near.length > 1 ? 'these letters are' : 'this is'} close. Is that what you meant?`
            : t`“${asked}” is not among the ${glossary.length} terms. If it belongs to the field, ask a moderator to have it added.`,
      },
      ...(near.length > 0
        ? [{ kind: 'list' as const, items: near.map((term) => t`${strong(term.letters)}: ${term.name}`) }]
        : []),
    ],
    buttons: [
      ...near.map(
        (term): Button => ({ label: cut(headOf(term), LIMITS.button.label), act: { do: 'what', term: term.id } }),
      ),
      help,
    ],
  }
}

/** What the glossary holds, and how to ask it. */
export function glossaryCard(glossary: readonly Term[]): Card {
  const counts = (Object.keys(JURISDICTIONS) as Jurisdiction[])
    .map((id) => [JURISDICTIONS[id], glossary.filter((term) => term.jurisdiction === id).length] as const)
    .filter(([, count]) => count > 0)
  return {
    title: 'The letters of the field',
    blocks: [
      {
        kind: 'text',
        text: t`${glossary.length} acronyms and terms, each with where it is used. The same letters may mean different things on both sides of an ocean; yours come first.`,
      },
      { kind: 'facts', facts: counts.map(([name, count]) => ({ name, value: t`${count}` })) },
      {
        kind: 'text',
        text: t`Ask with ${code('/cme what')} and the letters, or paste a whole text after ${code('/cme explain')}.`,
      },
    ],
    buttons: [help],
  }
}

const andMore = (letters: readonly string[], otherwise: string): Block => ({
  kind: 'text',
  text: t`And ${letters.length} more: ${cut(letters.join(', '), 400)}. Ask for one with ${code('/cme what')}, ${otherwise}.`,
})

const headOf = ({ letters, name }: Term): string =>
  withMark(letters).toLowerCase() === name.toLowerCase() ? name : `${letters}: ${name}`
const whereOf = ({ jurisdiction }: Term): string =>
  jurisdiction === 'intl' ? 'all jurisdictions' : JURISDICTIONS[jurisdiction]
const inShort = (term: Term): Text =>
  term.jurisdiction === 'intl' ? t`. ${marked(term.says)}` : t` (${whereOf(term)}). ${marked(term.says)}`

/** To the one term; to all that share the letters when there are several. */
const buttonTo = (terms: readonly Term[], glossary: readonly Term[]): Button => {
  const { id, letters, name } = terms[0]!
  const shared = terms.length === 1 && glossary.some((term) => term.id !== id && term.letters === letters)
  const label = shared ? `${letters}: ${name}` : withMark(letters)
  return { label: cut(label, LIMITS.button.label), act: { do: 'what', term: terms.length > 1 ? letters : id } }
}

const CREDIT = /(AMA PRA Category [12] Credit(?:\(s\)|s)?)™?/
const withMark = (letters: string): string => letters.replace(CREDIT, '$1™')
/** The credit's name in italics and with its mark, as the AMA wants it written. */
export const marked = (words: string): Text =>
  words
    .split(CREDIT)
    .flatMap((part, i): Text => (i % 2 === 1 ? [em(part), '™'] : [part]))
    .filter((span) => span !== '')

const CONFIDENCE: Record<Term['confidence'], string> = {
  verified: 'checked',
  'seen-in-code': 'seen in public use, looked over',
  'well-known': 'well known in the field, looked over',
  inferred: 'concluded from this, looked over',
  uncertain: 'not confirmed, looked over',
  unproven: 'not tried yet, written down',
}

/** Where a term is from, how sure we are, and when a person last looked. */
function sourceOf({ source, checked, confidence }: Term): Text {
  const from: Span = /^https?:\/\//.test(source)
    ? link(source.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, ''), source)
    : source
  return t`${from} (${CONFIDENCE[confidence]} ${dayInWords(checked)})`
}
