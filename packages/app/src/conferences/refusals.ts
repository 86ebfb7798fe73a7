import { type FormReply, t } from '@cme-commons/core'

/** The refusal of what the moderators of a space alone decide about conferences. */
export const plannersOnly: FormReply = {
  refuse: 'moderators-only',
  say: {
    title: 'Moderators enter dates',
    blocks: [
      {
        kind: 'text',
        text: t`Conferences, dates and what channels follow are entered by the moderators of this community. Your own reminders are yours to choose.`,
      },
    ],
    buttons: [{ label: 'My dates', style: 'primary', act: { do: 'dates' } }],
  },
}

/** The refusal of what has to be said in the channel that it is for. */
export const notHere: FormReply = {
  refuse: 'not-complete',
  say: {
    title: 'Say it in the channel',
    blocks: [
      {
        kind: 'text',
        text: t`Ask for the conference in the channel that shall follow it, and press the button there.`,
      },
    ],
    buttons: [{ label: 'Conferences', style: 'primary', act: { do: 'conferences' } }],
  },
}
