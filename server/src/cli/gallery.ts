import { plain } from '@cme-commons/core'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { gallery } from '../gallery.ts'
import { loadContent } from '../house.ts'
import { cardHtml } from '../html/card.ts'
import { Refusal } from './refusal.ts'

export const galleryCommand = (program: Command): Command =>
  program
    .command('gallery')
    .description('Every view the product can show, one a line as JSON {view, payload}')
    .option('--format <format>', 'text or html', 'text')
    .action(({ format }: { format: string }) => {
      if (format !== 'text' && format !== 'html') throw new Refusal('--format is text or html.')
      const { knowledge } = loadContent(readConfig(), new Date().toISOString().slice(0, 10))
      for (const { view, card, form } of gallery(knowledge)) {
        const payload = card ? (format === 'html' ? String(cardHtml(card)) : plain(card)) : form
        console.log(JSON.stringify({ view, payload }))
      }
    })
