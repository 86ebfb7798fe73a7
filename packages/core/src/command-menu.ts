import type { Completes } from './edge.ts'

/** The headings under which a list of commands shows them, in this order. */
export const MENU_GROUPS = ['Start', 'News', 'Words', 'Conferences', 'Onboarding', 'You', 'Moderators', 'More'] as const

/** What may follow a command, for a surface that asks for it in a field of its own and completes what is typed there. */
export type CommandOption = { name: string; description: string; required?: true; completes?: Completes }

/** One of the words that may follow a command, `/cme digest start`, for a surface that shows each on a line of its own. */
export type CommandVerb = { name: string; summary: string; option?: CommandOption }

/** Where a command stands in a menu, and what may follow it. `moderators` is for moderators alone. */
export type CommandEntry = {
  group: (typeof MENU_GROUPS)[number]
  option?: CommandOption
  /** `show` is what the command says alone. */
  verbs?: readonly CommandVerb[]
  moderators?: true
}

const track: CommandOption = { name: 'track', description: 'One of the tracks', completes: 'track' }

const conference: CommandOption = {
  name: 'conference',
  description: 'A conference, for example SACME',
  completes: 'conference',
}

const entries: Readonly<Record<string, CommandEntry>> = {
  home: { group: 'Start' },
  help: { group: 'Start' },
  news: {
    group: 'News',
    option: { name: 'about', description: 'A topic, body, region or track, for example EACCME', completes: 'about' },
  },
  search: {
    group: 'News',
    option: { name: 'words', description: 'Words to look for, "a phrase", beginn*, topic:… body:… since:…' },
  },
  digest: {
    group: 'News',
    verbs: [
      { name: 'show', summary: 'Your digest: when it comes and what is in it' },
      { name: 'start', summary: 'Start your digest' },
      { name: 'here', summary: 'Moderators: a digest for this channel' },
      { name: 'preview', summary: 'What would come now' },
      { name: 'when', summary: 'Change when it comes' },
      { name: 'what', summary: 'Change what is in it' },
      {
        name: 'snooze',
        summary: 'No digest for a while',
        option: { name: 'until', description: '14 (days), 2w, or a day as in 2027-01-10' },
      },
      {
        name: 'quiet',
        summary: 'A note when nothing is new, or none',
        option: { name: 'say', description: 'on or off' },
      },
      { name: 'pause', summary: 'No digest until you want it again' },
      { name: 'resume', summary: 'Go on after a pause or a snooze' },
      { name: 'stop', summary: 'Stop your digest for good' },
    ],
  },
  sources: {
    group: 'News',
    verbs: [
      { name: 'show', summary: 'Where the news comes from, and how each source is doing' },
      {
        name: 'add',
        summary: 'Moderators: look for a feed at an address',
        option: { name: 'address', description: 'Of a feed, or of a page that has one' },
      },
    ],
  },
  suggest: {
    group: 'News',
    option: { name: 'link', description: 'The address of the page; why, you say in the form' },
  },
  what: {
    group: 'Words',
    option: { name: 'term', description: 'Letters or a term, for example ECMEC', completes: 'term' },
  },
  explain: {
    group: 'Words',
    option: { name: 'text', description: 'Any text with letters in it', required: true },
  },
  dates: {
    group: 'Conferences',
    verbs: [
      { name: 'show', summary: 'Your deadlines and meetings, with what to do' },
      { name: 'all', summary: 'Every date that is entered here' },
      { name: 'here', summary: 'Moderators: what this channel follows' },
      { name: 'found', summary: 'Moderators: dates found in the news' },
    ],
  },
  conferences: {
    group: 'Conferences',
    verbs: [
      {
        name: 'show',
        summary: 'The conferences of the field, or one of them',
        option: { name: 'name', description: 'A conference, for example SACME', completes: 'conference' },
      },
      { name: 'add', summary: 'Moderators: add a conference' },
      { name: 'import', summary: 'Moderators: dates from a table' },
      { name: 'reminders', summary: 'Moderators: how long before dates people are reminded' },
      { name: 'log', summary: 'Moderators: who changed what' },
    ],
  },
  channel: {
    group: 'Conferences',
    verbs: [
      { name: 'show', summary: 'Moderators: what was sent in it and what comes', option: conference },
      { name: 'open', summary: 'Moderators: open the channel of a conference', option: conference },
      { name: 'archive', summary: 'Moderators: when it closes, or close it now', option: conference },
    ],
  },
  calendar: {
    group: 'Conferences',
    verbs: [
      { name: 'show', summary: 'How your calendar program shows your dates' },
      { name: 'new', summary: 'Make an address of your own; the one before ends' },
      { name: 'end', summary: 'End your address' },
    ],
  },
  deadlines: {
    group: 'Conferences',
    option: { name: 'day', description: 'The day of your activity, as in 2027-06-14', required: true },
  },
  meet: {
    group: 'Conferences',
    option: { name: 'conference', description: 'Which meeting, for example SACME', completes: 'conference' },
  },
  here: {
    group: 'Conferences',
    option: { name: 'conference', description: 'Which meeting, for example SACME', completes: 'conference' },
  },
  ask: { group: 'Conferences', option: { name: 'question', description: 'What you would like to know' } },
  disclose: { group: 'Conferences' },
  keepsake: {
    group: 'Conferences',
    option: { name: 'conference', description: 'Which meeting, for example SACME', completes: 'conference' },
  },
  path: { group: 'Onboarding' },
  step: {
    group: 'Onboarding',
    option: { name: 'name', description: 'A step of your pathway', completes: 'step', required: true },
  },
  progress: { group: 'Onboarding' },
  summary: { group: 'Onboarding' },
  needs: {
    group: 'Onboarding',
    verbs: [
      { name: 'show', summary: 'Your needs assessment: what is there and what is missing' },
      { name: 'review', summary: 'What to mend in your needs assessment' },
    ],
  },
  activity: { group: 'Onboarding' },
  reviews: { group: 'Onboarding' },
  track: { group: 'You', option: { ...track, description: 'The track you work in' } },
  region: { group: 'You', option: { name: 'region', description: 'Where you work', completes: 'region' } },
  stop: {
    group: 'You',
    verbs: [
      { name: 'show', summary: 'What comes to you unasked, and how to stop it' },
      { name: 'digest', summary: 'Stop your digest' },
      { name: 'nudges', summary: 'Stop the nudges about your pathway' },
      { name: 'reminders', summary: 'Stop the reminders of dates' },
    ],
  },
  'my-data': {
    group: 'You',
    verbs: [
      { name: 'show', summary: 'All that is kept about you, and what you can do about it' },
      { name: 'read', summary: 'Read all that is kept about you' },
      { name: 'erase', summary: 'Erase all that is kept about you; you are asked once more' },
    ],
  },
  link: {
    group: 'You',
    option: { name: 'code', description: 'The code that the other side shows; without one you get a code' },
  },
  unlink: { group: 'You' },
  suggestions: { group: 'Moderators', moderators: true },
  item: {
    group: 'Moderators',
    moderators: true,
    option: {
      name: 'what',
      description: 'Its id, and if you like edit, labels, words, pin, hide, merge, split, history',
    },
  },
  funnel: { group: 'Moderators', moderators: true, option: track },
  stalled: { group: 'Moderators', moderators: true },
  mentors: {
    group: 'Moderators',
    moderators: true,
    option: { name: 'name', description: 'Whose role to give or take' },
  },
  questions: {
    group: 'Moderators',
    moderators: true,
    option: { name: 'conference', description: 'Which meeting, for example SACME', completes: 'conference' },
  },
  recap: {
    group: 'Moderators',
    moderators: true,
    verbs: [
      {
        name: 'show',
        summary: 'The draft, to edit and to post',
        option: { name: 'conference', description: 'Which meeting, for example SACME', completes: 'conference' },
      },
      {
        name: 'star',
        summary: 'Keep something for the recap',
        option: { name: 'words', description: 'Words, a link, or both' },
      },
    ],
  },
  setup: { group: 'Moderators', moderators: true },
  console: { group: 'Moderators', moderators: true },
}

/** The menu entry of a command; one that nobody has placed yet stands under "More". */
export const menuEntry = (name: string): CommandEntry =>
  Object.hasOwn(entries, name) ? entries[name]! : { group: 'More' }

/** The names of all commands that have a place in the menu. */
export const menuNames: readonly string[] = Object.keys(entries)
