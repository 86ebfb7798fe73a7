import { commands, menuEntry } from '@cme-commons/core'
import type { LocalizationMap } from 'discord-api-types/v10'

/** The slash commands that are ours. One holds 25 lines at most, so what belongs together has one of its own. */
export type Top = 'cme' | 'cme-conf' | 'cme-admin'

/** Under which slash command a command of the product stands. */
export function topOf(name: string): Top {
  const { group, moderators } = menuEntry(name)
  return moderators ? 'cme-admin' : group === 'Conferences' ? 'cme-conf' : 'cme'
}

/** What a person is told to type, `/cme setup`, as it is typed on Discord: `/cme-admin setup`. */
export const asTyped = (said: string): string =>
  said.replace(/^\/cme ([\w-]+)/, (all, name: string) =>
    commands.some((one) => one.name === name) ? `/${topOf(name)} ${name}` : all,
  )

/** What can be done with a message, by what it does. */
export const MESSAGE_COMMANDS = {
  explain: 'Explain the letters',
  suggest: 'Suggest for the digest',
  keep: 'Keep for the recap',
} as const
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
  'Keep for the recap': {
    de: 'Für den Rückblick merken',
    fr: 'Garder pour le compte rendu',
    it: 'Conserva per il resoconto',
    'es-ES': 'Guardar para la crónica',
    'es-419': 'Guardar para la crónica',
    'pt-BR': 'Guardar para o balanço',
    nl: 'Bewaren voor het verslag',
  },
}

export const localized = (name: string): LocalizationMap => NAMES[name] ?? {}
