import { existsSync, readFileSync } from 'node:fs'
import { decodeAction } from '@cme-commons/core'
import { answerWith, commandsOf, drawCard, drawForm, drawParts, plainId, readForm } from '@cme-commons/discord'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { gallery } from '../../server/src/gallery.ts'
import { overCommands, overMessage, overModal } from '../support/discord-limits.ts'
import { knowledge } from '../support/world.ts'

const shown = gallery(knowledge)
const commands = commandsOf(knowledge)
const wrongIn = (check: (view: (typeof shown)[number]) => readonly string[]) =>
  shown.flatMap((view) => check(view).map((what) => `${view.view}: ${what}`))

describe('on Discord', () => {
  test('every view keeps every limit, in one message and in parts', () => {
    const bodies = wrongIn(({ card, form }) => (card ? overMessage(drawCard(card)) : overModal(drawForm(form))))
    expect(bodies).toEqual([])
    expect(wrongIn(({ card }) => (card ? drawParts(card).flatMap(overMessage) : []))).toEqual([])
    expect(overCommands(commands)).toEqual([])
  })

  test('every button of every view is its action again', () => {
    const ids = (part: object): string[] => {
      const {
        custom_id,
        components = [],
        accessory,
      } = part as { custom_id?: string; components?: object[]; accessory?: object }
      return [...(custom_id ? [custom_id] : []), ...[...components, ...(accessory ? [accessory] : [])].flatMap(ids)]
    }
    expect(
      wrongIn(({ card }) => {
        const acts = (card?.buttons ?? []).flatMap((button) => ('act' in button ? [button.act] : []))
        const drawn = card
          ? drawCard(card)
              .components.flatMap(ids)
              .map((id) => decodeAction(plainId(id)))
          : []
        return acts
          .filter((act) => !drawn.some((one) => JSON.stringify(one) === JSON.stringify(act)))
          .map(({ do: verb }) => verb)
      }),
    ).toEqual([])
  })

  test('every form has a field for each of its answers', () => {
    for (const { form } of shown)
      if (form) expect(Object.keys(readForm(drawForm(form) as never))).toEqual(form.fields.map(({ name }) => name))
  })
})

const described = new URL('../../../shared/contracts/discord-openapi.json', import.meta.url)

describe.skipIf(!existsSync(described))(
  'by Discord’s own description of its API (skipped where the file is not there)',
  () => {
    const api = existsSync(described) ? JSON.parse(readFileSync(described, 'utf8')) : {}
    const ajv = new Ajv.default({ strict: false, allErrors: false, validateFormats: true })
    addFormats.default(ajv)
    for (const format of ['int32', 'int64', 'nonce', 'snowflake']) ajv.addFormat(format, true)
    ajv.addSchema({ $id: 'https://discord.invalid/api', components: api.components })
    const check = (schema: string) => {
      const valid = ajv.compile({ $ref: `https://discord.invalid/api#/components/schemas/${schema}` })
      return (body: object): string[] => (valid(JSON.parse(JSON.stringify(body))) ? [] : [ajv.errorsText(valid.errors)])
    }

    test('every view is a message or a modal', () => {
      const message = check('MessageCreateRequest')
      const update = check('UpdateMessageInteractionCallbackRequest')
      const modal = check('ModalInteractionCallbackRequest')
      expect(
        wrongIn(({ card, form }) =>
          card
            ? [...message(drawCard(card)), ...update({ type: 7, data: drawCard(card) })]
            : modal(answerWith(drawForm(form))),
        ),
      ).toEqual([])
      expect(message({ components: [{ type: 18 }] })).not.toEqual([])
      expect(modal({ type: 9, data: { custom_id: 'x', title: 'x'.repeat(46), components: [] } })).not.toEqual([])
    })

    test('every command can be registered', () => {
      const create = check('ApplicationCommandCreateRequest')
      expect(commands.flatMap((command) => create(command).map((what) => `${command.name}: ${what}`))).toEqual([])
      expect(create({ name: 'x'.repeat(33) })).not.toEqual([])
    })
  },
)
