import { type Config, colours } from '../config.ts'
import type { Server } from '../main.ts'

/** The one friendly screen at start: what runs where, and the next three things to do. */
export function welcome(
  config: Config,
  { site, tryOut, enabled, where }: Pick<Server, 'site' | 'tryOut' | 'enabled' | 'where'>,
): string {
  const bold = (text: string) => (colours() ? `\u001b[1m${text}\u001b[0m` : text)
  const state = tryOut
    ? [
        'No chat platform is connected, so this is try-out mode: everything works on this machine,',
        'with made-up sample news, and nothing leaves it.',
      ]
    : [`Try-out is off. ${enabled} sources are read.`]
  const next = [
    ...(tryOut ? [[`Open ${bold(`${site}/try`)}`, 'be Sara, start a digest, move the clock to Monday']] : []),
    [
      bold('pnpm cme feeds list'),
      'the bodies whose news can be read; "feeds enable accme-news" proves a feed and switches it on',
    ],
    [bold('pnpm cme doctor'), 'checks this installation and says what to do about each finding'],
  ]
  return [
    '',
    `  ${bold('CME Commons')} is running at ${bold(site)}`,
    '',
    ...state.map((line) => `  ${line}`),
    '',
    '  Next:',
    ...next.map(([what, why], i) => `    ${i + 1}. ${what}\n       ${why}`),
    '',
    `  Data: ${where}${config.database.startsWith('sqlite') ? ' (delete the folder to start afresh)' : ''}. Stop with Ctrl+C.`,
    '',
  ].join('\n')
}
