import { ownSummary } from '@cme-commons/app'
import { inTx, makeMember } from '@cme-commons/db'
import { expect, test } from 'vitest'
import { ask } from '../../../test/support/ask-try.ts'
import { freshSqlite } from '../../../test/support/databases.ts'
import { START, tryHouse } from '../../../test/support/try-house.ts'
import { partOf } from '../../../test/support/word-part.ts'
import { knowledge } from '../../../test/support/world.ts'
import { tryRoutes } from '../try/routes.ts'
import { wordOf } from './word.ts'

const HOSTILE = `=cmd|'/c calc'!A1`
const said = 'Ask who the provider is <b>first</b>.'

async function open() {
  const db = await (await freshSqlite()).open()
  const app = tryRoutes(await tryHouse(db))
  await ask(app, '/try/state')
  await inTx(db, (tx) =>
    makeMember(tx, 'try', 'eve', { name: HOSTILE, track: 'program', region: 'us', zone: 'UTC', made_at: START }),
  )
  for (const as of ['eve', 'sara'])
    await ask(app, '/try/submit', { body: { as, form: 'step.tell:communities', answers: { said } } })
  return { app, db }
}

test('a moderator saves where members stand as CSV, in which no name is a formula; nobody else does', async () => {
  const { app } = await open()
  const funnel = await ask(app, '/try/say', { body: { as: 'moderator', text: 'funnel' } })
  const href = funnel.json.reply.say.buttons.find(({ label }: { label: string }) => label === 'Export (CSV)').href
  expect(href).toBe('/documents/members.csv?as=moderator')
  const csv = await ask(app, href)
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="members.csv"')
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const lines = csv.text.split('\r\n')
  expect(lines[0]).toMatch(/^\uFEFF?Name,Id on the platform,Track,Region,Began,/)
  expect(lines).toContainEqual(expect.stringMatching(/^'=cmd\|'\/c calc'!A1,eve,Program Developers,us,2026-11-23,/))
  expect(csv.text).not.toMatch(/(^|,)"?=/m)
  expect(lines).toHaveLength(5)
  expect(new Set(lines.slice(0, -1).map((line) => line.split(',').length)).size).toBe(1)
  for (const path of ['/documents/members.csv?as=sara', '/documents/members.csv'])
    expect((await ask(app, path)).status).toBe(403)
  expect((await ask(app, href, { from: '192.168.1.20' })).status).toBe(403)
})

test('a member made moderator in the try-out may save it, until the role is taken', async () => {
  const { app } = await open()
  const found = await ask(app, '/try/say', { body: { as: 'moderator', text: 'mentors sara' } })
  const press = async (label: RegExp, { json }: typeof found) =>
    ask(app, '/try/press', {
      body: {
        as: 'moderator',
        press: json.reply.say.buttons.find((one: { label: string }) => label.test(one.label)).act,
      },
    })
  const made = await press(/^Make moderator/, found)
  expect((await ask(app, '/documents/members.csv?as=sara')).status).toBe(200)
  expect((await ask(app, '/try/state?as=sara')).json.channels.map(({ id }: { id: string }) => id)).toContain(
    'moderators',
  )
  await press(/^Take moderator/, made)
  expect((await ask(app, '/documents/members.csv?as=sara')).status).toBe(403)
})

test('the summary opens for its owner as Word, Markdown and a page, and is no MOCK', async () => {
  const { app, db } = await open()
  const summary = await ask(app, '/try/say', { body: { as: 'sara', text: 'summary' } })
  const links: string[] = summary.json.reply.say.buttons.flatMap(({ href }: { href?: string }) => href ?? [])
  expect(links).toEqual(['.docx', '.md', ''].map((ending) => `/documents/summary${ending}?as=sara`))
  const [word, markdown, page] = await Promise.all(links.map((link) => ask(app, link)))
  expect(word!.headers.get('content-disposition')).toBe('attachment; filename="cme-onboarding-summary.docx"')
  expect(markdown!.text).toContain('# Onboarding in CME: what Sara did\n')
  expect(markdown!.text).toContain('- **Own words:** Ask who the provider is \\<b\\>first\\</b\\>.')
  expect(markdown!.text).toContain('Supports CPD for CME Team')
  expect(page!.text).toContain('Ask who the provider is &lt;b&gt;first&lt;/b&gt;.')
  for (const text of [markdown!.text, page!.text]) expect(text).not.toMatch(/MOCK|is accredited|complies/)
  expect(word!.status).toBe(200)
  const file = (await ownSummary(db.read, { space: 'try', user: 'sara' }, knowledge, START))!
  const zip = await wordOf(file)
  expect(partOf(zip, 'word/document.xml')).toContain('Ask who the provider is &lt;b&gt;first&lt;/b&gt;.')
  expect(partOf(zip, 'word/footer1.xml')).toContain('It is no certificate and carries no credit.')
  const eve = await ask(app, '/documents/summary.md?as=eve')
  expect(eve.text).not.toContain('Sara')
  expect((await ask(app, '/documents/summary.md?as=nobody')).status).toBe(404)
})
