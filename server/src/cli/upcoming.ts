import { type Coming, upcoming } from '@cme-commons/app'
import { DAY, plainMoment, plus } from '@cme-commons/core'
import type { Command } from 'commander'
import { moment } from './options.ts'
import { withHouse } from './with-house.ts'

export const upcomingCommand = (program: Command): Command =>
  program
    .command('upcoming')
    .description('Everything that will be sent, by the same functions that send it')
    .option('--until <date>', 'a day (2027-01-31) or a moment in UTC; a week ahead if not given', moment)
    .option('--json', 'one JSON object a line')
    .action(({ until, json }: { until?: string; json?: boolean }) =>
      withHouse(async ({ db, clock, content }) => {
        const now = clock.now()
        const coming = await upcoming(db.read, now, until ?? plus(now, 7 * DAY), content)
        for (const one of coming) {
          if (json) console.log(JSON.stringify(one))
          else
            console.log(
              `${plainMoment(one.at, 'moment', 'UTC')}  ${one.what}  to ${one.readers === 1 ? one.to[0] : `${one.readers} readers`} (${one.space})${soFar(one)}`,
            )
        }
        if (coming.length === 0 && !json) console.log('Nothing is due until then.')
      }),
    )

function soFar({ what, items, names, key, title, decision }: Coming): string {
  if (title !== undefined)
    return `, ${title}${decision === 'hold' ? ' (held)' : decision === 'skip' ? ' (left out)' : ''}`
  if (items !== undefined)
    return items > 0 ? `, ${items} ${items === 1 ? 'item' : 'items'} so far` : ', if there is news by then'
  if (names !== undefined) return `, ${names} so far`
  return what === 'nudge' && key === undefined ? ', if nothing is done by then' : ''
}
