import { checkBots } from '../bots/check.ts'
import { connected } from '../bots/connected.ts'
import { printFindings } from './findings.ts'
import { Refusal } from './refusal.ts'
import { withHouse } from './with-house.ts'

const NAMES = { slack: 'Slack', discord: 'Discord' } as const

/** `cme slack check`, `cme discord check`: what was found, a line each; exit code 1 when something has to be mended. */
export const checkPlatform = (platform: 'slack' | 'discord'): Promise<void> =>
  withHouse(async (house) => {
    if (!connected(house.config).includes(platform))
      throw new Refusal(`${NAMES[platform]} is not set up: docs/${platform}.md says which settings it needs.`)
    printFindings(await checkBots(house, platform))
  })
