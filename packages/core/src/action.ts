import type { ConferenceAction } from './conferences/actions.ts'
import type { CalendarAction } from './conferences/calendar-actions.ts'
import type { ChannelAction } from './conferences/channel-actions.ts'
import type { IntroductionAction } from './conferences/introductions.ts'
import type { QuestionAction } from './conferences/questions.ts'
import type { RecapAction } from './conferences/recap.ts'
import type { DeliveryAction } from './delivery/actions.ts'
import type { Answers } from './form.ts'
import type { FoundDateAction, ItemAction, SourceAction } from './news/edit-actions.ts'
import type { SourceCareAction } from './news/source-actions.ts'
import type { SuggestionAction } from './news/suggestion.ts'
import type { OnboardingAction } from './onboarding/actions.ts'
import type { CompanyAction } from './onboarding/company.ts'
import type { ModeratorAction } from './people/actions.ts'
import type { ConsoleAction } from './people/console.ts'
import type { KeyAction } from './people/keys.ts'
import type { LinkAction } from './people/link.ts'
import type { SetupAction } from './people/setup.ts'

/**
 * Everything a person can do, whatever the surface: edges decode what arrived into one of these, `perform` answers it.
 * A digest action without a `subscription` means the person's own. `what` without a term shows the glossary, `explain` without a text
 * says how to ask. `here` is `yes` for the channel it was said in and `news` for the one named in the settings. A text is typed, never carried by a button: ids have no room for it (`LIMITS.button.id`).
 */
export type Action =
  | { do: 'home' }
  | { do: 'help' }
  | { do: 'unknown'; said: string }
  | { do: 'tracks' }
  | { do: 'track.choose'; track: string }
  | { do: 'region.choose'; region: string }
  | { do: 'news'; about?: string; before?: number }
  | { do: 'news.item'; item: string }
  | { do: 'news.why'; item: string }
  | { do: 'search'; text?: string; from?: number }
  | { do: 'sources' }
  | { do: 'what'; term?: string }
  | { do: 'explain'; text?: string }
  | { do: 'digest' }
  | { do: 'digest.start'; here?: string }
  | { do: 'digest.when'; subscription?: string }
  | { do: 'digest.what'; subscription?: string }
  | { do: 'digest.preview'; subscription?: string }
  | { do: 'digest.now'; subscription?: string }
  | { do: 'digest.snooze'; subscription?: string; until?: string }
  | { do: 'digest.pause'; subscription?: string }
  | { do: 'digest.resume'; subscription?: string }
  | { do: 'digest.stop'; subscription?: string }
  | { do: 'digest.rest'; digest: string; from: number }
  | { do: 'digest.why'; digest: string; subscription?: string }
  | { do: 'digest.less'; digest: string; subscription?: string }
  | { do: 'digest.mute'; topic: string; subscription?: string }
  | { do: 'digest.track'; subscription?: string }
  | { do: 'digest.quiet'; subscription?: string; to?: string }
  | { do: 'path' }
  | { do: 'path.find' }
  | { do: 'path.start' }
  | { do: 'progress' }
  | { do: 'summary' }
  | { do: 'summary.file'; from?: number }
  | { do: 'step'; step: string }
  | { do: 'step.tell'; step: string }
  | { do: 'check'; step: string; question?: string }
  | { do: 'answer'; step: string; question: string; option: number }
  | { do: 'samples' }
  | { do: 'sample'; sample: string }
  | { do: 'sample.mark'; sample: string }
  | { do: 'my-data' }
  | { do: 'my-data.read'; from?: number }
  | { do: 'my-data.erase' }
  | { do: 'my-data.confirm' }
  | OnboardingAction
  | SetupAction
  | SuggestionAction
  | ItemAction
  | FoundDateAction
  | SourceAction
  | ModeratorAction
  | LinkAction
  | ConferenceAction
  | CalendarAction
  | ChannelAction
  | IntroductionAction
  | QuestionAction
  | RecapAction
  | CompanyAction
  | ConsoleAction
  | KeyAction
  | DeliveryAction
  | SourceCareAction
  | { do: 'form.submit'; form: string; answers: Answers }

/** An action that a button can carry: everything but a submitted form. */
export type Press = Exclude<Action, { do: 'form.submit' }>
