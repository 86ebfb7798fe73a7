import { allSources } from '@cme-commons/db'
import { makeGate } from './api/gate.ts'
import { joinOf } from './bots/join.ts'
import { type Bots, startBots } from './bots/start.ts'
import type { Config } from './config.ts'
import { askedOnce } from './console/asked-once.ts'
import { consoleRoutes } from './console/routes.ts'
import { type Engine, startEngine, switchSample } from './engine.ts'
import { answer, type House, inHouse, openHouse, tryOut } from './house.ts'
import { listen, makeApp } from './http.ts'
import { ticking } from './jobs.ts'
import { sampleEpoch, sampleFeed } from './sample-feed.ts'
import { tryDeliver } from './try/deliver.ts'
import { tryRoutes } from './try/routes.ts'
import { watchOver } from './watch.ts'
import { webhookDeliver } from './webhooks/deliver.ts'
import { webhookParts } from './webhooks/parts.ts'

export type Server = {
  site: string
  port: number
  tryOut: boolean
  enabled: number
  where: string
  house: House
  engine: Engine
  close(): Promise<void>
}

/**
 * The only place where things are put together: database, content, engine, pages. Throws errors whose message is one line for the
 * operator (a port in use, a database that cannot be opened, content with a mistake).
 */
export async function startServer(config: Config): Promise<Server> {
  const house = await openHouse(config, true)
  let bots: Bots | undefined
  try {
    bots = await startBots(house)
    const trying = tryOut(config)
    const epoch = await sampleEpoch(house.db, house.clock.now())
    let engine: Engine | undefined
    const watch = await watchOver(house, () => engine?.jobs?.sinceLastTick())
    const app = makeApp(
      {
        db: house.db,
        content: house.content,
        now: house.clock.now,
        site: house.site,
        tryOut: trying,
        join: joinOf(config),
        log: house.log,
        atWork: () => !engine?.jobs || ticking(engine.jobs),
        heard: () => bots?.heard() ?? [],
        act: (work) => inHouse(house, work),
        gate: makeGate(config),
        webhooks: webhookParts(house),
      },
      [
        ...bots.routes,
        ...watch.routes,
        consoleRoutes({
          db: house.db,
          content: house.content,
          now: house.clock.now,
          real: () => new Date().toISOString(),
          site: house.site,
          perform: (actor, action) => answer(house, actor, action),
          reader: house.reader,
          proxies: config.proxies,
          moderates: askedOnce(bots.moderates, () => performance.now()),
        }),
        ...(trying
          ? [
              sampleFeed(house.samples, epoch, house.site, house.clock.now),
              tryRoutes({
                db: house.db,
                content: house.content,
                now: house.clock.now,
                moved: house.clock.moved,
                perform: (actor, action) => answer(house, actor, action),
                moveClock: async (to) => engine?.moveClock(to),
              }),
            ]
          : []),
      ],
    )
    const listening = await listen(app, { host: config.host, port: config.port }, watch.hears(app.words))
    await switchSample(house, trying)
    const webhook = webhookDeliver(webhookParts(house))
    engine = await startEngine(house, watch.deliverers({ try: tryDeliver(house.db), webhook, ...bots.deliverers }))
    const close = async () => {
      await listening.close()
      // Before the bots, which send what is under way.
      await engine?.stop()
      await bots?.stop()
      await house.close()
    }
    const enabled = (await allSources(house.db.read)).filter(
      (source) => source.enabled === 1 && source.sample === 0,
    ).length
    return {
      site: house.site,
      port: listening.port,
      tryOut: trying,
      enabled,
      where: house.db.where,
      house,
      engine,
      close,
    }
  } catch (error) {
    await bots?.stop()
    await house.close()
    throw error
  }
}
