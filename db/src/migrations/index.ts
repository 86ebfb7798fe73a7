import type { Tx } from '../tx.ts'
import { delivery } from './0001-delivery.ts'
import { news } from './0002-news.ts'
import { tryOut } from './0003-try.ts'
import { progress } from './0004-progress.ts'
import { documents } from './0005-documents.ts'
import { company } from './0006-company.ts'
import { roles } from './0007-roles.ts'
import { tokensAndErasure } from './0008-tokens-and-erasure.ts'
import { settings } from './0009-settings.ts'
import { suggestions } from './0010-suggestions.ts'
import { stepForms } from './0011-step-forms.ts'
import { bots } from './0012-bots.ts'
import { links } from './0013-links.ts'
import { conferences } from './0014-conferences.ts'
import { sources } from './0015-sources.ts'
import { search } from './0016-search.ts'
import { calendar } from './0017-calendar.ts'
import { conferenceChannels } from './0018-conference-channels.ts'
import { conferencePeople } from './0019-conference-people.ts'
import { itemEditing } from './0020-item-editing.ts'
import { api } from './0021-api.ts'
import { consoles } from './0022-console.ts'
import { webhooks } from './0023-webhooks.ts'
import { memberNames } from './0024-member-names.ts'
import { calendarSources } from './0025-calendar-sources.ts'
import { wordsOfModerators } from './0026-words-of-moderators.ts'

export type Migration = readonly [name: string, up: (tx: Tx) => Promise<void>]

/** In order; a step that was published never changes. Add a file and a line here. */
export const migrations: readonly Migration[] = [
  ['0001-delivery', delivery],
  ['0002-news', news],
  ['0003-try', tryOut],
  ['0004-progress', progress],
  ['0005-documents', documents],
  ['0006-company', company],
  ['0007-roles', roles],
  ['0008-tokens-and-erasure', tokensAndErasure],
  ['0009-settings', settings],
  ['0010-suggestions', suggestions],
  ['0011-step-forms', stepForms],
  ['0012-bots', bots],
  ['0013-links', links],
  ['0014-conferences', conferences],
  ['0015-sources', sources],
  ['0016-search', search],
  ['0017-calendar', calendar],
  ['0018-conference-channels', conferenceChannels],
  ['0019-conference-people', conferencePeople],
  ['0020-item-editing', itemEditing],
  ['0021-api', api],
  ['0022-console', consoles],
  ['0023-webhooks', webhooks],
  ['0024-member-names', memberNames],
  ['0025-calendar-sources', calendarSources],
  ['0026-words-of-moderators', wordsOfModerators],
]
