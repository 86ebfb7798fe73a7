import { html } from 'hono/html'
import { page } from '../html/page.ts'

/** What a person sees in her browser when she has installed the Slack app, or could not. */
export async function installedPage(result: { ok: true; name: string } | { ok: false; why: string }): Promise<string> {
  const [title, say, more] = result.ok
    ? [
        'CME Commons is installed',
        `The app is in ${result.name} now.`,
        html`<p>Look into Slack: the app has written to you there and asks where news should be posted. It posts nowhere until you say so.</p>`,
      ]
    : ['CME Commons was not installed', result.why, html`<p><a class="button" href="/slack/install">Try again</a></p>`]
  return String(
    await page({
      title: `${title} – CME Commons`,
      description: say,
      body: html`<h1>${title}</h1>
<p>${say}</p>
${more}`,
    }),
  )
}
