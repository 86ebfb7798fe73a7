import { text } from 'node:stream/consumers'
import { classify, compile, cueOf } from '@cme-commons/core'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { loadContent } from '../house.ts'
import { newsEditCommand } from './news-edit.ts'
import { newsExplainCommand } from './news-explain.ts'
import { newsSearchCommand } from './news-search.ts'

/** `news`: `classify` needs no database, so that anybody can try the taxonomy. */
export function newsCommand(program: Command): Command {
  const news = program.command('news').description('Try how headlines are labelled')
  news
    .command('classify')
    .description('Label headlines from standard input, one a line')
    .option('--json', 'one JSON object a line')
    .action(async ({ json }: { json?: boolean }) => {
      const today = new Date().toISOString().slice(0, 10)
      const { knowledge } = loadContent(readConfig(), today)
      const classifier = compile(knowledge)
      for (const line of (await text(process.stdin)).split(/\r?\n/)) {
        const headline = line.trim()
        if (!headline) continue
        const { topic, body, region, actionRequired, actionDate, tracks, why } = classify(
          classifier,
          { title: headline, text: '' },
          today,
        )
        if (json)
          console.log(
            JSON.stringify({
              headline,
              topic,
              body: body ?? null,
              region,
              actionRequired,
              actionDate: actionDate ?? null,
              tracks,
              why,
            }),
          )
        else
          console.log(
            `${topic.padEnd(32)} ${headline}\n${''.padEnd(33)}${[body, region, ...tracks, actionRequired ? 'needs action' : ''].filter(Boolean).join(' · ')}\n${''.padEnd(33)}${why.map((reason) => `${reason.label} ${reason.value}: ${cueOf(reason)}`).join('; ')}`,
          )
      }
    })
  newsSearchCommand(news)
  newsExplainCommand(news)
  newsEditCommand(news)
  return news
}
