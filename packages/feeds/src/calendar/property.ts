import ICAL from 'ical.js'
import type { Component } from './components.ts'
import type { ContentLine } from './lines.ts'

// What calendar programs and RFC 7986 added, and the library doesn't know, is text.
for (const name of ['name', 'x-wr-calname', 'x-wr-timezone'])
  ICAL.design.icalendar.property[name] = { defaultType: 'text' }

/** A property as the library reads it: texts without their escapes, dates as ISO 8601. */
export type Property = { line: number; values: readonly string[]; parameter(name: string): string | undefined }

/** The first property of this name, `broken` when it cannot be read; nothing when the component has none. */
export function propertyOf(component: Component, name: string): Property | { broken: number } | undefined {
  const found = component.lines.find((line) => line.name === name)
  return found && read(found)
}

/** What a property of text says; '' when there is none or it cannot be read. */
export function textOf(component: Component, name: string): string {
  const found = propertyOf(component, name)
  return found && 'values' in found ? (found.values[0] ?? '') : ''
}

/** Everything that all properties of this name say. */
export const textsOf = (component: Component, name: string): string[] =>
  component.lines
    .filter((line) => line.name === name)
    .map(read)
    .flatMap((property) => ('values' in property ? property.values : []))

function read({ line, text }: ContentLine): Property | { broken: number } {
  try {
    const [, parameters, , ...values] = ICAL.parse.property(text) as [
      string,
      Record<string, unknown>,
      string,
      ...unknown[],
    ]
    return {
      line,
      values: values.map(String),
      parameter: (name) => {
        const said = Object.hasOwn(parameters, name) ? parameters[name] : undefined
        return typeof said === 'string' ? said : undefined
      },
    }
  } catch {
    return { broken: line }
  }
}
