import { encodeAction, overCard, type Press, plain, type Reply } from '@cme-commons/core'
import { expect, test } from 'vitest'
import { describeEachDatabase } from '../support/databases.ts'
import { knowledge, sara, titleOf, worldOn } from '../support/world.ts'

const NOON = '2026-11-23T12:00:00.000Z'
const cardOf = (reply: Reply) => {
  if ('ask' in reply) throw new Error('a form')
  return reply.say
}

describeEachDatabase((fresh) => {
  const open = async () => worldOn(await (await fresh()).open(), NOON)

  test('a newcomer asks what ECMEC means, follows a button, and nobody else sees it', async () => {
    const world = await open()
    const ecmec = await world.say(sara, '/cme what ECMEC', NOON)
    expect(ecmec).toMatchObject({ private: true, say: { title: 'ECMEC: European CME Credit' } })
    const button = cardOf(ecmec).buttons!.find(({ label }) => label === 'EACCME')!
    const eaccme = await world.press(sara, (button as { act: Press }).act, NOON)
    expect(titleOf(eaccme)).toBe('EACCME: European Accreditation Council for Continuing Medical Education')
    expect(titleOf(await world.say(sara, 'what', NOON))).toBe('The letters of the field')
  })

  test('the meaning of her own jurisdiction comes first, once she has said where she works', async () => {
    const world = await open()
    const first = async () => {
      const [button] = cardOf(await world.say(sara, 'what MOC', NOON)).buttons!
      return titleOf(await world.press(sara, (button as { act: Press }).act, NOON))
    }
    expect(await first()).toBe('MOC: maintenance of certification')
    await world.say(sara, 'region ca', NOON)
    expect(await first()).toBe('MOC: Maintenance of Certification Program')
    const text = plain(cardOf(await world.say(sara, 'explain They ask for MOC, by PARS', NOON)))
    expect(text).toMatch(/MOC: Maintenance of Certification Program \(Canada\).* Or: maintenance of certification/)
  })

  test('what is not in the glossary is refused with what may have been meant', async () => {
    const world = await open()
    expect(await world.say(sara, 'what ECMED', NOON)).toMatchObject({
      refuse: 'unknown-name',
      say: { buttons: expect.arrayContaining([expect.objectContaining({ act: { do: 'what', term: 'ecmec' } })]) },
    })
    expect(await world.say(sara, 'what colour is the sky', NOON)).toMatchObject({ refuse: 'unknown-name' })
  })

  test('a pasted text is explained for her alone, however long it is', async () => {
    const world = await open()
    const all = knowledge.glossary.map(({ letters }) => letters).join(', ')
    const reply = await world.say(sara, `/cme explain ${all}`, NOON)
    expect(reply).toMatchObject({ private: true, say: { title: expect.stringMatching(/^\d{3} terms explained$/) } })
    expect(overCard(cardOf(reply), (act) => encodeAction(act as Press))).toEqual([])
    expect(titleOf(await world.say(sara, 'explain the weather is fine', NOON))).toBe('Nothing to explain here')
    expect(titleOf(await world.say(sara, 'explain', NOON))).toBe('The letters of the field')
  })
})
