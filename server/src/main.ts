import { allSources } from '@cme-commons/db'
import { type Bots, startBots } from './bots/start.ts'
import type { Config } from './config.ts'
import { type Engine, startEngine, switchSample } from './engine.ts'
import { answer, type House, openHouse, tryOut } from './house.ts'
import { listen, makeApp } from './http.ts'
import { ticking } from './jobs.ts'
import { sampleEpoch, sampleFeed } from './sample-feed.ts'
import { tryDeliver } from './try/deliver.ts'
import { tryRoutes } from './try/routes.ts'

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
    const app = makeApp(
      {
        db: house.db,
        content: house.content,
        now: house.clock.now,
        site: house.site,
        tryOut: trying,
        log: house.log,
        atWork: () => !engine?.jobs || ticking(engine.jobs),
      },
      [
        ...bots.routes,
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
    const listening = await listen(app, { host: config.host, port: config.port })
    await switchSample(house, trying)
    engine = await startEngine(house, { try: tryDeliver(house.db), ...bots.deliverers })
    const close = async () => {
      await listening.close()
      await bots?.stop()
      await engine?.stop()
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
