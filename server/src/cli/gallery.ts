import { plain } from '@cme-commons/core'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { gallery } from '../gallery.ts'
import type { Shown } from '../gallery-shown.ts'
import { loadContent } from '../house.ts'
import { cardHtml } from '../html/card.ts'
import { Refusal } from './refusal.ts'

/** Each format with what draws a view in it; a bot is loaded when its format is asked for. */
const formats: Record<string, () => Promise<(shown: Shown) => unknown>> = {
  text: async () => (shown) => (shown.card ? plain(shown.card) : shown.form),
  html: async () => (shown) => (shown.card ? String(cardHtml(shown.card)) : shown.form),
  slack: async () => {
    const { drawCard, drawForm } = await import('@cme-commons/slack')
    return (shown) => (shown.card ? drawCard(shown.card) : drawForm(shown.form))
  },
  discord: async () => {
    const { answerWith, drawCard, drawForm } = await import('@cme-commons/discord')
    return (shown) => (shown.card ? drawCard(shown.card) : answerWith(drawForm(shown.form)))
  },
}

export const galleryCommand = (program: Command): Command =>
  program
    .command('gallery')
    .description('Every view the product can show, one a line as JSON {view, payload}')
    .option('--format <format>', Object.keys(formats).join(', '), 'text')
    .action(async ({ format }: { format: string }) => {
      const make = Object.hasOwn(formats, format) ? formats[format] : undefined
      if (!make) throw new Refusal(`--format is one of ${Object.keys(formats).join(', ')}.`)
      const draw = await make()
      const { knowledge } = loadContent(readConfig(), new Date().toISOString().slice(0, 10))
      for (const shown of gallery(knowledge)) console.log(JSON.stringify({ view: shown.view, payload: draw(shown) }))
    })
