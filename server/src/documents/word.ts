import {
  type Block,
  MOCK_FOOT,
  type PlanningFile,
  plainMoment,
  plainText,
  type Span,
  type Text,
} from '@cme-commons/core'
import { Document, ExternalHyperlink, Footer, HeadingLevel, Packer, Paragraph, TextRun } from 'docx'

/** A planning file as a Word document, its foot on every page. Times in UTC. */
export async function wordOf({ title, sections, foot = MOCK_FOOT }: PlanningFile): Promise<Uint8Array<ArrayBuffer>> {
  const document = new Document({
    title: clean(title),
    creator: 'CME Commons',
    description: foot,
    styles: { default: { document: { run: { font: 'Calibri', size: 22 }, paragraph: { spacing: { after: 120 } } } } },
    sections: [
      {
        footers: { default: new Footer({ children: [new Paragraph({ children: [new TextRun({ text: foot })] })] }) },
        children: [
          new Paragraph({ text: clean(title), heading: HeadingLevel.TITLE }),
          ...sections.flatMap((section) => [
            new Paragraph({ text: clean(section.title), heading: HeadingLevel.HEADING_1 }),
            ...section.blocks.flatMap(paragraphs),
          ]),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

function paragraphs(block: Block): Paragraph[] {
  switch (block.kind) {
    case 'text':
      return [new Paragraph({ children: runs(block.text) })]
    case 'heading':
      return [new Paragraph({ text: clean(block.text), heading: HeadingLevel.HEADING_2 })]
    case 'list':
      return block.items.map((item, i) =>
        block.ordered
          ? new Paragraph({ children: [new TextRun(`${i + 1}. `), ...runs(item)], indent: { left: 360 } })
          : new Paragraph({ children: runs(item), bullet: { level: 0 } }),
      )
    case 'facts':
      return block.facts.map(
        ({ name, value }) =>
          new Paragraph({ children: [new TextRun({ text: `${clean(name)}: `, bold: true }), ...runs(value)] }),
      )
    case 'quote':
      return [
        new Paragraph({ children: runs(block.text), indent: { left: 720, right: 720 } }),
        ...(block.by ? [new Paragraph({ text: `(${clean(block.by)})`, indent: { left: 720 } })] : []),
      ]
    case 'moment':
      return [new Paragraph({ text: `${clean(block.label)}: ${plainMoment(block.at, 'moment', 'UTC')}` })]
    case 'progress':
      return [new Paragraph({ text: `${clean(block.label)}: ${block.done} of ${block.total}` })]
    case 'divider':
      return [new Paragraph({ thematicBreak: true })]
  }
}

const runs = (text: Text): (TextRun | ExternalHyperlink)[] => text.flatMap(runOf)

function runOf(span: Span): (TextRun | ExternalHyperlink)[] {
  if (typeof span === 'string') return lines(span, {})
  if ('strong' in span) return lines(span.strong, { bold: true })
  if ('em' in span) return lines(span.em, { italics: true })
  if ('code' in span) return lines(span.code, {})
  if ('link' in span) {
    const children = [new TextRun({ text: clean(span.link), style: 'Hyperlink' })]
    return /^https?:\/\//i.test(span.href) ? [new ExternalHyperlink({ children, link: span.href })] : children
  }
  return [new TextRun(clean(plainText([span])))]
}

const lines = (words: string, style: { bold?: boolean; italics?: boolean }): TextRun[] =>
  words.split(/\r\n?|\n/).map((line, i) => new TextRun({ text: clean(line), ...style, ...(i > 0 ? { break: 1 } : {}) }))

/** Without characters that XML cannot hold: control characters and halves of a pair. */
const clean = (words: string): string => words.toWellFormed().replace(/[\p{Cc}\uFFFE\uFFFF]/gu, ' ')
