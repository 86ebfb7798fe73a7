import type { Block } from '../card.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { ActivityField } from '../onboarding/activity.ts'
import { ACTIVITY_FIELDS } from '../onboarding/activity-fields.ts'
import type { NeedsField } from '../onboarding/needs.ts'
import { NEEDS_FIELDS } from '../onboarding/needs-fields.ts'
import { findStep } from '../onboarding/pathway.ts'
import type { PlanningFile, Section } from '../onboarding/planning-file.ts'
import { type Text, t, when } from '../text.ts'
import { regionName, trackName } from '../views/names.ts'
import type { MyData, MyReview } from './my-data.ts'
import { meetingLists } from './my-data-meetings.ts'
import { scheduleInWords } from './schedule.ts'

const facts = (entries: Readonly<Record<string, string | Text | null | undefined>>): Block => ({
  kind: 'facts',
  facts: Object.entries(entries).map(([name, value]) => ({
    name,
    value: !value ? ['none'] : typeof value === 'string' ? [value] : value,
  })),
})
const A_LIST = 20

/** A list in sections of twenty, so that each fits a card: none when there is nothing. */
const listed = (title: string, items: readonly Text[]): Section[] =>
  Array.from({ length: Math.ceil(items.length / A_LIST) }, (_, i) => ({
    title: i === 0 ? title : `${title}, from ${i * A_LIST + 1}`,
    blocks: [{ kind: 'list', items: items.slice(i * A_LIST, (i + 1) * A_LIST) }],
  }))

/** Everything that is kept about a member as a text to read, in the order of `MyData`. */
export function myDataFile(data: MyData, content: Knowledge): PlanningFile {
  const { member, onboarding, reminders } = data
  const step = (id: string) => findStep(content.onboarding, id)?.step.name ?? id
  return {
    title: 'What is kept about you',
    sections: [
      {
        title: 'Who you are',
        blocks: [
          facts({
            Name: member.name,
            Track: member.track && trackName(content, member.track),
            Region: member.region && regionName(content, member.region),
            'Time zone': member.zone,
            'Known since': t`${when(member.since)}`,
            'Our id of you': member.id,
          }),
        ],
      },
      ...listed(
        'Where you are known',
        data.identities.map(({ name, platform, user }) => t`${name} (${platform}): ${user}`),
      ),
      ...listed(
        'Linked',
        data.links.map(
          ({ space, user, since, home, before }) =>
            t`${user} in ${space}, since ${when(since, 'day')}${home ? ', where you are written to' : ''}. Before: ${JSON.stringify(before)}`,
        ),
      ),
      ...listed(
        'Roles',
        data.roles.map(
          ({ role, at, takenAt }) =>
            t`${role}, since ${when(at, 'day')}${takenAt ? t` until ${when(takenAt, 'day')}` : ''}`,
        ),
      ),
      ...data.digests.map(
        ({ schedule, paused, snoozedUntil, since }): Section => ({
          title: 'Your digest',
          blocks: [
            facts({
              When: scheduleInWords(schedule),
              'Time zone': schedule.zone,
              Paused: paused ? 'yes' : 'no',
              'Snoozed until': snoozedUntil && t`${when(snoozedUntil, 'day')}`,
              'Started on': t`${when(since, 'day')}`,
            }),
          ],
        }),
      ),
      ...listed(
        'Conferences and dates',
        data.conferences.map(
          ({ about, answer, kinds, days, zone, since }) =>
            t`${about}${answer ? `, ${answer}` : ''}: ${kinds.join(', ')}${days ? `, ${days.join(', ')} days before` : ''} (${zone}), since ${when(since, 'day')}`,
        ),
      ),
      ...meetingLists(data.meetings).flatMap(([title, items]) => listed(title, items)),
      ...(onboarding.started
        ? [
            {
              title: 'Onboarding',
              blocks: [
                facts({
                  'Begun on': t`${when(onboarding.started, 'day')}`,
                  'Finished on': onboarding.finished && t`${when(onboarding.finished, 'day')}`,
                }),
              ],
            },
          ]
        : []),
      ...(reminders
        ? [
            {
              title: 'Welcome and reminders',
              blocks: [
                facts({
                  'Counted from': t`${when(reminders.since, 'day')}`,
                  'Welcomed on': reminders.welcomed && t`${when(reminders.welcomed, 'day')}`,
                  'First thing done since': reminders.answered && t`${when(reminders.answered, 'day')}`,
                  'Reminded on': reminders.nudged && t`${when(reminders.nudged, 'day')}`,
                  'Snoozed until': reminders.snoozedUntil && t`${when(reminders.snoozedUntil, 'day')}`,
                  'Stopped on': reminders.stopped && t`${when(reminders.stopped, 'day')}`,
                }),
              ],
            },
          ]
        : []),
      ...listed(
        'Steps',
        onboarding.steps.map(
          (one) =>
            t`${step(one.step)}: begun ${when(one.begun, 'day')}${one.done ? t`, done ${when(one.done, 'day')}` : ''}${one.day ? `, attended ${one.day}` : ''}${one.said ? `. You wrote: ${one.said}` : ''}${one.answers ? `. You filled in: ${one.answers}` : ''}`,
        ),
      ),
      ...listed(
        'Answers to questions',
        onboarding.answers.map((one) => answerLine(one, content)),
      ),
      ...listed(
        'Samples you reviewed',
        onboarding.samples.map(
          ({ sample, marked, at }) => t`${sampleNamed(sample, marked, content)}, ${when(at, 'day')}`,
        ),
      ),
      ...data.documents.flatMap((document) => [
        {
          title: document.kind === 'needs' ? 'Needs assessment' : 'Mock activity',
          blocks: [
            facts({
              State: STATES[document.state] ?? document.state,
              'Begun on': t`${when(document.made, 'day')}`,
              'Changed on': t`${when(document.changed, 'day')}`,
              ...(document.setAside ? { 'Set aside on': t`${when(document.setAside, 'day')}` } : {}),
              ...Object.fromEntries(
                Object.entries(document.body).map(([field, value]) => [nameOf(field), words(value)]),
              ),
            }),
          ],
        },
        ...listed('How it was reviewed', document.reviews.map(reviewed)),
      ]),
      ...listed('Reviews you wrote', data.reviewsByMe.map(reviewed)),
      ...listed(
        'Pages you suggested',
        data.suggestions.map(
          ({ title, href, why, state, at }) => t`${title} (${href}), ${state}, ${when(at, 'day')}: ${why}`,
        ),
      ),
      ...listed(
        'Prepared, not saved',
        data.drafts.map(({ kind, body, at }) => t`${kind}, ${when(at, 'day')}: ${body}`),
      ),
      ...listed(
        'Keys to the API',
        data.tokens.map(
          ({ id, scopes, expires, revoked }) =>
            t`${id}: ${scopes.join(', ')}, until ${when(expires, 'day')}${revoked ? ', ended' : ''}`,
        ),
      ),
      ...listed(
        'Signed in to the console',
        data.signedIn.map(({ browser, since, seen }) => t`${browser}, since ${when(since)}, last used ${when(seen)}`),
      ),
      ...listed(
        'Kept by a bot',
        data.botNotes.map(({ platform, name, value }) => t`${platform}, ${name}: ${value}`),
      ),
      ...listed(
        'Sent to you',
        data.deliveries.map(({ what, title, state, due }) => t`${when(due)}: ${title ?? WHAT[what] ?? what}, ${state}`),
      ),
      ...listed(
        'Said in the try-out chat',
        data.chat.map(({ at, said, title }) => t`${when(at)}: ${said ?? title ?? ''}`),
      ),
    ],
  }
}

