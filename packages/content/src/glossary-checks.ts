import type { Term } from '@cme-commons/core'
import { type Blame, notADay } from './checks.ts'
import { GLOSSARY, MOST_MEANINGS } from './glossary-schema.ts'

/** Everything that the schema of one term cannot see: doubles, references, days, and ids that would hide what letters mean. */
export function checkGlossary(glossary: readonly Term[], today: string | undefined, blame: Blame): void {
  const ids = new Map<string, number>()
  const sharing = Map.groupBy(glossary, ({ letters }) => letters.toLowerCase())
  glossary.forEach((term, i) => {
    const wrong = (path: PropertyKey[], say: string) => blame(GLOSSARY, [i, ...path], say)
    if (ids.has(term.id)) wrong(['id'], `the id \`${term.id}\` is used twice; give this term another one.`)
    ids.set(term.id, i)
    const day = notADay(term.checked, today)
    if (day) wrong(['checked'], day)
    const same = sharing.get(term.letters.toLowerCase())!
    if (sharing.get(term.id)?.some((other) => other !== term))
      wrong(
        ['id'],
        `\`${term.id}\` are the letters of another term; give this one an id of its own, such as \`${term.id}-${term.jurisdiction}\`.`,
      )
    if (same.indexOf(term) === MOST_MEANINGS)
      wrong(
        ['letters'],
        `"${term.letters}" has more than ${MOST_MEANINGS} meanings; keep those that a CME professional meets.`,
      )
    const twin = same.find((other) => other !== term && meaning(other) === meaning(term))
    if (twin && same.indexOf(twin) < same.indexOf(term))
      wrong(['letters'], `"${term.letters}" with this name stands here already as \`${twin.id}\`; keep it once.`)
    term.also?.forEach((spelling, k) => {
      if (spelling === term.letters) wrong(['also', k], `"${spelling}" is the spelling of \`letters\`; remove it here.`)
    })
  })
  glossary.forEach((term, i) => {
    term.see?.forEach((id, k) => {
      if (id === term.id) blame(GLOSSARY, [i, 'see', k], `\`${id}\` refers to itself; remove it.`)
      else if (!ids.has(id))
        blame(GLOSSARY, [i, 'see', k], `there is no term with the id \`${id}\`; correct it or add the term.`)
    })
  })
}

const meaning = ({ name, jurisdiction }: Term): string => `${jurisdiction} ${name.toLowerCase()}`
