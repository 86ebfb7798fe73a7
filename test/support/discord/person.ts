import { dmOf } from './api.ts'
import type { Component, FakeDiscord } from './server.ts'

/** What a person sees: the words of a message and its buttons, or a modal. */
export type Seen = {
  type: number
  text: string
  components: Component[]
  ephemeral: boolean
  modal?: { custom_id: string; title: string; components: Component[] }
  ms: number
  /** What came below it so far. */
  below(): Seen[]
}

const EPHEMERAL = 64
const COMMAND = 2
const COMPONENT = 3
const COMPLETE = 4
const SUBMIT = 5
const SUBCOMMAND = 1

/** A person of a server, who types, presses and fills in, and sees what comes of it. In a direct message `guild` is not told. */
export function person(discord: FakeDiscord, { guild = '100', user = '501', direct = false, patience = 6_000 } = {}) {
  const { state } = discord
  const member = () => {
    const found = state.guilds.get(guild)?.members.get(user)
    const who = {
      id: user,
      username: found?.name.toLowerCase() ?? 'somebody',
      global_name: found?.name ?? null,
      discriminator: '0',
    }
    return direct
      ? { user: who, channel_id: dmOf(user), channel: { id: dmOf(user), type: 1 } }
      : {
          guild_id: guild,
          channel_id: '300',
          channel: { id: '300', type: 0 },
          member: {
            user: who,
            nick: null,
            roles: found?.roles ?? [],
            permissions: found?.permissions ?? '0',
            joined_at: '2026-01-01T00:00:00Z',
          },
        }
  }
  const seen = (type: number, data: Record<string, unknown>, ms: number, token: string): Seen => ({
    type,
    ms,
    text: textOf((data.components ?? []) as Component[]),
    components: (data.components ?? []) as Component[],
    ephemeral: (Number(data.flags ?? 0) & EPHEMERAL) !== 0,
    ...(type === 9 ? { modal: data as Seen['modal'] } : {}),
    below: () => (state.followups.get(token) ?? []).map((one) => seen(4, one, 0, '')),
  })
  async function interact(body: object, id = state.id()): Promise<Seen> {
    const begun = performance.now()
    const token = `token-${id}`
    discord.gateway.dispatch('INTERACTION_CREATE', {
      id,
      application_id: state.application,
      token,
      version: 1,
      locale: 'en-US',
      entitlements: [],
      authorizing_integration_owners: {},
      ...member(),
      ...body,
    })
    for (let waited = 0; waited < patience; waited += 10) {
      const said = state.callbacks.get(id)
      const deferred = said?.type === 5 || said?.type === 6
      const edit = state.edits.get(token)?.at(-1)
      if (said && (!deferred || edit))
        return seen(said.type, (deferred ? edit : said.data) ?? {}, said.at - begun, token)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    throw new Error(`nothing came of it within ${patience} ms`)
  }
  return {
    /** `/cme <subcommand> <option>`; `text` is split as the picker would: `digest snooze 2w`. */
    types(text: string, option?: { name: string; value: string }, id?: string, name = 'cme') {
      const words = text.split(' ').filter(Boolean)
      const options = words.reduceRight<object[]>(
        (inner, word) => [
          { type: inner.length > 0 && 'options' in inner[0]! ? 2 : SUBCOMMAND, name: word, options: inner },
        ],
        option ? [{ type: 3, ...option }] : [],
      )
      return interact({ type: COMMAND, data: { id: '1', name, type: 1, options } }, id)
    },
    presses(on: Pick<Seen, 'components' | 'ephemeral'>, label: string, id?: string) {
      const button = buttonsOf(on.components).find((one) => one.label === label || one.custom_id === label)
      if (!button)
        throw new Error(
          `no button "${label}" among ${buttonsOf(on.components)
            .map((b) => b.label)
            .join(', ')}`,
        )
      const message = { id: state.id(), flags: on.ephemeral ? EPHEMERAL : 0, components: on.components }
      return interact({ type: COMPONENT, message, data: { custom_id: button.custom_id, component_type: 2 } }, id)
    },
    submits(modal: NonNullable<Seen['modal']>, values: Record<string, string | readonly string[]>, id?: string) {
      const components = modal.components.map((label) => {
        const { type, custom_id } = label.component ?? { type: 0 }
        const key = String(custom_id ?? '').replace(/\[\]$/, '')
        const value = values[key] ?? values[String(custom_id)]
        return { type: 18, component: filled(type, custom_id, value, label.component) }
      })
      return interact({ type: SUBMIT, data: { custom_id: modal.custom_id, components } }, id)
    },
    onMessage: (name: string, content: string) =>
      interact({
        type: COMMAND,
        data: {
          id: '2',
          name,
          type: 3,
          target_id: '9',
          resolved: { messages: { '9': { id: '9', content, embeds: [], components: [] } } },
        },
      }),
    async completes(path: string, option: string, typed: string): Promise<{ name: string; value: string }[]> {
      const words = path.split(' ')
      const options = words.reduceRight<object[]>(
        (inner, word) => [{ type: SUBCOMMAND, name: word, options: inner }],
        [{ type: 3, name: option, value: typed, focused: true }],
      )
      const id = state.id()
      discord.gateway.dispatch('INTERACTION_CREATE', {
        id,
        application_id: state.application,
        token: `token-${id}`,
        version: 1,
        ...member(),
        type: COMPLETE,
        data: { id: '1', name: 'cme', type: 1, options },
      })
      for (let waited = 0; waited < patience; waited += 10) {
        const said = state.callbacks.get(id)
        if (said) return (said.data?.choices ?? []) as { name: string; value: string }[]
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      throw new Error('nothing was offered')
    },
  }
}

export function filled(
  type: number,
  custom_id: string | undefined,
  value: string | readonly string[] | undefined,
  drawn?: Component,
) {
  const first = Array.isArray(value) ? value[0] : value
  const chosen = [
    ...((drawn?.options ?? []) as { value: string; default?: boolean }[])
      .filter((one) => one.default)
      .map((one) => one.value),
    ...((drawn?.default_values ?? []) as { id: string }[]).map(({ id }) => id),
  ]
  if (type === 4) return { type, custom_id, value: first ?? drawn?.value ?? '' }
  if (type === 21) return { type, custom_id, value: first ?? chosen[0] ?? null }
  return { type, custom_id, values: value === undefined ? chosen : Array.isArray(value) ? value : [value] }
}

/** All text in these components, in order. */
export const textOf = (components: readonly Component[]): string =>
  components
    .flatMap((one) => [
      ...(typeof one.content === 'string' ? [one.content] : []),
      ...(one.components ? [textOf(one.components)] : []),
    ])
    .join('\n')

export type DrawnButton = { label: string; custom_id: string; url?: string }
export const buttonsOf = (components: readonly Component[]): DrawnButton[] =>
  components.flatMap((one) => [
    ...(one.type === 2
      ? [
          {
            label: String(one.label ?? ''),
            custom_id: String(one.custom_id ?? ''),
            ...(one.url ? { url: String(one.url) } : {}),
          },
        ]
      : []),
    ...buttonsOf(one.components ?? []),
    ...(one.accessory ? buttonsOf([one.accessory as Component]) : []),
  ])
