/** The grounds that accents stand on: the lightest and darkest that the product's stylesheet has for text. */
const PAPER = 'ffffff'
const NIGHT = '161c1b'
/** WCAG 2.2 AA for text of any size, and a little more for rounding. */
const ENOUGH = 4.6

/** The stylesheet that gives an embedded list its accent: of the same hue, but dark or light enough to be read on either ground. */
export function accentCss(accent: string): string {
  const [light, dark] = [readable(accent, PAPER), readable(accent, NIGHT)]
  return `:root{--accent:light-dark(#${light},#${dark})}\n`
}

/** The colour nearest to this one that stands out from the ground. */
export function readable(colour: string, ground: string): string {
  const towards = luminance(ground) > 0.5 ? 0 : 255
  for (let step = 0; step <= 20; step++) {
    const mixed = parts(colour).map((part) => Math.round(part + ((towards - part) * step) / 20))
    const hex = mixed.map((part) => part.toString(16).padStart(2, '0')).join('')
    if (contrast(hex, ground) >= ENOUGH) return hex
  }
  return towards === 0 ? '000000' : 'ffffff'
}

/** How far two colours stand apart, as WCAG counts it: 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

const parts = (colour: string): number[] => [0, 2, 4].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = parts(colour).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
