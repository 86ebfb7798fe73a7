import type { Hono } from 'hono'

export type Got = { status: number; html: string; headers: Headers }
export type Client = ReturnType<typeof client>

/** A browser of the console as far as it concerns safety: it keeps the cookie, says where a form comes from, and follows where it is sent. */
export function client(app: Hono, origin = 'http://localhost') {
  let cookie: string | undefined
  async function ask(path: string, init: RequestInit = {}): Promise<Got> {
    const headers = {
      ...(cookie ? { Cookie: cookie } : {}),
      'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
    }
    const answer = await app.request(`${origin}${path}`, {
      ...init,
      headers: { ...headers, ...(init.headers as object) },
    })
    const set = answer.headers.get('set-cookie')
    if (set) cookie = /Max-Age=0/.test(set) ? undefined : set.split(';')[0]
    const got = { status: answer.status, html: await answer.text(), headers: answer.headers }
    const to = answer.headers.get('location')
    return answer.status === 303 && to ? ask(to) : got
  }
  const post = (path: string, form: Record<string, string>, headers: Record<string, string> = { Origin: origin }) =>
    ask(path, {
      method: 'POST',
      body: new URLSearchParams(form).toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    })
  return {
    ask,
    post,
    cookie: () => cookie,
    carry: (other: string | undefined) => {
      cookie = other
    },
    /** Opens a link as a person does: looks at it, and presses the button. */
    signIn: async (link: string): Promise<Got> => {
      await ask(link)
      return post('/console/in', { key: new URL(link, origin).searchParams.get('key') ?? '' })
    },
    /** The secret that the forms of a page carry. */
    csrf: async (path = '/console'): Promise<string> =>
      /name="csrf" value="([\w-]+)"/.exec((await ask(path)).html)?.[1] ?? '',
  }
}
