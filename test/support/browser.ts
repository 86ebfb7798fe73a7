import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { onTestFinished, test } from 'vitest'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
const HOW = 'install it (apt-get install chromium), or name it in CHROMIUM_PATH'

const place = (): string | undefined =>
  [process.env.CHROMIUM_PATH ?? '', ...PLACES].find((path) => path && existsSync(path))

let running: Promise<Browser> | undefined

/** A page in a browser context of its own, closed after the test. Everything that the page reports as an error is in `errors`. */
export type Visit = { page: Page; errors: string[] }
export type Look = { width?: number; height?: number; scheme?: 'light' | 'dark'; zone?: string; scripts?: boolean }

export async function visit(
  address: string,
  { width = 1440, height = 900, scheme = 'light', zone = 'America/New_York', scripts = true }: Look = {},
): Promise<Visit> {
  running ??= chromium.launch({ executablePath: place(), args: QUIET })
  const context = await (await running).newContext({
    viewport: { width, height },
    colorScheme: scheme,
    timezoneId: zone,
    reducedMotion: 'reduce',
    javaScriptEnabled: scripts,
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.goto(address)
  return { page, errors }
}

/** Closes the browser; belongs into the `afterAll` of whoever visits. */
export async function closeBrowser(): Promise<void> {
  await (await running)?.close()
  running = undefined
}

/** A test that needs a real browser. Without one it is skipped and says so; where CI_NO_SKIP is set it fails. */
export function browserTest(name: string, run: () => Promise<void>, timeout = 60_000): void {
  if (place()) test(name, run, timeout)
  else if (process.env.CI_NO_SKIP) test(name, () => Promise.reject(new Error(`No Chromium found: ${HOW}.`)))
  else test.skip(`${name} (no Chromium found: ${HOW})`, run)
}
