import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { settings } from '../../server/src/config.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const OURS = new Set<string>(Object.values(settings).map(({ name }) => name))
/** Variables of Node and of the C library, which are no settings of ours. */
const OTHERS = new Set(['NODE_ENV', 'NODE_COMPILE_CACHE', 'MALLOC_ARENA_MAX', 'MALLOC_TRIM_THRESHOLD_'])

/** The assignments of a unit by section, in order. */
function unit(text: string): Record<string, [string, string][]> {
  const sections: Record<string, [string, string][]> = {}
  let section = ''
  for (const line of text.split('\n')) {
    const [, head] = /^\[(\w+)\]$/.exec(line) ?? []
    if (head) section = head
    else if (line !== '' && !line.startsWith('#')) {
      const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? []
      expect(name, `${section}: ${line}`).toBeDefined()
      sections[section] = [...(sections[section] ?? []), [name!, value!]]
    }
  }
  return sections
}

test('the unit gives the program a user of its own, one folder to write to and nothing else', () => {
  const { Service = [], Install } = unit(read('server/deploy/cme.service'))
  const service = new Map(Service)
  for (const [name, value] of [
    ['DynamicUser', 'yes'],
    ['ProtectSystem', 'strict'],
    ['ProtectHome', 'yes'],
    ['NoNewPrivileges', 'yes'],
    ['StateDirectory', 'cme-commons'],
    ['CapabilityBoundingSet', ''],
  ] as const)
    expect([name, service.get(name)]).toEqual([name, value])
  expect(Install).toEqual([['WantedBy', 'multi-user.target']])
  const given = Service.filter(([name]) => name === 'Environment').flatMap(([, value]) => value.split(' '))
  for (const one of given) {
    const name = one.split('=')[0]!
    expect(OURS.has(name) || OTHERS.has(name), name).toBe(true)
    expect(name).not.toMatch(/TOKEN|SECRET|KEY/)
  }
  const [program, ...args] = service.get('ExecStart')!.split(' ')
  expect(existsSync(join(ROOT, args.at(-2)!))).toBe(true)
  expect(program).toBe(`${service.get('WorkingDirectory')}/node_modules/.bin/node`)
})

test('the command beside the service uses the same database', () => {
  const text = read('server/deploy/cme')
  expect(spawnSync('sh', ['-n'], { input: text }).status).toBe(0)
  const unitText = read('server/deploy/cme.service')
  for (const one of /^DATABASE_URL=.*$|^BACKUP_DIR=.*$/gm[Symbol.match](text) ?? []) expect(unitText).toContain(one)
})

test('systemd itself, where there is one, finds nothing wrong with the unit and little to attack', () => {
  const there = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' })
  if (there.error || !/^systemd (\d+)/.test(there.stdout) || Number(/\d+/.exec(there.stdout)![0]) < 250) return
  const folder = mkdtempSync(join(tmpdir(), 'cme-unit-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'cme.service')
  // Where it is not installed, another program stands for it: only the path is looked at.
  writeFileSync(file, read('server/deploy/cme.service').replace(/^ExecStart=\S+/m, `ExecStart=${process.execPath}`))
  const verified = spawnSync('systemd-analyze', ['verify', '--man=no', file], { encoding: 'utf8' })
  const wrong = verified.stderr.split('\n').filter((line) => line.includes('cme.service'))
  expect([verified.status, wrong]).toEqual([0, []])
  const looked = spawnSync('systemd-analyze', ['security', '--offline=true', file], { encoding: 'utf8' })
  expect(Number(/exposure level[^:]*: ([\d.]+)/.exec(looked.stdout)?.[1])).toBeLessThan(2)
})

test('the container file has what the server needs, runs as nobody in particular and holds no secret', () => {
  const text = read('server/deploy/Containerfile').replaceAll('\\\n', ' ')
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'))
  for (const line of lines)
    expect(line).toMatch(/^(FROM|WORKDIR|COPY|RUN|ENV|USER|VOLUME|EXPOSE|STOPSIGNAL|HEALTHCHECK|ENTRYPOINT|CMD) /)
  expect(
    lines.filter((line) => line.startsWith('FROM')).every((line) => line.startsWith('FROM docker.io/library/node:24-')),
  ).toBe(true)
  const copied = lines.flatMap((line) => (/^COPY (?!--from)(.+)$/.exec(line)?.[1] ?? '').split(' ').slice(0, -1))
  for (const path of copied) expect(existsSync(join(ROOT, path)), path).toBe(true)
  const { dependencies } = JSON.parse(read('server/package.json')) as { dependencies: Record<string, string> }
  const needed = Object.keys(dependencies).filter((name) => name.startsWith('@cme-commons/'))
  for (const name of needed) {
    const folder = name.replace('@cme-commons/', '')
    const at = ['packages', 'bots', '.']
      .map((above) => join(above, folder))
      .find((path) => existsSync(join(ROOT, path)))
    expect(
      copied.some((path) => at === path || at?.startsWith(`${path}/`)),
      name,
    ).toBe(true)
  }
  expect(lines.lastIndexOf('USER node')).toBeGreaterThan(lines.findLastIndex((line) => line.startsWith('RUN')))
  const env = lines
    .find((line) => line.startsWith('ENV '))!
    .slice(4)
    .trim()
    .split(/\s+/)
  for (const one of env) {
    const name = one.split('=')[0]!
    expect(OURS.has(name) || OTHERS.has(name), name).toBe(true)
    expect(name).not.toMatch(/TOKEN|SECRET|KEY/)
  }
  const start = JSON.parse(lines.find((line) => line.startsWith('ENTRYPOINT'))!.slice(11)) as string[]
  expect(existsSync(join(ROOT, start.at(-1)!))).toBe(true)
  const health = JSON.parse(
    /CMD (\[.*\])$/.exec(lines.find((line) => line.startsWith('HEALTHCHECK'))!)![1]!,
  ) as string[]
  expect(spawnSync(process.execPath, ['--check', '-'], { input: health.at(-1)! }).status).toBe(0)
})
