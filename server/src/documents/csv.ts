/**
 * One line of a CSV file by RFC 4180, line end included. A cell that a spreadsheet would take for a formula, also after a separator of
 * its own, gets an apostrophe before it.
 */
export const csvLine = (cells: readonly (string | number)[]): string =>
  `${cells.map((cell) => (typeof cell === 'number' ? String(cell) : quoted(harmless(cell)))).join(',')}\r\n`

/** What a spreadsheet reads first, so that it takes the file for UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF'

const quoted = (cell: string): string => (/[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** `=`, `+`, `-`, `@` and their full-width forms begin a formula; so do a tab and a carriage return where they come first. */
const harmless = (cell: string): string =>
  cell
    .replaceAll('\0', '')
    .replace(/^(?=[\t\r\n])/, "'")
    .replace(/(^|[,;"\t\r\n])(?=\s*[=+\-@＝＋－＠])/g, "$1'")
