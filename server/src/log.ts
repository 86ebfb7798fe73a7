import pino from 'pino'

const HIDDEN = '[hidden]'

const SECRETS =
  /\b(?:cme_|whsec_|xox[a-z]-|xapp-|bearer\s+)[\w./+=-]{8,}|\beyJ[\w-]+\.[\w-]+\.[\w-]+|(?<=:\/\/)[^\s/@]+:[^\s/@]*@|(?<=:\/\/[^\s?'"]{1,300}\?)[^\s'"]+/gi
const ADDRESSES = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g

/** A text of an error without what somebody's program may have put in: secrets, mail addresses, and what follows a question mark. */
export const blotted = (text: string): string => text.replace(SECRETS, HIDDEN).replace(ADDRESSES, HIDDEN)

/** An error as it is written down. A database that refuses a value quotes it: of such (classes 22 and 23 of SQL) nothing quoted is kept. */
function errorOf(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? blotted(error) : error
  const written = pino.stdSerializers.errWithCause(error) as unknown as Record<string, unknown>
  const code = 'code' in error ? String(error.code) : ''
  const refused = /^2[23]\w{3}$/.test(code)
  for (const name of ['message', 'stack']) {
    const text = blotted(String(written[name] ?? ''))
    written[name] = refused ? text.replace(/"[^"]*"|'[^']*'/g, HIDDEN) : text
  }
  if (error.cause !== undefined) {
    const { type, message, stack, code } = Object(errorOf(error.cause))
    written.cause = { type, message, stack, code }
  }
  return written
}

/** Structured lines on standard error, without message texts or personal data; secrets are blotted out. */
export const makeLog = (level: string, to?: pino.DestinationStream) =>
  pino(
    {
      level,
      base: undefined,
      serializers: { err: errorOf },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        // A database's error quotes the row that it complains about.
        paths: [
          '*.token',
          '*.authorization',
          '*.cookie',
          '*.password',
          'token',
          'authorization',
          'err.detail',
          'err.parameters',
          'err.where',
          // A platform's error quotes what it was sent or what it answered.
          'err.data',
          'err.body',
          'err.headers',
          'err.original',
          'err.originals',
        ],
        censor: HIDDEN,
      },
    },
    to ?? pino.destination({ dest: 2, sync: true }),
  )

export type Log = ReturnType<typeof makeLog>
