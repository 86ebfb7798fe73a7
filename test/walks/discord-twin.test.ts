import { findSpace, listDeliveries } from '@cme-commons/db'
import { ComponentType, InteractionType } from 'discord-api-types/v10'
import { expect, onTestFinished, test } from 'vitest'
import { hypertension } from '../../packages/core/src/onboarding/fixtures/good-assessments.ts'
import { makeEdge } from '../../server/src/bots/edge.ts'
import { needsAnswers } from '../support/answers.ts'
import { startHouse, until } from '../support/bot-house.ts'
import { freshSqlite } from '../support/databases.ts'
import { buttonsOf, textOf } from '../support/discord/person.ts'
import type { Component } from '../support/discord/server.ts'
import { startTwin } from '../support/discord/twin.ts'

const CHANNEL = '900000000000000300'
const SARA = '900000000000000501'
type Said = { components: Component[]; flags?: number; custom_id?: string }

/** A person of the twin: what she does is answered with what Discord was told first. */
async function walk() {
  const discord = await startTwin()
  const server = await startHouse({
    DATABASE_URL: (await freshSqlite()).url,
    DISCORD_API_URL: discord.restUrl,
    DISCORD_TOKEN: discord.botToken,
    TRY_OUT: 'on',
  })
  onTestFinished(() => server.close())
  await until('the server is known', async () => (await findSpace(server.house.db.read, discord.guildId)) !== undefined)
  const channel = discord.channel(CHANNEL)
  async function said({ id }: { id: string }) {
    const { type, messageId } = await channel.waitForInteractionAck({ interactionId: id, timeout: 10_000 })
    const { data } = (await channel.getInteractionResponse(id))!
    const body = JSON.parse(data ?? '{}') as Said
    return { type, messageId, body, text: textOf(body.components ?? []), buttons: buttonsOf(body.components ?? []) }
  }
  type Answer = Awaited<ReturnType<typeof said>>
  const act = (type: InteractionType, data: Record<string, unknown>, messageId?: string | null) =>
    discord
      .simulateInteraction({ type, channelId: CHANNEL, userId: SARA, data, ...(messageId ? { messageId } : {}) })
      .then(said)
  return {
    discord,
    server,
    types: (name: string, options: object[] = []) =>
      act(InteractionType.ApplicationCommand, { id: '1', name: 'cme', type: 1, options: [{ type: 1, name, options }] }),
    presses: ({ buttons, messageId }: Answer, label: string) => {
      const button = buttons.find((one) => one.label === label || one.custom_id === label)
      if (!button) throw new Error(`no ${label} among ${buttons.map((one) => one.label).join(', ')}`)
      const data = { custom_id: button.custom_id, component_type: ComponentType.Button }
      return act(InteractionType.MessageComponent, data, messageId)
    },
    submits: ({ body }: Answer, answers: Record<string, string | readonly string[]>) => {
      const components = body.components.map(({ component = { type: 0 } }) => {
        const value = answers[String(component.custom_id).replace(/\[\]$/, '')] ?? ''
        const list = typeof value === 'string' ? (value ? [value] : []) : value
        const filled = [4, 21].includes(component.type) ? { value: list.join('\n') } : { values: list }
        return { type: 18, component: { type: component.type, custom_id: component.custom_id, ...filled } }
      })
      return act(InteractionType.ModalSubmit, { custom_id: body.custom_id, components })
    },
  }
}

test('against somebody else’s Discord: the greeting, a track, a form, and a digest in a channel', async () => {
  const { discord, server, types, presses, submits } = await walk()
  const hello = await types('home')
  expect(hello.text).toContain('Welcome to the CME community')
  expect((hello.body.flags ?? 0) & 64).toBe(64)
  const chosen = await presses(hello, 'Program Developers')
  expect(chosen.type).toBe(7)
  expect(chosen.text).toContain('Program Developers')
  const [first] = needsAnswers(hypertension)
  const needs = await types('needs', [])
  const form = await presses(needs, `cme1:needs.form:${first!.form}`)
  expect(form.type).toBe(9)
  const saved = await submits(form, first!.answers)
  expect(saved.text).not.toContain('Not saved')
  expect((await types('what', [{ type: 3, name: 'term', value: 'ECMEC' }])).text).toContain('European CME Credit')

  const edge = makeEdge(server.house, 'discord', 'walk')
  const moderator = { space: discord.guildId, user: '900000000000000500', moderator: true, channel: CHANNEL }
  await edge.perform(moderator, { do: 'digest.start', here: 'yes' })
  await server.engine.moveClock(new Date(Date.now() + 8 * 86_400_000).toISOString())
  const arrived = async () =>
    (await discord.channel(CHANNEL).getMessages()).find(({ components }) =>
      textOf((components ?? []) as unknown as Component[]).includes('CME standards news'),
    )
  await until('the digest is in the channel', async () => (await arrived()) !== undefined, 20_000)
  const { deliveries } = await listDeliveries(server.house.db.read, { space: discord.guildId, limit: 20 })
  expect(deliveries.filter(({ to }) => 'channel' in to).map(({ state }) => state)).toEqual(['done'])
}, 60_000)
