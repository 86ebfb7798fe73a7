import { load } from '@cme-commons/content'
import { type MockActivity, type NeedsAssessment, needsFile, planningFile } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { needsAnswers } from '../../../test/support/answers.ts'
import { ask } from '../../../test/support/ask-try.ts'
import { freshSqlite } from '../../../test/support/databases.ts'
import { tryHouse } from '../../../test/support/try-house.ts'
import { partOf } from '../../../test/support/word-part.ts'
import { tryRoutes } from '../try/routes.ts'
import { markdownOf } from './markdown.ts'
import { wordOf } from './word.ts'

const loaded = load()
if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
const words = loaded.knowledge.onboarding
const needs: NeedsAssessment = {
  learners: 'Nurses & physicians <b>of one clinic</b>',
  gap: '# Not a heading\n- [a link](javascript:x) *as is*',
  objectives: [{ text: 'Order the antibiotic within one hour', serves: 'performance' }],
}
const activity: MockActivity = {
  title: 'The first hour',
  format: 'ama-live',
  start: '2027-03-04',
  schedule: [{ day: 1, minutes: 60, kind: 'education', title: 'Cases' }],
  arrangement: 'direct',
  provider: 'Example Valley Health \u0007',
}

test('the planning file has the sections a provider keeps, in their order, each export marked MOCK', async () => {
  const file = planningFile(needs, activity, words)
  const titles = file.sections.map(({ title }) => title)
  expect(titles).toEqual([
    'The activity',
    'Learners and current practice',
    'Gap, cause and need',
    'Designed to change',
    'Baseline',
    'Objectives',
    'Format and its reason',
    'Evaluation planned',
    'Competency addressed',
    'Outcome of the activity',
    'Schedule and credit',
    'Disclosures collected',
    'Mitigation log',
    'Disclosure to learners',
    'Commercial support',
    'Review of content',
    'Statements',
    'Evaluation tool and results',
    'Attendance',
    'Budget',
    'Peer review',
  ])
  const markdown = markdownOf(file)
  expect(markdown).toMatch(/^# MOCK: The first hour\n/)
  for (const title of titles) expect(markdown).toContain(`\n## ${title}\n`)
  expect(markdown).toContain('*AMA PRA Category 1 Credit(s)*™')
  expect(markdown).toContain('**\\[MOCK, an exercise\\]**')
})

test('what somebody wrote stays text in Markdown', () => {
  const markdown = markdownOf(needsFile(needs))
  expect(markdown).toContain('Nurses & physicians \\<b\\>of one clinic\\</b\\>')
  expect(markdown).toContain('\\# Not a heading  \n  \\- \\[a link\\](javascript:x) \\*as is\\*')
})

test('the Word document holds the same, the name of the credit in italics, MOCK at the foot of every page', async () => {
  const word = await wordOf(planningFile(needs, activity, words))
  const text = partOf(word, 'word/document.xml')
  expect(text).toContain('Nurses &amp; physicians &lt;b&gt;of one clinic&lt;/b&gt;')
  expect(text).toMatch(/<w:i\/>(?:(?!<\/w:r>).)*AMA PRA Category 1 Credit\(s\)/)
  expect(text).toContain('[MOCK, an exercise]')
  expect(text).not.toContain('\u0007')
  expect(partOf(word, 'word/footer1.xml')).toContain('MOCK: an exercise in planning')
})

test('a document opens for its owner on this machine, and for nobody else', async () => {
  const house = await tryHouse(await (await freshSqlite()).open())
  const app = tryRoutes(house)
  const [practice] = needsAnswers(needs)
  await ask(app, '/try/submit', { body: { as: 'sara', ...practice } })
  const said = await ask(app, '/try/say', { body: { as: 'sara', text: 'needs' } })
  const whole = said.json.reply.say.buttons.at(-1)
  const file = await ask(app, '/try/press', { body: { as: 'sara', press: whole.act } })
  const links = file.json.reply.say.buttons.flatMap(({ href }: { href?: string }) => href ?? [])
  expect(links).toEqual(['.docx', '.md', ''].map((ending) => `/documents/doc1${ending}?as=sara`))
  const [word, markdown, page] = await Promise.all(links.map((href: string) => ask(app, href)))
  expect(word.headers.get('content-disposition')).toBe('attachment; filename="mock-doc1.docx"')
  expect(markdown.text).toContain('# MOCK: needs assessment')
  expect(page.text).toContain('Nurses &amp; physicians &lt;b&gt;of one clinic')
  for (const path of [
    '/documents/doc1.md?as=moderator',
    '/documents/doc1.md',
    '/documents/doc2.docx?as=sara',
    '/documents/..%2f?as=sara',
  ])
    expect((await ask(app, path)).status).toBe(404)
  expect((await ask(app, links[0], { from: '192.168.1.20' })).status).toBe(403)
  expect((await ask(app, links[1], { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(403)
})
