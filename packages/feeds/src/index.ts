export { readDate } from './dates/read-date.ts'
export { readFile } from './file.ts'
export { createReader } from './reader.ts'
export type { Hints, Reader, ReaderOptions, Reading, Validators } from './types.ts'
