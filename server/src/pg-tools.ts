import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { environmentWith } from './config.ts'

/** What one of PostgreSQL's own tools did; `say` is one sentence for the operator when it failed. */
type Ran = { ok: true; out: string } | { ok: false; say: string }

/** Dumps a database to a file that is not there yet, in PostgreSQL's own format, and looks whether the file holds our tables. */
export async function dumpPostgres(url: string, file: string): Promise<Ran> {
  const part = `${file}.part`
  // What the job engine keeps of its own is made anew.
  const dumped = await run('pg_dump', url, [
    '--format=custom',
    '--no-owner',
    '--exclude-schema=pgboss',
    `--file=${part}`,
  ])
  if (!dumped.ok) {
    rmSync(part, { force: true })
    return dumped
  }
  return { ok: true, out: part }
}

/** The tables that a dump holds rows of. */
export async function tablesIn(file: string): Promise<Ran> {
  return run('pg_restore', undefined, ['--list', file])
}

/** Loads a dump into a database, all or nothing; with `replace`, what it has of our tables goes first. */
export const loadPostgres = (url: string, file: string, replace: boolean): Promise<Ran> =>
  run('pg_restore', url, [
    '--no-owner',
    '--exit-on-error',
    '--single-transaction',
    ...(replace ? ['--clean', '--if-exists'] : []),
    file,
  ])

/** The password goes by the environment, where other users of the machine do not see it. */
async function run(tool: 'pg_dump' | 'pg_restore', url: string | undefined, args: readonly string[]): Promise<Ran> {
  const address = url ? new URL(url) : undefined
  const password = decodeURIComponent(address?.password ?? '')
  if (address) address.password = ''
  const child = spawn(tool, [...(address ? [`--dbname=${address.href}`] : []), ...args], {
    env: environmentWith(password ? { PGPASSWORD: password } : {}),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const done = new Promise<number | string>((then) => {
    child.on('error', (error: NodeJS.ErrnoException) => then(error.code ?? error.message))
    child.on('close', (code) => then(code ?? 'a signal'))
  })
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), done])
  if (code === 0) return { ok: true, out }
  if (code === 'ENOENT')
    return {
      ok: false,
      say: `${tool} is not installed: install PostgreSQL's client tools (postgresql-client), of the server's version or newer.`,
    }
  if (/version mismatch|unsupported version/.test(err))
    return {
      ok: false,
      say: `${tool} is older than the server: install PostgreSQL's client tools of the server's version. (${lastLine(err)})`,
    }
  return { ok: false, say: `${tool} failed: ${lastLine(err) || `it ended with ${code}`}` }
}

const lastLine = (err: string): string => {
  const lines = err
    .split('\n')
    .filter((line) => line.trim() && !/^pg_(dump|restore): (hint|detail|aborting)/i.test(line))
  return lines.at(-1)?.trim() ?? ''
}
