import { type Block, type PlanningFile, plainMoment, plainText, type Span, type Text } from '@cme-commons/core'

/** A planning file as Markdown. What people wrote stays text, whatever characters they used. Times in UTC. */
export const markdownOf = ({ title, sections }: PlanningFile): string =>
  `${[
    `# ${escaped(title)}`,
    ...sections.flatMap((section) => [`## ${escaped(section.title)}`, ...section.blocks.map(blockOf)]),
  ].join('\n\n')}\n`

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'text':
      return textOf(block.text)
    case 'heading':
      return `### ${escaped(block.text)}`
    case 'list':
      return block.items.map((item, i) => `${block.ordered ? `${i + 1}.` : '-'} ${textOf(item, '  ')}`).join('\n')
    case 'facts':
      return block.facts.map(({ name, value }) => `- **${escaped(name)}:** ${textOf(value, '  ')}`).join('\n')
    case 'quote':
      return `> ${textOf(block.text, '> ')}${block.by ? `\n>\n> (${escaped(block.by)})` : ''}`
    case 'moment':
      return `${escaped(block.label)}: ${plainMoment(block.at, 'moment', 'UTC')}`
    case 'progress':
      return `${escaped(block.label)}: ${block.done} of ${block.total}`
    case 'divider':
      return '---'
  }
}

/** Lines of a text begin with `indent`, so that they stay in their list or quote. */
const textOf = (text: Text, indent = ''): string => text.map(spanOf).join('').trim().replaceAll('\n', `  \n${indent}`)

function spanOf(span: Span): string {
  if (typeof span === 'string') return escaped(span)
  if ('strong' in span) return marked(span.strong, '**')
  if ('em' in span) return marked(span.em, '*')
  if ('code' in span) return escaped(span.code)
  if ('link' in span) return `[${escaped(span.link)}](<${span.href.replace(/[<>\s]/g, encodeURIComponent)}>)`
  return escaped(plainText([span]))
}

const marked = (words: string, mark: string): string => (words.trim() ? `${mark}${escaped(words.trim())}${mark}` : '')

/** Nothing that somebody wrote becomes a mark, a link, a heading or HTML. */
const escaped = (words: string): string =>
  words
    .replace(/\r\n?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
    .replace(/&(?=#|\w)/g, '\\&')
    .replace(/^(\s*)([#+-])/gm, '$1\\$2')
    .replace(/^(\s*)([=]+\s*)$/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2')
