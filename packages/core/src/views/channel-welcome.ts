import type { Card } from '../card.ts'
import type { Form } from '../form.ts'
import { code, cut, t } from '../text.ts'

/** What stands in a channel for whoever comes: what there is, and one button to begin with. */
export const channelWelcomeCard = (name: string): Card => ({
  title: cut(`New to CME at ${name}?`, 150),
  blocks: [
    {
      kind: 'text',
      text: t`Continuing medical education has its own letters, rules and deadlines. Here is company for the first weeks:`,
    },
    {
      kind: 'list',
      items: [
        t`a pathway for your track, in steps of a few minutes`,
        t`the letters of the field, explained when you meet them`,
        t`standards news as a digest, when you want it`,
      ],
    },
    {
      kind: 'text',
      text: t`Press Start: what comes is for your eyes only. Later ${code('/cme')} brings you back from anywhere.`,
    },
  ],
  buttons: [
    { label: 'Start', style: 'primary', act: { do: 'home' } },
    { label: 'The letters of the field', act: { do: 'what' } },
  ],
})

/** Asks where a welcome shall be posted. */
export const welcomeForm = (): Form => ({
  id: 'setup.welcome',
  title: 'Post a welcome',
  submit: 'Show it first',
  fields: [{ name: 'channel', label: 'Channel', hint: 'Where newcomers look first', kind: 'channel' }],
})

/** What will be posted where, before it is. */
export function welcomePreviewCard(name: string, channel: string): Card {
  const { title, blocks, buttons = [] } = channelWelcomeCard(name)
  return {
    title: 'What this will do',
    blocks: [
      { kind: 'text', text: t`This is posted to ${{ channel }} once, and mentions nobody. Pin it if you like.` },
      { kind: 'divider' },
      { kind: 'heading', text: title },
      ...blocks,
      { kind: 'text', text: t`Its buttons: ${buttons.map(({ label }) => label).join(', ')}.` },
      { kind: 'divider' },
      { kind: 'text', text: t`Nothing is posted yet.` },
    ],
    buttons: [
      { label: 'Post it', style: 'primary', act: { do: 'setup.welcome', channel } },
      { label: 'Another channel', act: { do: 'setup.welcome' } },
      { label: 'Leave it', act: { do: 'setup' } },
    ],
  }
}

/** What became of it: it is on its way, or was posted there today already. */
export const welcomePostedCard = (channel: string, posted: boolean): Card => ({
  title: posted ? 'It is on its way' : 'It stands there already',
  blocks: [
    {
      kind: 'text',
      text: posted
        ? t`The welcome comes to ${{ channel }} in a moment.`
        : t`The welcome was posted to ${{ channel }} today; a second one may come from tomorrow on.`,
    },
  ],
  buttons: [{ label: 'Settings', style: 'primary', act: { do: 'setup' } }],
})
