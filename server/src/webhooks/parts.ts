import type { Tx } from '@cme-commons/db'
import { makeSeal } from '../bots/seal.ts'
import { type House, inHouse, userAgent } from '../house.ts'
import type { WebhookParts } from './deliver.ts'
import type { Managing } from './manage.ts'

type Parts = Pick<House, 'db' | 'config' | 'poster' | 'site'>

/** What webhooks are sent with. */
export const webhookParts = ({ db, config, poster, site }: Parts): WebhookParts => ({
  db,
  poster,
  own: site,
  userAgent: userAgent(config),
  seal: config.secretKey ? makeSeal(config.secretKey) : undefined,
})

/** One transaction of somebody who changes webhooks; what it promised is on its way as soon as it is committed. */
export const managing = <T>(house: House, actor: string, act: (managing: Managing) => Promise<T>): Promise<T> => {
  const { seal, poster, own } = webhookParts(house)
  return inHouse(house, (tx: Tx) => act({ tx, now: house.clock.now(), actor, seal, poster, own }))
}
