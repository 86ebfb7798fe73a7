import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open } from '@cme-commons/db'
import { sql } from 'kysely'
import { freePort } from './free-port.ts'

/** Where a PostgreSQL lives that has both a server and the tools for backups, of one version; Debian's first. */
export function postgresWithTools(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const config = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' })
  const found = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(config.stdout ? [config.stdout.trim()] : []),
  ]
  return found.find((bin) =>
    ['initdb', 'postgres', 'pg_dump', 'pg_restore'].every((tool) => existsSync(join(bin, tool))),
  )
}

/** Starts a server of that installation in a temporary folder, as a user that may, and answers its address. */
export async function startWithTools(bin: string): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'cme-tools-'))
  chmodSync(folder, 0o755)
  const data = join(folder, 'data')
  // PostgreSQL refuses to run as root.
  const root = process.getuid?.() === 0
  const as = (command: string, args: string[]): [string, string[]] =>
    root ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...args]] : [command, args]
  if (root) spawnSync('chown', ['postgres', folder])
  const made = spawnSync(
    ...as(join(bin, 'initdb'), [
      '--pgdata',
      data,
      '--username=postgres',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ]),
    { encoding: 'utf8', cwd: folder },
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  const port = await freePort()
  const server = spawn(
    ...as(join(bin, 'postgres'), [
      '-D',
      data,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'fsync=off',
    ]),
    { stdio: 'ignore', cwd: folder },
  )
  const ended = once(server, 'exit')
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  await answering(url, server.pid!)
  return {
    url,
    async stop() {
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function answering(url: string, pid: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const db = await open(url).catch(() => undefined)
    if (db) return db.close()
    await new Promise((then) => setTimeout(then, 50))
  }
  process.kill(pid)
  throw new Error('PostgreSQL did not start within ten seconds')
}

/** Makes a database there, empty or a copy of `template`, and answers its address. */
export async function databaseAt(url: string, name: string, template = 'template1'): Promise<string> {
  const db = await open(url)
  await sql`create database ${sql.id(name)} template ${sql.id(template)}`.execute(db.write)
  await db.close()
  const own = new URL(url)
  own.pathname = `/${name}`
  return own.href
}

/** The names of all databases there. */
export async function databasesAt(url: string): Promise<string[]> {
  const db = await open(url)
  const { rows } = await sql<{ name: string }>`select datname as name from pg_database order by datname`.execute(
    db.read,
  )
  await db.close()
  return rows.map(({ name }) => name)
}
