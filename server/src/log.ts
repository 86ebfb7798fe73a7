import pino from 'pino'

/** Structured lines on standard error, without message texts or personal data; secrets are blotted out. */
export const makeLog = (level: string) =>
  pino(
    {
      level,
      base: undefined,
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
        censor: '[hidden]',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  )

export type Log = ReturnType<typeof makeLog>
