import { type Card, type Form, type FormReply, t } from '@cme-commons/core'
import { ButtonStyle, ComponentType } from 'discord-api-types/v10'
import type { Body } from './body.ts'
import { drawCard } from './card.ts'
import { againId } from './form-id.ts'

/**
 * The answer to a form in which something is wrong: each field by its label with what to do, and "Try again", which opens the form
 * with what was typed. The bot keeps what was typed under the id that `againOf` reads; `form` is the form as it was asked for.
 */
export function drawRefused(refused: Extract<FormReply, { refuse: unknown }>, form: Form, state?: string): Body {
  const { say, fields = {} } = refused
  const named = form.fields.filter(({ name }) => fields[name])
  const others = Object.entries(fields).filter(([name]) => !form.fields.some((field) => field.name === name))
  const again = againId(form.id, state)
  const facts = [
    ...named.map(({ name, label }) => ({ name: label, value: t`${fields[name]!}` })),
    ...others.map(([, wrong]) => ({ name: '', value: t`${wrong}` })),
  ]
  const card: Card = {
    ...say,
    blocks: [...(facts.length ? [{ kind: 'facts' as const, facts }] : []), ...othersThan(say, fields)],
    buttons: again ? (say.buttons ?? []).filter(({ label }) => label !== AGAIN) : say.buttons,
  }
  const body = drawCard(card)
  if (!again) return body
  const row = {
    type: ComponentType.ActionRow as const,
    components: [
      { type: ComponentType.Button as const, style: ButtonStyle.Primary as const, label: AGAIN, custom_id: again },
    ],
  }
  return { ...body, components: [{ ...body.components[0], components: [...body.components[0].components, row] }] }
}

const AGAIN = 'Try again'

/** What the product says besides the list of what is wrong, which stands by field here. */
function othersThan({ blocks }: Card, fields: Readonly<Record<string, string>>): Card['blocks'] {
  const wrong = new Set(Object.values(fields))
  return blocks.filter((block) => {
    const texts = block.kind === 'list' ? block.items : block.kind === 'text' ? [block.text] : []
    return texts.length === 0 || !texts.every((text) => wrong.has(text.join('')))
  })
}
