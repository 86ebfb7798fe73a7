import type { Deliver } from '@cme-commons/core'
import type { Hono } from 'hono'
import { type House, VERSION } from './house.ts'
import { type Heard, plainPath } from './requests.ts'

/** What whoever watches the program gets to know: lines in the log and, where there is a METRICS_TOKEN, numbers. */
export type Watch = {
  routes: Hono[]
  deliverers(all: Readonly<Record<string, Deliver>>): Record<string, Deliver>
  /** Who is told of each request; nobody where nobody would listen, since telling costs time. */
  hears(words: ReadonlySet<string>): ((heard: Heard) => void) | undefined
}

/** The library of the numbers is loaded for whoever asked for them alone. */
export async function watchOver(house: House, sinceLastTick: () => number | undefined): Promise<Watch> {
  const { config, db, clock, log } = house
  const metrics = config.metricsToken
    ? (await import('./metrics/metrics.ts')).makeMetrics({ db, now: clock.now, version: VERSION, sinceLastTick })
    : undefined
  const routes = metrics ? [(await import('./metrics/routes.ts')).metricsRoutes(metrics, config.metricsToken)] : []
  return {
    routes,
    deliverers: (all) =>
      Object.fromEntries(
        Object.entries(all).map(([platform, deliver]) => [platform, metrics?.watch(platform, deliver) ?? deliver]),
      ),
    hears: (words) => {
      const tells = log.isLevelEnabled('info')
      if (!tells && !metrics) return undefined
      return (heard) => {
        metrics?.heard(heard)
        if (tells) log.info(lineOf(heard, words), 'request')
      }
    },
  }
}

const lineOf = ({ request, method, url, status, ms, broken }: Heard, words: ReadonlySet<string>) => ({
  request,
  method: /^[A-Z]{3,10}$/.test(method) ? method : '*',
  path: plainPath(url, words),
  status,
  ms,
  ...(broken ? { broken } : {}),
})
