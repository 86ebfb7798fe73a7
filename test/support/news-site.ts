import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { escapeUTF8 } from 'entities'

export type Answer = { status?: number; headers?: Record<string, string>; body?: string }
export type Story = { id: string; title: string; link?: string; at?: string; text?: string }

/** A host on loopback that answers as a test says, keeps what it was asked, and knows how many requests were under way at once. */
export async function newsSite(answer: (path: string, request: IncomingMessage) => Answer, host = '127.0.0.1') {
  const site = { url: '', asked: [] as string[], together: 0, close: async () => {} }
  let under = 0
  const server = createServer(async (request, response) => {
    site.asked.push(request.url!)
    site.together = Math.max(site.together, ++under)
    // Whoever asks twice at once is seen doing so.
    await new Promise((then) => setImmediate(then))
    const { status = 200, headers = {}, body } = answer(request.url!, request)
    under--
    response.writeHead(status, headers).end(body)
  })
  server.listen(0, host)
  await once(server, 'listening')
  site.url = `http://${host}:${(server.address() as AddressInfo).port}`
  site.close = async () => {
    server.closeAllConnections()
    server.close()
  }
  return site
}

/** Stories as a feed, newest first as they are given; `channel` is what stands before them. */
export const feedOf = (stories: readonly Story[], channel = ''): string =>
  `<rss version="2.0"><channel><title>Made-up society</title>${channel}${stories.map(itemOf).join('')}</channel></rss>`

const itemOf = ({ id, title, link, at, text }: Story): string =>
  `<item><guid isPermaLink="false">${escapeUTF8(id)}</guid><title>${escapeUTF8(title)}</title>` +
  `${link ? `<link>${escapeUTF8(link)}</link>` : ''}${at ? `<pubDate>${new Date(at).toUTCString()}</pubDate>` : ''}` +
  `<description>${escapeUTF8(text ?? '')}</description></item>`

/** The same stories as a page that has no feed. */
export const pageOf = (stories: readonly Story[], list = 'news'): string =>
  `<!doctype html><title>Made-up society</title><ul class="${list}">${stories
    .map(
      ({ title, link, at }) =>
        `<li><a href="${escapeUTF8(link ?? '')}">${escapeUTF8(title)}</a> <time datetime="${at ?? ''}">then</time></li>`,
    )
    .join('')}</ul>`
