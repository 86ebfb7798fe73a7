import type { Button, Text } from '@cme-commons/core'
import {
  type APIComponentInContainer,
  type APIContainerComponent,
  type APITextDisplayComponent,
  ComponentType,
  MessageFlags,
  SeparatorSpacingSize,
} from 'discord-api-types/v10'
import { type Drawable, drawBlock } from './block.ts'
import { drawButton, drawButtons } from './button.ts'
import { atLineStart, BREAK, escaped } from './escape.ts'
import { drawText } from './text.ts'

/** The room of one message, below Discord's 4,000 characters; what `bodyOf` draws never has more than 38 components. */
export const ROOM = { text: 3800, buttons: 20, dividers: 4, title: 200, footer: 700 } as const

/** A message as Discord takes it: one container, and nobody is ever mentioned. */
export type Body = {
  flags: MessageFlags.IsComponentsV2
  components: [APIContainerComponent]
  allowed_mentions: { parse: [] }
}

/** What goes into one message: `note` is a line in small print above the buttons, with a button beside it if there is one. */
export type Draft = {
  title: string
  blocks: readonly Drawable[]
  buttons: readonly Button[]
  footer?: Text
  note?: string
  beside?: Button
}

/** A draft as a message. Whoever calls looks first whether it fits (`charactersOf`). */
export function bodyOf(draft: Draft): Body {
  const taken = new Set<string>()
  const rows = drawButtons(draft.buttons, taken)
  const note = draft.note ? display(`-# ${draft.note}`) : []
  const beside = draft.beside && drawButton(draft.beside, taken)
  const components: APIComponentInContainer[] = [
    ...textAndLines(draft),
    ...(beside && note.length ? [{ type: ComponentType.Section as const, components: note, accessory: beside }] : note),
    ...rows,
    ...display(footerOf(draft)),
  ]
  if (components.length === 0) components.push(...display('Nothing to show.'))
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [{ type: ComponentType.Container, components }],
    allowed_mentions: { parse: [] },
  }
}

/** How many characters of text a draft draws; Discord counts those of all its text displays together. */
export const charactersOf = (draft: Draft): number =>
  bodyOf(draft).components[0].components.reduce((sum, part) => sum + lengthOf(part), 0)

const lengthOf = (part: APIComponentInContainer): number =>
  part.type === ComponentType.TextDisplay
    ? part.content.length
    : part.type === ComponentType.Section
      ? part.components.reduce((sum, text) => sum + text.content.length, 0)
      : 0

const footerOf = ({ footer = [] }: Draft): string =>
  drawText(footer)
    .split('\n')
    .map((line) => line.trim() && `-# ${line.trim()}`)
    .filter(Boolean)
    .join('\n')

/** Title and blocks: one text display as long as no divider comes between. */
function textAndLines({ title, blocks }: Draft): APIComponentInContainer[] {
  const parts: APIComponentInContainer[] = []
  let text = title && `## ${atLineStart(escaped(title))}\n`
  let lines = 0
  for (const block of blocks) {
    if (block.kind === 'divider') {
      if (!shows(text) || lines >= ROOM.dividers) continue
      parts.push(...display(text), {
        type: ComponentType.Separator,
        divider: true,
        spacing: SeparatorSpacingSize.Small,
      })
      text = ''
      lines++
      continue
    }
    const drawn = drawnOnce(block)
    if (drawn) text += `${drawn}${block.kind === 'heading' ? '\n' : '\n\n'}`
  }
  return [...parts, ...display(text)]
}

const kept = new WeakMap<Drawable, string>()

/** Fitting a card draws its blocks many times; they never change. */
function drawnOnce(block: Drawable): string {
  const drawn = kept.get(block) ?? drawBlock(block)
  kept.set(block, drawn)
  return drawn
}

const shows = (markdown: string): boolean => markdown.replaceAll(BREAK, '').trim() !== ''
const display = (markdown: string): APITextDisplayComponent[] =>
  shows(markdown) ? [{ type: ComponentType.TextDisplay, content: markdown.trim() }] : []
