import type { DeliveryTables } from './tables/delivery.ts'
import type { DocumentTables } from './tables/documents.ts'
import type { FoundationTables } from './tables/foundation.ts'
import type { NewsTables } from './tables/news.ts'
import type { ProgressTables } from './tables/onboarding.ts'
import type { PeopleTables } from './tables/people.ts'
import type { TryTables } from './tables/try.ts'

/** Every table of the database. A noun adds its own in `tables/`. Columns are text and integer only. */
export interface Tables
  extends FoundationTables,
    DeliveryTables,
    NewsTables,
    PeopleTables,
    ProgressTables,
    TryTables,
    DocumentTables {}
