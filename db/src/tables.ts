import type { AccessTables } from './tables/access.ts'
import type { BotTables } from './tables/bots.ts'
import type { CalendarTables } from './tables/calendar.ts'
import type { ChannelTables } from './tables/channels.ts'
import type { CompanyTables } from './tables/company.ts'
import type { ConferencePeopleTables } from './tables/conference-people.ts'
import type { ConferenceTables } from './tables/conferences.ts'
import type { ConsoleTables } from './tables/console.ts'
import type { DeliveryTables } from './tables/delivery.ts'
import type { DocumentTables } from './tables/documents.ts'
import type { EditingTables } from './tables/editing.ts'
import type { FoundationTables } from './tables/foundation.ts'
import type { LinkTables } from './tables/links.ts'
import type { NewsTables } from './tables/news.ts'
import type { ProgressTables } from './tables/onboarding.ts'
import type { PeopleTables } from './tables/people.ts'
import type { RoleTables } from './tables/roles.ts'
import type { SettingTables } from './tables/settings.ts'
import type { SuggestionTables } from './tables/suggestions.ts'
import type { TryTables } from './tables/try.ts'
import type { WebhookTables } from './tables/webhooks.ts'

/** Every table of the database. A noun adds its own in `tables/`. Columns are text and integer only. */
export interface Tables
  extends FoundationTables,
    AccessTables,
    BotTables,
    CalendarTables,
    ChannelTables,
    CompanyTables,
    ConferencePeopleTables,
    ConferenceTables,
    ConsoleTables,
    DeliveryTables,
    EditingTables,
    LinkTables,
    NewsTables,
    PeopleTables,
    ProgressTables,
    RoleTables,
    SettingTables,
    SuggestionTables,
    TryTables,
    WebhookTables,
    DocumentTables {}
