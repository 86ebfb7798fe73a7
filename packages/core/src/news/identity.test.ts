import { expect, test } from 'vitest'
import { namesOf, storyOf } from './identity.ts'
import type { FeedItem } from './item.ts'
import { cleanLink } from './link.ts'

const entry = (rest: Partial<FeedItem>): FeedItem => ({ title: 'News', text: '', ...rest })

test('an entry keeps a name when its feed changes guid, link or title', () => {
  const [before] = namesOf([entry({ id: 'a', link: 'https://accme.org/news/one/?utm_source=x' })])
  const [newGuid] = namesOf([entry({ id: 'b', link: 'http://www.accme.org/news/one' })])
  const [newLink] = namesOf([entry({ id: 'a', link: 'https://accme.org/news/uno' })])
  expect(before!.some((name) => newGuid!.includes(name))).toBe(true)
  expect(before!.some((name) => newLink!.includes(name))).toBe(true)
})

test('a guid or a link that several entries share does not make them one', () => {
  const same = namesOf([
    entry({ id: 'x', link: 'https://a.org/1' }),
    entry({ id: 'x', link: 'https://a.org/2' }),
    entry({ id: 'x', title: 'Three', link: 'https://a.org/' }),
    entry({ id: 'x', title: 'Four', link: 'https://a.org/' }),
  ])
  expect(new Set(same.flat()).size).toBe(same.flat().length)
  expect(same.every((names) => names.length > 0)).toBe(true)
})

test('addresses of one page are one, whatever was added to track readers', () => {
  const page = cleanLink('https://accme.org/news/one')
  for (const href of [
    'http://accme.org/news/one/',
    'https://www.accme.org/news/one?utm_medium=email&fbclid=1',
    'https://accme.org/news/one#top',
  ])
    expect(cleanLink(href)).toBe(page)
  expect(cleanLink('https://accme.org/?p=17')).not.toBe(cleanLink('https://accme.org/?p=18'))
  expect(cleanLink('javascript:alert(1)')).toBeUndefined()
})

test('the same title on another site is the same story, short titles are not', () => {
  expect(storyOf('ACCME Opens a Call for Comment on Criteria | ACCME News', 'ACCME News')).toBe(
    storyOf('ACCME opens a call for comment on criteria'),
  )
  expect(storyOf('Joint Accreditation - two professions join the team', 'ACCME')).toContain('two professions')
  expect(storyOf('Newsletter May')).toBeUndefined()
})
