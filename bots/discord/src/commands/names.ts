import type { LocalizationMap } from 'discord-api-types/v10'

/** What can be done with a message, by what it does. */
export const MESSAGE_COMMANDS = { explain: 'Explain the letters', suggest: 'Suggest for the digest' } as const
/** What can be done with a person: the letters behind her name are explained. */
export const USER_COMMANDS = { explain: 'Explain the letters' } as const

/** The names in the languages we have them in; all others see the English ones. At most 32 characters each. */
const NAMES: Readonly<Record<string, LocalizationMap>> = {
  'Explain the letters': {
    de: 'Abkürzungen erklären',
    fr: 'Expliquer les sigles',
    it: 'Spiega le sigle',
    'es-ES': 'Explicar las siglas',
    'es-419': 'Explicar las siglas',
    'pt-BR': 'Explicar as siglas',
    nl: 'Afkortingen uitleggen',
  },
  'Suggest for the digest': {
    de: 'Für den Digest vorschlagen',
    fr: 'Proposer pour le digest',
    it: 'Proponi per il digest',
    'es-ES': 'Proponer para el resumen',
    'es-419': 'Proponer para el resumen',
    'pt-BR': 'Sugerir para o resumo',
    nl: 'Voorstellen voor de digest',
  },
}

export const localized = (name: string): LocalizationMap => NAMES[name] ?? {}
