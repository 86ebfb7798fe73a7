export type DbTrouble =
  | 'bad-address'
  | 'read-only'
  | 'full'
  | 'not-a-database'
  | 'is-a-directory'
  | 'busy'
  | 'in-use'
  | 'unreachable'
  | 'refused'
  | 'no-such-database'
  | 'newer'
  | 'exists'
  | 'damaged'
  | 'no-such-file'
  | 'no-backup'

/** A trouble with the database that an operator can mend: `message` is one line that says how. */
export class DbError extends Error {
  readonly trouble: DbTrouble
  constructor(trouble: DbTrouble, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'DbError'
    this.trouble = trouble
  }
}

type Known = readonly [trouble: DbTrouble, say: (where: string) => string]

const full: Known = [
  'full',
  (at) => `The disk is full: free some space for ${at}. Nothing is lost; work goes on by itself.`,
]
const readOnly: Known = [
  'read-only',
  (at) => `Cannot write to ${at}: give the user that runs the program write access to the file and its folder.`,
]
const alien: Known = [
  'not-a-database',
  (at) => `${at} is not a CME Commons database, or is damaged: choose another file, or restore a backup.`,
]
const busy: Known = [
  'busy',
  (at) => `Another program keeps ${at} locked: close it (a backup, a database browser) and try again.`,
]
const away: Known = [
  'unreachable',
  (at) => `No answer from PostgreSQL at ${at}: check that it runs and that the address is right.`,
]
const wrong: Known = [
  'refused',
  (at) => `PostgreSQL at ${at} refuses the user name or password: correct the database address.`,
]
const missing: Known = [
  'no-such-database',
  (at) => `PostgreSQL at ${at} has no such database: create it, or correct its name in the database address.`,
]

const known: Readonly<Record<string, Known>> = {
  SQLITE_FULL: full,
  ENOSPC: full,
  EDQUOT: full,
  '53100': full,
  SQLITE_READONLY: readOnly,
  SQLITE_PERM: readOnly,
  SQLITE_CANTOPEN: readOnly,
  EACCES: readOnly,
  EPERM: readOnly,
  EROFS: readOnly,
  ENOENT: readOnly,
  ENOTDIR: readOnly,
  EEXIST: readOnly,
  '25006': readOnly,
  '42501': readOnly,
  SQLITE_NOTADB: alien,
  SQLITE_CORRUPT: alien,
  SQLITE_BUSY: busy,
  SQLITE_LOCKED: busy,
  '55P03': busy,
  ECONNREFUSED: away,
  ENOTFOUND: away,
  EAI_AGAIN: away,
  ETIMEDOUT: away,
  EHOSTUNREACH: away,
  ECONNRESET: away,
  '57P01': away,
  '57P03': away,
  '53300': away,
  '08006': away,
  '28P01': wrong,
  '28000': wrong,
  '3D000': missing,
}

/** The `DbError` for a driver's error, or the error itself when no operator could mend it. `where` names the database, without secrets. */
export function explained(error: unknown, where: string): unknown {
  if (error instanceof DbError || !(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  const found = known[code] ?? known[code.split('_').slice(0, 2).join('_')]
  if (found) return new DbError(found[0], found[1](where), error)
  if (/timeout exceeded when trying to connect|Connection terminated/.test(error.message))
    return new DbError(away[0], away[1](where), error)
  return error
}