/** What a document, or a review of it, has come to. */
export const STATES: Readonly<Record<string, string>> = {
  draft: 'draft',
  ready: 'ready',
  submitted: 'handed in',
  returned: 'sent back',
  approved: 'approved',
  withdrawn: 'taken back',
}

function answerLine(
  { question, chosen, right, at }: MyData['onboarding']['answers'][number],
  content: Knowledge,
): Text {
  const asked = content.onboarding.questions.find(({ id }) => id === question)
  const said = asked?.options[chosen]?.text ?? `option ${chosen + 1}`
  return t`${asked?.ask ?? `${question}:`} You chose “${said}”: ${right ? 'right' : 'not right'}, ${when(at, 'day')}`
}

function sampleNamed(id: string, marked: readonly string[], { onboarding }: Knowledge): string {
  const sample = onboarding.samples.find((one) => one.id === id)
  const parts = marked.map((part) => sample?.parts.find((one) => one.id === part)?.name ?? part)
  return `${sample?.title ?? id}. You marked: ${parts.join(', ') || 'nothing'}`
}

function reviewed({ at, decision, scores, comments }: MyReview): Text {
  const points = Object.entries(scores).map(([name, score]) => `${name.replaceAll('-', ' ')} ${score}`)
  return t`${when(at, 'day')}: ${STATES[decision ?? ''] ?? 'waits for review'}${points.length > 0 ? `; ${points.join(', ')}` : ''}${Object.values(
    comments,
  )
    .map((said) => `; “${said}”`)
    .join('')}`
}

/** What is sent without words of its own. */
const WHAT: Readonly<Record<string, string>> = {
  digest: 'a digest',
  role: 'a role',
  company: 'a welcome or a reminder',
  stalled: 'the list of who has stalled',
  introduction: 'an introduction',
  'did-you-meet': 'whether you met',
}

/** The name of a field of either document; one that both have is called the same. */
function nameOf(field: string): string {
  const name = NEEDS_FIELDS[field as NeedsField]?.name ?? ACTIVITY_FIELDS[field as ActivityField] ?? field
  const bare = name.replace(/^(?:the|an?) /, '')
  return bare.charAt(0).toUpperCase() + bare.slice(1)
}

const words = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(words).join('; ')
  return typeof value === 'object' && value !== null ? Object.values(value).map(words).join(', ') : String(value)
}
