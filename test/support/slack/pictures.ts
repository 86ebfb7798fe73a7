import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { load } from '@cme-commons/content'
import { homeCard, setupForms } from '@cme-commons/core'
import { drawCard, drawForm, drawHome } from '@cme-commons/slack'
import { chromium } from 'playwright-core'
import { gallery } from '../../../server/src/gallery.ts'

/** Makes the pictures of docs/slack.md from the blocks that the bot sends, in a neutral dress: `node test/support/slack/pictures.ts`. */
type Block = Record<string, unknown> & { type: string }
type Picture = { name: string; where: string; blocks: readonly Block[]; submit?: string; width?: number }

const loaded = load()
if ('problems' in loaded) throw new Error('the content cannot be used')
const { knowledge } = loaded
const shown = new Map(gallery(knowledge).map((one) => [one.view, one]))
const card = (view: string) => {
  const found = shown.get(view)
  if (!found?.card) throw new Error(`the gallery has no card ${view}`)
  return found.card
}
const blocksOf = (drawn: object) => (drawn as { blocks: Block[] }).blocks
const settings = { zone: 'America/Chicago', trackChannels: {}, trackRoles: {} }
const channels = setupForms(settings, { platform: 'slack', tracks: knowledge.tracks }).find(
  ({ id }) => id === 'setup.channels',
)!
const home = homeCard(
  {
    name: 'Sara',
    track: 'program',
    region: 'us',
    subscribed: true,
    next: '2026-11-30T13:00:00.000Z',
    path: { done: 3, total: 14, next: 'Review Sample CME Activities' },
  },
  knowledge,
)

const pictures: readonly Picture[] = [
  { name: 'slack-welcome', where: 'Direct message', blocks: blocksOf(drawCard(card('setup/welcome'))) },
  {
    name: 'slack-channels',
    where: 'Channels',
    blocks: blocksOf(drawForm(channels)),
    submit: channels.submit ?? 'Save',
    width: 460,
  },
  { name: 'slack-digest', where: '# standards-news', blocks: blocksOf(drawCard(card('digest/channel'))) },
  {
    name: 'slack-home',
    where: 'Home',
    blocks: blocksOf(drawHome([home, card('progress/on-the-way'), card('subscription')])),
  },
]

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const moment = (unix: string, token: string) =>
  new Date(Number(unix) * 1000).toLocaleString('en-US', {
    dateStyle: 'medium',
    ...(token.includes('{time}') ? { timeStyle: 'short' } : {}),
    timeZone: 'America/New_York',
  })

/** Slack's mrkdwn, as far as the bot writes it. */
const mrkdwn = (text: string): string =>
  text
    .replace(/<!date\^(\d+)\^([^|>]*)\|[^>]*>/g, (_, unix: string, token: string) => moment(unix, token))
    .replace(/<#([A-Z0-9]+)(?:\|[^>]*)?>/g, '<a>#standards-news</a>')
    .replace(/<(https?:[^|>]+)\|([^>]*)>/g, '<a>$2</a>')
    .replace(/(^|[\s(>•])\*([^*\n]+)\*/gm, '$1<b>$2</b>')
    .replace(/(^|[\s(>])_([^_\n]+)_/gm, '$1<i>$2</i>')
    .replace(/`([^`\n]+)`/g, '<code>$1</code>')
    .replace(/\n/g, '<br>')

const textOf = (value: unknown): string => {
  const { type, text = '' } = (value ?? {}) as { type?: string; text?: string }
  return type === 'mrkdwn' ? mrkdwn(text) : escaped(text)
}
const each = (value: unknown, draw: (one: Block) => string): string => ((value ?? []) as Block[]).map(draw).join('')

function html(block: Block): string {
  switch (block.type) {
    case 'header':
      return `<h2>${textOf(block.text)}</h2>`
    case 'section':
      return `<p>${textOf(block.text)}</p>`
    case 'context':
      return `<p class="context">${each(block.elements, textOf)}</p>`
    case 'divider':
      return '<hr>'
    case 'actions':
      return `<div class="actions">${each(block.elements, (one) => `<span class="button ${one.style ?? ''}">${textOf(one.text)}</span>`)}</div>`
    case 'input':
      return `<div class="input"><b>${textOf(block.label)}</b>${block.optional ? ' <span>(optional)</span>' : ''}<div class="field">Choose a conversation</div><span>${textOf(block.hint)}</span></div>`
    default:
      throw new Error(`no drawing for ${block.type}`)
  }
}

const STYLE = `body{margin:0;background:#e9edf1;font:15px/1.45 "DejaVu Sans","Liberation Sans",sans-serif;color:#1d2228}
main{margin:14px;background:#fff;border:1px solid #cbd3da;border-radius:10px;padding:14px 18px}
.where{font-weight:bold;border-bottom:1px solid #dfe4e8;margin:-2px -18px 10px;padding:0 18px 9px;color:#44515c}
.who{display:flex;gap:10px;align-items:center;font-weight:bold;margin-bottom:2px}.who i{width:30px;height:30px;border-radius:6px;background:#1b4965;color:#fff;font-style:normal;font-size:11px;display:grid;place-items:center}
h2{font-size:19px;margin:10px 0 6px}p{margin:6px 0}a{color:#1264a3;text-decoration:none}code{background:#f2f4f6;border:1px solid #dfe4e8;border-radius:3px;padding:0 3px;font-size:13px;color:#a02344}
hr{border:0;border-top:1px solid #dfe4e8;margin:12px 0}.context{color:#5d6a75;font-size:13px}.actions{display:flex;flex-wrap:wrap;gap:8px;margin:10px 0}
.button{border:1px solid #b8c2ca;border-radius:5px;padding:4px 11px;font-weight:bold;font-size:13.5px}.primary{background:#0b6e4f;border-color:#0b6e4f;color:#fff}.danger{color:#b3261e;border-color:#b3261e}
.input{margin:12px 0}.input span{color:#5d6a75;font-size:13px}.field{border:1px solid #9aa6b0;border-radius:5px;padding:7px 10px;margin:4px 0;color:#5d6a75}.submit{display:flex;justify-content:flex-end;gap:8px;margin-top:14px}`

const page = ({ where, blocks, submit }: Picture): string =>
  `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><main><div class="where">${where}</div>${
    submit || where === 'Home' ? '' : '<div class="who"><i>CME</i>CME Commons</div>'
  }${blocks.map(html).join('')}${submit ? `<div class="submit"><span class="button">Cancel</span><span class="button primary">${submit}</span></div>` : ''}</main>`

const folder = fileURLToPath(new URL('../../../docs/images/', import.meta.url))
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH || '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
for (const picture of pictures) {
  const tab = await browser.newPage({ viewport: { width: picture.width ?? 720, height: 300 }, deviceScaleFactor: 1.1 })
  await tab.setContent(page(picture))
  await tab.screenshot({ path: `${folder}${picture.name}.png`, fullPage: true })
  await tab.close()
}
await browser.close()
