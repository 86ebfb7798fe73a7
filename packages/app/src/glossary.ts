import { explain, explainCard, glossaryCard, lookup, type Reply, termCard, unknownTermCard } from '@cme-commons/core'
import type { Ctx } from './ctx.ts'
import { memberOf } from './people.ts'

/** What letters or a term mean, her own jurisdiction first; without a term, what the glossary holds. */
export async function what(ctx: Ctx, said = ''): Promise<Reply> {
  const { glossary } = ctx.content
  const { found, near } = lookup(glossary, said, await regionOf(ctx))
  if (found.length === 0 && said.trim() !== '')
    return { refuse: 'unknown-name', say: unknownTermCard(said, near, glossary) }
  return { say: termCard(found, glossary), private: true }
}

/** The letters in a pasted text; how to ask when there is none. Stores nothing of it. */
export async function explainText(ctx: Ctx, text = ''): Promise<Reply> {
  const { glossary } = ctx.content
  if (text.trim() === '') return { say: glossaryCard(glossary), private: true }
  return { say: explainCard(explain(glossary, text, await regionOf(ctx)), glossary), private: true }
}

const regionOf = async (ctx: Ctx): Promise<string | undefined> => (await memberOf(ctx)).region ?? undefined
