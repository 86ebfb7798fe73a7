import { type Config, colours } from '../config.ts'
import type { Server } from '../main.ts'

type Running = Pick<Server, 'tryOut' | 'enabled' | 'where'> & { config: Config; site: string; local: string }

/** The one friendly screen at start: what runs where, and the next three things to do. */
export function welcome({ site, local, tryOut, enabled, where, config }: Running): string {
  const bold = (text: string) => (colours() ? `\u001b[1m${text}\u001b[0m` : text)
  const sources = enabled === 1 ? '1 real source is read' : `${enabled} real sources are read`
  const next = [
    ...(tryOut ? [[`Open ${bold(`${local}/try`)}`, 'Be Sara, start a digest, move the clock to Monday.']] : []),
    [
      bold('pnpm cme feeds list'),
      'Whose news can be read; "feeds enable accme-news" reads a feed and switches it on if it answers.',
    ],
    [bold('pnpm cme doctor'), 'Checks this installation and says what to do about each finding.'],
    ...(tryOut ? [] : [[`Open ${bold(site)}`, 'The latest news and the API.']]),
  ]
  return [
    '',
    `  ${bold('CME Commons')} is running at ${bold(site)}`,
    '',
    ...(tryOut
      ? [
          '  No chat platform is connected, so this is try-out mode: a chat of your own on this',
          `  machine, with made-up news labelled as sample; ${sources}.`,
        ]
      : [`  Try-out is off; ${sources}.`]),
    '',
    '  Next (without pnpm: npm run -s cme -- doctor):',
    ...next.map(([what, why], i) => `    ${i + 1}. ${what}\n       ${why}`),
    '',
    `  Data: ${where}${config.database.startsWith('sqlite') ? ' (to start afresh, stop and delete this file)' : ''}. Stop with Ctrl+C.`,
    '',
  ].join('\n')
}
