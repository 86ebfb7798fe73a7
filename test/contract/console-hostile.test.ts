import { unread } from '@cme-commons/app'
import { findMember, giveRole, inTx, post, putSource } from '@cme-commons/db'
import { createReader } from '@cme-commons/feeds'
import { afterAll, expect, onTestFinished } from 'vitest'
import { store } from '../support/api-house.ts'
import { browserTest, closeBrowser, visit } from '../support/browser.ts'
import { boss, openConsole } from '../support/console-house.ts'
import { lived } from '../support/console-life.ts'
import { feedOf, newsSite } from '../support/news-site.ts'

afterAll(closeBrowser)

const EVIL = `"'></title></textarea></script><script>window.hacked=1</script><img src=x onerror="window.hacked=1"><svg onload=window.hacked=1>{{7*7}}`
/** A page that is come to by a form: what an address on the network would bring. */
const LOOK = 'look'
const HREF = 'javascript:window.hacked=1'

browserTest(
  'names, items, sources, troubles and conferences full of markup go through every page, and nothing runs',
  async () => {
    const story = { id: '1', title: EVIL, link: HREF, text: EVIL, at: '2026-12-04T10:00:00Z' }
    const site = await newsSite(() => ({ headers: { 'Content-Type': 'application/rss+xml' }, body: feedOf([story]) }))
    onTestFinished(() => site.close())
    const reader = createReader({ userAgent: 'test', allow: [new URL(site.url).host] })
    onTestFinished(() => reader.close())
    const world = await openConsole({ reader })
    const { db, house, address } = world
    const now = await lived(world)
    const mallory = { space: 'try', user: 'mallory', name: EVIL }
    await house.perform(mallory, { do: 'path.start' })
    await house.perform(mallory, {
      do: 'form.submit',
      form: 'suggest',
      answers: { href: 'https://evil.example/', title: EVIL, why: EVIL },
    })
    const [item] = await store(db, [{ title: EVIL, text: EVIL, link: HREF, seen: now, published: now }])
    const table = `conference,edition,kind,title,when,zone,status,source\nSACME Annual Meeting,SACME 2028,abstracts,"${EVIL.replaceAll('"', '""')}",2028-01-20,America/Chicago,confirmed,https://sacme.example/`
    const shown = await house.perform(boss, { do: 'form.submit', form: 'plan.import', answers: { csv: table } })
    const save = 'say' in shown ? shown.say.buttons?.find(({ label }) => label === 'Save') : undefined
    if (save && 'act' in save) await house.perform(boss, save.act)
    const member = (await findMember(db.read, 'try', 'mallory'))!.id
    await inTx(db, async (tx) => {
      await putSource(tx, {
        ...unread('evil', now),
        name: EVIL,
        url: HREF,
        enabled: 1,
        failing_since: now,
        trouble: EVIL,
        reason: EVIL,
      })
      await giveRole(tx, { space: 'try', member, role: 'mentor' }, now)
      const card = { title: EVIL, blocks: [{ kind: 'text' as const, text: [{ link: EVIL, href: HREF }] }] }
      const effect = { kind: 'message' as const, card }
      const to = { space: 'try', channel: EVIL }
      await post(tx, now, [
        { key: `note/${EVIL}`, lane: 'try/try', to, effect, due: now },
        { key: `amiss/try/${EVIL}`, lane: 'try/try', to, effect, due: now },
      ])
      await tx
        .updateTable('deliveries')
        .set({ state: 'dead', trouble: EVIL })
        .where('key', '=', `note/${EVIL}`)
        .execute()
      await tx.updateTable('spaces').set({ name: EVIL }).where('id', '=', 'try').execute()
    })
    const { page, errors } = await visit(address + (await world.link()))
    let dialogs = 0
    page.on('dialog', (dialog) => {
      dialogs++
      return dialog.dismiss()
    })
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'What needs you first' }).waitFor()
    const said = encodeURIComponent(EVIL)
    const paths = [
      ...[
        '',
        '/suggestions',
        '/sources',
        '/source?id=evil',
        '/items',
        `/items?q=${said}`,
        `/item?id=${item}`,
        '/digests?as=everything&weeks=26',
      ],
      ...[
        '/members',
        `/members?q=${said}`,
        `/member?id=${member}`,
        '/conferences',
        '/deliveries',
        `/deliveries?q=${said}&state=${said}`,
      ],
      ...[
        `/delivery?key=${encodeURIComponent(`note/${EVIL}`)}`,
        '/settings',
        '/audit',
        '/sessions',
        '/show?act=cme1:suggestions.open:sug2',
      ],
      ...[
        '/show?act=cme1:suggestions.edit:sug2',
        '/show?act=cme1:stalled',
        `/show?act=cme1:item.summary:${item}`,
        `/show?act=${said}`,
        `/${said}`,
      ],
      ...[`/in?key=${said}`],
    ]
    let met = 0
    for (const path of [...paths, LOOK]) {
      await page.goto(`${address}/console${path === LOOK ? '/sources' : path}`)
      if (path === LOOK) {
        await page.getByLabel('Add a source').fill(site.url)
        await page.getByRole('button', { name: 'Look there' }).click()
        await page.getByRole('button', { name: 'Add this one' }).waitFor()
      }
      const found = await page.evaluate(() => ({
        hacked: 'hacked' in globalThis,
        strangers: [
          ...document.querySelectorAll(
            'script, img[src="x"], svg[onload], iframe, object, [onerror], [onload], [onclick], [style]',
          ),
        ].length,
        hrefs: [...document.querySelectorAll('a[href], form[action]')].map(
          (one) => one.getAttribute('href') ?? one.getAttribute('action') ?? '',
        ),
        shows:
          document.body.textContent?.includes('window.hacked=1') ||
          [...document.querySelectorAll('input, textarea')].some((one) =>
            (one as HTMLInputElement).value.includes('window.hacked'),
          ),
      }))
      expect({ path, hacked: found.hacked, strangers: found.strangers }).toEqual({ path, hacked: false, strangers: 0 })
      expect(found.hrefs.filter((href) => !/^(https?:\/\/|\/(?!\/)|#)/.test(href))).toEqual([])
      if (found.shows) met++
    }
    expect(met).toBeGreaterThan(14)
    expect(dialogs).toBe(0)
    expect(errors.filter((error) => !/40[0-9]|410|429/.test(error))).toEqual([])
  },
)
